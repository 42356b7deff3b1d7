"""What cannot be known is said, with a next step, and never twice the same."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import OutOfScope, Topic
from itinerary_app.assistant.answers import out_of_scope, texts
from tests.assistant.answers.asking import asked, scene, session

ABOUTS = (
    "the weather",
    "safe at night",
    "a peanut allergy",
    "queues",
    "tickets left",
    "student discount",
    "bus to there",
    "dress code",
    "toilets",
    "a festival",
    "zebras",
    None,
)


@pytest.mark.parametrize("about", ABOUTS)
def test_not_the_same_twice(about: str | None) -> None:
    """Asked again, no sentence of the last message comes again."""
    first = asked(Topic.UNKNOWN, about=about, place="pantheon").text
    again = asked(Topic.UNKNOWN, about=about, place="pantheon", said=(first,)).text
    assert first != again
    assert again not in first
    assert not any(part in first for part in again.split(". "))


def test_the_step_fits() -> None:
    """Each kind of unknown has a next step of its own."""
    assert "forecast" in asked(Topic.UNKNOWN, about="will it rain").text
    assert (
        "Ask there before you order"
        in asked(
            Topic.UNKNOWN, about="safe with a peanut allergy", place="da-enzo-al-29"
        ).text
    )
    assert "official page" in asked(Topic.UNKNOWN, about="tickets left").text


def test_what_is_known_of_the_place() -> None:
    """Beside what is not known stands what is, with its source."""
    text = asked(Topic.UNKNOWN, about="queues", place="pantheon").text
    assert text.endswith(
        "What I do know of Pantheon: known hours: daily 09:00–19:00; closed Dec 25, "
        "EUR 5 (from wikivoyage-fr GPX of 2016-10-20)."
    )


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ("book a hotel", "I can't find or book places to sleep."),
        ("flights to Rome", "I can't find or book flights."),
        ("do I need a visa", "Visas and passports are beyond me."),
        ("juggle", "That is nothing that I can do."),
    ],
)
def test_out_of_scope(about: str, text: str) -> None:
    """What the product does not do is said, and said otherwise the second time."""
    seen = scene()
    first = out_of_scope(OutOfScope(about=about), seen, session(seen))
    assert first.text.startswith(text)
    again = out_of_scope(OutOfScope(about=about), seen, session(seen, first.text))
    assert not any(part in first.text for part in again.text.split(". "))


@pytest.mark.parametrize("name", ["unknown", "scope", "howto"])
def test_data_files_are_sound(name: str) -> None:
    """Each entry says something, its chips can be sent, the last one fits all."""
    known = texts.entries(name)
    for entry in known.values():
        assert entry.says
        assert all(chip.acts for chip in entry.buttons())
    assert list(known.values())[-1].words == ()
