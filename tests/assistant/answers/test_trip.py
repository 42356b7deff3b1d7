"""The trip as a thing: help, how to, kept, changes, sources, wishes."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import itinerary_app
from itinerary_app.acts.acts import Move, Remove, SetPace, Topic, Undo
from itinerary_app.acts.values import Part
from itinerary_app.assistant.answers import Given, texts
from itinerary_app.model import Pace
from tests.assistant.answers.asking import asked, scene

TEMPLATES = "".join(
    file.read_text("utf-8")
    for file in (Path(itinerary_app.__file__).parent / "templates").glob("*.html")
)
GIVEN = Given(
    last_changes=lambda: [
        [Remove(stop="pantheon"), Move(stop="colosseum", day=2, part=Part.MORNING)],
        [SetPace(pace=Pace.PACKED)],
    ],
    keep=timedelta(days=30),
)


def test_buttons_are_called_as_on_the_pages() -> None:
    """Each button that an answer names is on a page, by that name."""
    told = [
        said
        for entry in texts.entries("howto").values()
        for said in (*entry.says, entry.step)
    ]
    named = {it for text in told for it in re.findall(r"“([A-Z][^”]+)”", text)}
    assert named >= {"Take it with you", "Share this plan", "Change", "My trips"}
    assert [it for it in named if it not in TEMPLATES] == []


def test_how_to() -> None:
    """Print, share, export and undo are explained by what the pages have."""
    assert "press “Print”" in asked(Topic.HOW_TO, about="print it").text
    assert "“Share this plan”" in asked(Topic.HOW_TO, about="share with mum").text
    assert "“Calendar”" in asked(Topic.HOW_TO, about="into google calendar").text
    undo = asked(Topic.HOW_TO, about="undo that")
    assert undo.chips[0].acts == (Undo(),)


def test_how_long_it_is_kept() -> None:
    """The idle time, the end of its life, and how to keep it beyond."""
    text = asked(Topic.KEPT, given=GIVEN).text
    assert text.startswith(
        "This trip is kept 60 minutes after you last used it, and not beyond "
        "29 November 2026, 20:00 UTC. To have the plan longer, keep it for 30 days by "
        "the button below the message box, or save it"
    )
    assert "To have the plan longer, save it" in asked(Topic.KEPT).text


def test_what_changed() -> None:
    """The last change by its acts, with an undo; all changes the newest first."""
    last = asked(Topic.CHANGED, given=GIVEN)
    assert last.text == (
        "The last change: took out Pantheon, moved Colosseum to day 2 to the morning."
    )
    assert last.chips[0].acts == (Undo(),)
    assert asked(Topic.VERSIONS, given=GIVEN).text.endswith("; set the pace to packed.")
    none = Given(last_changes=list)
    assert asked(Topic.CHANGED, given=none).text == "Nothing was changed yet."


def test_sources() -> None:
    """Each source with its licence and how many stops it speaks of."""
    text = asked(Topic.SOURCES).text
    assert "Wikidata (CC0 1.0, 3 stops)" in text
    one = asked(Topic.SOURCES, place="colosseum").text
    assert one.endswith("CC BY-SA 3.0: https://fr.wikivoyage.org/wiki/Colisée")


def test_wishes() -> None:
    """What was said so far, in words, names for ids."""
    of = scene(must_see=("pantheon",), day_start=600)
    assert asked(Topic.WISHES, of=of).text == (
        "You said: Rome; 3 days; you like history, food and religion; a moderate pace; "
        "a moderate budget; must see: Pantheon; from Friday 12 March 2027; days begin "
        "at 10:00."
    )


def test_help() -> None:
    """Help fits what there is: a plan to change, or a trip to begin."""
    assert "swap the museum" in asked(Topic.HELP).text
    assert asked(Topic.HELP, of=scene(None)).text.startswith("Name a city")


def test_lodging() -> None:
    """No hotel is named; the middle of the stops is."""
    text = asked(Topic.LODGING).text
    assert text.startswith("I know no hotels. The middle of your stops is Pantheon")
