"""How the checker words what it found, and what it cannot know."""

from __future__ import annotations

from dataclasses import replace

from itinerary_app.checker import Verdict
from itinerary_app.model import (
    Access,
    Day,
    Mobility,
    Pace,
)
from tests.checker.toytown import (
    ITINERARY,
    PLACES,
    REQUEST,
    Case,
    minutes,
    stop,
)

GOOD = Case()


def test_findings_say_day_place_and_time() -> None:
    """The words name the day, the place, when one would come and what is open."""
    case = GOOD.known("tower", hours="Mo-Su 10:00-12:00, 14:00-17:00")
    assert case.words("open") == (
        "Day 1, Tower: not open 13:30–14:15 on Thu 9 Jul (10:00–12:00, 14:00–17:00)."
    )
    closed = GOOD.known("tower", hours="Th off; Mo-We,Fr-Su 10:00-17:00")
    assert closed.words("open") == "Day 1, Tower: closed on Thu 9 Jul."


def test_what_the_traveller_insisted_on_is_told_plainly() -> None:
    """A broken promise about a place asked for by name says that it was asked for."""
    case = GOOD.known("museum", hours="Mo-Su 11:00-18:00")
    assert case.words("open").endswith("You asked for this place.")
    late = GOOD.asked(day_end=minutes("19:30"))
    assert "with a place that you asked for" in late.words("hours")
    assert "asked for" not in GOOD.asked(depart=minutes("14:00")).words("hours")


def test_more_visits_than_the_pace_has_are_a_remark() -> None:
    """What the traveller added is told, and breaks nothing."""
    stops = tuple(
        stop(it.id, f"{10 + i}:00", f"{10 + i}:30", way=30 if i else 0)._replace(
            travel_mode="ride"
        )
        for i, it in enumerate(PLACES[:6])
    )
    case = Case(
        replace(ITINERARY, days=(Day(1, Pace.MODERATE, stops),)),
        replace(REQUEST, days=1, start_date=None),
    )
    hours = case.checks()["hours"]
    assert hours.verdict is Verdict.OK
    [remark] = hours.remarks
    assert "6 visits; a moderate day has 5 at most" in remark.words


def test_unknown_facts_are_counted_and_no_violation() -> None:
    """Hours of five of seven places, prices of two of four visits are known."""
    checks = GOOD.checks()
    assert checks["open"].verdict is Verdict.UNKNOWN
    assert checks["open"].coverage == "hours known for 5 of 7"
    assert checks["spending"].coverage == "prices known for 2 of 4"
    assert checks["mobility"].coverage == "access known for 2 of 7"
    assert checks["once"].verdict is Verdict.OK
    vague = GOOD.known("museum", hours='Mo-Su 09:00-18:00 unknown "ask"')
    assert vague.checks()["open"].coverage == "hours known for 4 of 7"


def test_less_walking_alone_asks_nothing_of_access() -> None:
    """Who wants short walks does not hear about wheelchairs."""
    case = GOOD.asked(mobility=(Mobility.LESS_WALKING,))
    case = case.known("tower", wheelchair=Access.NO)
    assert case.checks()["mobility"].verdict is Verdict.OK
