"""Free time and pauses, planted in a plan of Toytown, against the checker's rules."""

from __future__ import annotations

from dataclasses import replace

from itinerary_app.model import Part, StopKind
from tests.checker.toytown import Case, minutes, stop

GOOD = Case()


def _hungry(*, long: bool, notes: tuple[str, ...] = ()) -> Case:
    """The first day without lunch, its tower from noon on or after an hour."""
    day = GOOD.itinerary.days[0]
    arrive, leave = ("12:06", "15:30") if long else ("13:15", "14:15")
    tower = stop("tower", arrive, leave)
    stops = tuple(
        tower if it.place.id == "tower" else it
        for it in day.stops
        if it.kind is not StopKind.LUNCH
    )
    itinerary = replace(GOOD.itinerary, notes=notes)
    return replace(GOOD, itinerary=itinerary).day(1, stops=stops)


def test_four_empty_hours_that_nobody_told_are_found() -> None:
    """As are those of which another day's remark, or another time, speaks."""
    assert "leisure" not in GOOD.broken()
    for notes in ((), ("Free time: day 2, 14:15 to 18:24.",)):
        words = replace(GOOD, free=notes).words("leisure")
        assert "Day 1: nothing from 14:15 to 18:24, and no word of it." in words
    assert (
        "leisure" in replace(GOOD, free=("Free time: day 1, 10:00 to 14:15.",)).broken()
    )


def test_a_plan_without_such_a_time_promises_nothing_of_it() -> None:
    """Two hours between two stops need no word."""
    full = GOOD.stop("tower", lambda it: it._replace(leave=minutes("16:24")))
    assert "leisure" not in full.checks()


def test_a_day_without_time_to_eat_is_found() -> None:
    """An hour between the stops is one; that there is none may be told."""
    assert not _hungry(long=False).checks()["pauses"].findings
    hungry = _hungry(long=True)
    assert "Day 1: no time is left for lunch." in hungry.words("pauses")
    told = _hungry(long=True, notes=("No time is left for lunch on day 1.",))
    assert "pauses" not in told.broken()
    assert [it.day for it in told.checks()["pauses"].remarks] == [1]


def test_a_meal_that_is_not_wanted_needs_no_time() -> None:
    """Who skips lunch that day is asked for no pause."""
    hungry = _hungry(long=True).day(1, skipped=(StopKind.LUNCH,))
    assert "pauses" not in hungry.broken()


def test_a_day_that_begins_with_lunch_is_remarked() -> None:
    """Unless the morning is kept free, or the day begins too late for a visit."""

    def remarks(case: Case) -> list[str]:
        return [it.words for it in case.checks()["hours"].remarks]

    stops = GOOD.itinerary.days[0].stops[1:]
    idle = GOOD.day(1, stops=stops)
    assert remarks(GOOD) == []
    assert remarks(idle) == ["Day 1: begins with lunch at 12:15; it may from 09:30."]
    assert remarks(GOOD.day(1, stops=stops, free=(Part.MORNING,))) == []
    assert remarks(GOOD.day(1, stops=stops, start=minutes("11:30"))) == []
