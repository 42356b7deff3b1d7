"""Where the checker's rules begin to bite: to the minute, the metre and the stop."""

from __future__ import annotations

from dataclasses import replace

import pytest

from itinerary_app.model import Day, Interest, Mobility, Pace, Stop, StopKind
from tests.checker.toytown import KNOWN, PLACES, REQUEST, Case, minutes, stop

GOOD = Case()
ANY_TIME = replace(
    REQUEST,
    days=1,
    start_date=None,
    arrive=None,
    depart=None,
    day_start=None,
    day_end=None,
    must_see=(),
    locked=(),
    mobility=(),
)


def one_day(pace: Pace, *stops: Stop, interests: tuple[Interest, ...] = ()) -> Case:
    case = GOOD.with_days((Day(1, pace, stops),))
    return replace(case, request=replace(ANY_TIME, interests=interests))


def short(name: str, clock: int) -> Stop:
    """A visit of one minute, by a ride of twenty."""
    visit = stop(name, "00:00", "00:00", way=20)
    return visit._replace(arrive=clock, leave=clock + 1, travel_mode="ride")


@pytest.mark.parametrize(
    ("pace", "interests", "start", "end"),
    [
        (Pace.RELAXED, (), "10:00", "20:45"),
        (Pace.MODERATE, (), "09:00", "21:00"),
        (Pace.PACKED, (), "08:30", "21:30"),
        (Pace.MODERATE, (Interest.NIGHTLIFE,), "09:00", "23:30"),
    ],
)
def test_a_day_may_fill_its_pace_to_the_minute(
    pace: Pace, interests: tuple[Interest, ...], start: str, end: str
) -> None:
    """From its first minute to its last: kept; a minute more at either end: not."""
    first, last = minutes(start), minutes(end)
    for early, late in ((0, 0), (1, 0), (0, 1)):
        case = one_day(
            pace,
            short("tower", first - early),
            short("garden", last - 1 + late),
            interests=interests,
        )
        assert ("hours" in case.broken()) is bool(early or late)


@pytest.mark.parametrize(
    ("pace", "most"), [(Pace.RELAXED, 3), (Pace.MODERATE, 5), (Pace.PACKED, 7)]
)
def test_a_pace_has_so_many_visits_without_a_remark(pace: Pace, most: int) -> None:
    """As many as the pace has: no remark; one more: a remark."""
    for more in (0, 1):
        stops = [
            short(it.id, 600 + 60 * i) for i, it in enumerate(PLACES[: most + more])
        ]
        assert len(one_day(pace, *stops).checks()["hours"].remarks) == more


@pytest.mark.parametrize(
    ("kind", "earliest", "latest"),
    [(StopKind.LUNCH, "12:00", "13:30"), (StopKind.DINNER, "18:30", "20:00")],
)
def test_meals_begin_in_their_hour(kind: StopKind, earliest: str, latest: str) -> None:
    """From its first minute to its last, and neither before nor after."""
    first, last = minutes(earliest), minutes(latest)
    for clock in (first - 1, first, last, last + 1):
        case = one_day(Pace.MODERATE, short("canteen", clock)._replace(kind=kind))
        assert ("meals" in case.broken()) is not (first <= clock <= last)


@pytest.mark.parametrize("kind", [StopKind.LUNCH, StopKind.DINNER])
def test_meals_may_be_twenty_five_minutes_off(kind: StopKind) -> None:
    """25 minutes to the nearer neighbour are near, 26 are not."""
    for way, broken in ((25, False), (26, True)):
        eaten = short("canteen", 1120)._replace(kind=kind, travel_minutes=way)
        case = one_day(
            Pace.MODERATE,
            short("tower", 700),
            eaten,
            short("garden", 1200)._replace(travel_minutes=26),
        )
        assert ("near" in case.broken()) is broken


def test_the_first_meal_of_a_day_is_near_what_follows() -> None:
    """Its own zero minutes do not count, nor does what comes later."""
    lunch = short("canteen", 720)._replace(kind=StopKind.LUNCH, travel_minutes=0)
    for way, broken in ((25, False), (26, True)):
        following = short("tower", 800)._replace(travel_minutes=way)
        case = one_day(Pace.MODERATE, lunch, following, short("garden", 900))
        assert ("near" in case.broken()) is broken
    assert "near" not in one_day(Pace.MODERATE, lunch).broken()


def test_a_stop_takes_time() -> None:
    """Who leaves when they arrive was not there."""
    assert GOOD.at("tower", "13:30", "13:30").broken() == {"ways"}


@pytest.mark.parametrize(
    ("mode", "km_h"),
    [("walk", 6.0), ("ride", 30.0)],
)
def test_ways_need_six_tenths_of_the_fastest(mode: str, km_h: float) -> None:
    """10 km at that speed, times 0.6: a minute less is found."""
    least = round(0.6 * 10 / km_h * 60)
    away = KNOWN["garden"]._replace(lat=10.008 + 10 / 111.195)
    for travel, broken in ((least + 1, False), (least - 1, True)):
        way = short("garden", 900)._replace(
            place=away, travel_mode=mode, travel_minutes=travel
        )
        case = one_day(Pace.MODERATE, short("tower", 700), way)
        assert ("ways" in case.broken()) is broken


def test_short_walks_are_twenty_minutes_and_six_hundred_metres() -> None:
    """Up to there it is less walking; beyond it is not."""
    for metres, told, broken in ((590, 20, False), (610, 9, True), (590, 21, True)):
        there = KNOWN["garden"]._replace(lat=10.008 + metres / 111_195)
        walk = short("garden", 900)._replace(
            place=there, travel_mode="walk", travel_minutes=told
        )
        case = one_day(Pace.MODERATE, short("tower", 700), walk)
        case = case.asked(mobility=(Mobility.LESS_WALKING,))
        assert ("mobility" in case.broken()) is broken


@pytest.mark.parametrize(("metres", "broken"), [(45, False), (55, True)])
def test_fifty_metres_off_is_another_spot(metres: int, broken: bool) -> None:
    """GPS differs by less; more is another place."""
    lat = KNOWN["garden"].lat + metres / 111_195
    assert ("real" in GOOD.known("garden", lat=lat).broken()) is broken


def test_overlap_and_a_missed_way_are_told_apart() -> None:
    """One says that a stop begins before another ends, one that the way is too long."""
    overlap = GOOD.at("tower", "13:10", "14:15")
    assert "begins at 13:10, before Bistro ends" in overlap.words("ways")
    hurried = GOOD.at("tower", "13:15", "14:15")
    assert "6 min from Bistro do not fit between 13:15 and 13:15" in hurried.words(
        "ways"
    )


def test_promises_tell_what_they_cover() -> None:
    """With dates each place is open on its date, without on every open weekday."""
    assert "on its date." in GOOD.checks()["open"].promise
    assert "each with its date" in GOOD.checks()["days"].promise
    undated = GOOD.undated().checks()
    assert "on every weekday" in undated["open"].promise
    assert "date" not in undated["days"].promise
