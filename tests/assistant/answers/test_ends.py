"""Where days begin and end, and where one sleeps, as the plan has it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from itinerary_app.acts.acts import Topic
from itinerary_app.assistant.reader import Scene
from itinerary_app.model import Anchor, AnchorKind, Base
from tests.assistant.answers.asking import asked, scene

MONTI = Anchor("Monti", 41.8954, 12.4907, AnchorKind.BASE)
PRATI = Anchor("Prati", 41.906, 12.462, AnchorKind.BASE)
MIDDLE = Anchor("the middle of the central sights", 41.9, 12.48, AnchorKind.MIDDLE)
TERMINI = Anchor("Roma Termini", 41.901, 12.5018, AnchorKind.STATION)


def rome(*ends: tuple[Anchor, Anchor]) -> Scene:
    """Three days, each with where it begins and ends."""
    here = scene("rome")
    assert here.itinerary
    days = tuple(
        replace(day, origin=origin, target=target, back_minutes=15)
        for day, (origin, target) in zip(here.itinerary.days, ends, strict=True)
    )
    return replace(here, itinerary=replace(here.itinerary, days=days))


TRIP = rome((TERMINI, MONTI), (MONTI, PRATI), (PRATI, TERMINI))


@pytest.mark.parametrize(
    ("about", "day", "says"),
    [
        ("where do we start", None, "Day 1 begins at Roma Termini: you leave at"),
        ("where does day 2 end", 2, "Day 2 ends at Prati: you are there at"),
        ("where do we begin on day 3", 3, "Day 3 begins at Prati"),
        ("where does our trip end", None, "Day 3 ends at Roma Termini"),
    ],
)
def test_where_a_day_begins_and_ends(about: str, day: int | None, says: str) -> None:
    """The one that is named; of the trip its first and its last."""
    assert asked(Topic.SCHEDULE, of=TRIP, about=about, day=day).text.startswith(says)


def test_both_ends_are_told_at_once() -> None:
    """“Where does the trip start and end?” is two questions."""
    text = asked(Topic.SCHEDULE, of=TRIP, about="where does it start and end").text
    assert "Day 1 begins at Roma Termini" in text
    assert "Day 3 ends at Roma Termini" in text


def test_a_bed_that_nobody_told_is_called_so() -> None:
    """The middle of the sights is no bed."""
    trip = rome(*[(MIDDLE, MIDDLE)] * 3)
    text = asked(Topic.SCHEDULE, of=trip, about="where does day 1 end", day=1).text
    assert "as I don't know where you sleep" in text


def test_plans_of_old_tell_their_stops() -> None:
    """They don't know where their days begin: the first stop is what there is."""
    text = asked(Topic.SCHEDULE, about="where do we start").text
    assert text == "Day 1 begins with Borghese Gallery at 09:30."


def test_other_questions_of_where_are_of_the_plan() -> None:
    """“Where are we at the end of day 2” asks for no bed."""
    text = asked(Topic.SCHEDULE, of=TRIP, about="what is on day 2", day=2).text
    assert "Prati" not in text


def test_beds_are_told_night_by_night() -> None:
    """Which after which day; of one day, that of its night."""
    text = asked(Topic.LODGING, of=TRIP).text
    assert text == "You sleep in Monti after day 1 and at Prati after day 2."
    assert asked(Topic.LODGING, of=TRIP, day=2).text.startswith("You sleep at Prati")
    one = rome((TERMINI, MONTI), (MONTI, MONTI), (MONTI, TERMINI))
    assert asked(Topic.LODGING, of=one).text.startswith("You sleep in Monti: your")
    part = rome((TERMINI, MONTI), (MONTI, MIDDLE), (MIDDLE, TERMINI))
    assert "in the other nights I don't know" in asked(Topic.LODGING, of=part).text


def test_wishes_for_beds_are_told_in_words() -> None:
    """Each with its city and its nights."""
    told = replace(
        TRIP.preferences,
        base="monti",
        bases=(Base("near Termini", "Rome", -1), Base("Prati", "Rome", 2, 1)),
    )
    text = asked(Topic.WISHES, of=replace(TRIP, preferences=told)).text
    assert "in Rome you sleep in Monti;" in text
    assert "in Rome you sleep near Termini for the last night" in text
    assert "in Rome you sleep in Prati on night 2 there" in text
