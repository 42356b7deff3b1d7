"""Ways, walking and what is near: estimated, and said to be."""

from __future__ import annotations

from itinerary_app.acts.acts import Add, Topic
from itinerary_app.acts.values import Reference
from tests.assistant.answers.asking import asked


def test_a_way_of_the_plan() -> None:
    """Between neighbours the plan's own estimate stands, with the hours."""
    answer = asked(Topic.WAY, place="colosseum", other="pantheon")
    assert answer.text == (
        "From Colosseum to Pantheon it takes about 15 min by taxi or public transport "
        "(estimated): you leave at 16:50 on day 1 and are expected at 17:15."
    )
    assert answer.day == 1


def test_a_way_that_is_not_planned() -> None:
    """Between others it is the straight line and an estimate on foot."""
    text = asked(Topic.WAY, place="colosseum", other="borghese-gallery").text
    assert "2.6 km in a straight line" in text
    assert "(estimated)" in text
    assert "which line goes there I don't know" in text


def test_the_way_to_a_first_stop() -> None:
    """Where one sleeps is not known, so the first way of a day is not either."""
    text = asked(Topic.WAY, place="borghese-gallery").text
    assert "depends on where you sleep, which I don't know" in text


def test_an_unknown_end() -> None:
    """A way to something that is no place of ours is not estimated."""
    hotel = Reference(name="my hotel")
    text = asked(Topic.WAY, place="pantheon", other=hotel).text
    assert text.startswith("I don't know where “my hotel” is")
    text = asked(Topic.WAY, about="the airport").text
    assert text.startswith("I don't know where “the airport” is")


def test_walking_in_all_and_on_a_day() -> None:
    """Minutes on foot by day and in all, rides apart, the longest walk named."""
    text = asked(Topic.WALKING).text
    assert text.startswith(
        "Between stops you walk about 1 h 20 min in all (day 1 14 min, day 2 25 min "
        "and day 3 41 min: the most on day 3), estimated; the longest walk is about 13 "
        "min from"
    )
    assert asked(Topic.WALKING, day=2).text.startswith(
        "Between stops you walk about 25 min on day 2, estimated"
    )


def test_near_of_a_kind() -> None:
    """The nearest of a kind with their distance; each can be added."""
    answer = asked(Topic.NEARBY, place="pantheon", kind="cafe")
    assert "Tazza d'Oro (cafe, 90 m)" in answer.text
    assert answer.chips[0].acts == (Add(place="tazza-doro"),)


def test_nothing_near() -> None:
    """Of a kind that the list does not have, nothing is near."""
    text = asked(Topic.NEARBY, place="pantheon", kind="mosque").text
    assert text == "My list for Rome has no mosques."
