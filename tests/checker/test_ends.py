"""The first and the last way of days: a planted fault for each rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from itinerary_app.model import Anchor, AnchorKind, Base, Day
from tests.checker.toytown import Case, minutes

BASE = Anchor("Tower", 10.008, 20.0, AnchorKind.BASE)
MIDDLE = Anchor("the middle", 10.016, 20.0, AnchorKind.MIDDLE)
AIRPORT = Anchor("Toy Airport", 10.01, 20.0, AnchorKind.AIRPORT)


def slept(case: Case, base: Anchor = BASE) -> Case:
    """The toy plan, in which one leaves the base and comes back."""
    days = tuple(with_ends(day, base, base) for day in case.itinerary.days)
    return case.with_days(days)


def with_ends(day: Day, origin: Anchor, target: Anchor, way: int = 25) -> Day:
    first = day.stops[0]._replace(travel_minutes=way, travel_mode="walk")
    return replace(
        day,
        stops=(first, *day.stops[1:]),
        origin=origin,
        target=target,
        back_minutes=15,
        back_mode="walk",
    )


def noted(case: Case, note: str) -> Case:
    return replace(case, itinerary=replace(case.itinerary, notes=(note,)))


def case(**asked: Any) -> Case:
    told = {"base": "Tower", "mobility": (), **asked}
    return slept(Case().asked(**told))


def test_a_good_plan_passes() -> None:
    """Days that begin and end at the base that was told."""
    assert "base" in case().checks()
    assert case().broken() == set()


def test_plans_of_old_are_not_blamed() -> None:
    """They do not tell where their days begin."""
    assert "base" not in Case().checks()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"origin": None}, "where it begins or ends is not told"),
        ({"back_minutes": 0}, "0 min from Grill are too few"),
        ({"target": MIDDLE}, "nights are spent in several places"),
    ],
)
def test_a_day_with_a_false_end_is_found(fields: dict[str, Any], words: str) -> None:
    """Untold, too short, or at another place than the other nights."""
    bad = case().day(1, **fields)
    assert "base" in bad.broken()
    assert words.lower() in bad.words("base").lower()


def test_a_first_way_that_is_too_short_is_found() -> None:
    """Two minutes on foot for a kilometre."""
    bad = case().stop("palace", lambda it: it._replace(travel_minutes=2))
    assert "2 min from Tower are too few for 0.9 km" in bad.words("base")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("Harbour", "Tower is not what you told, Harbour"),
        ("10.0,20.0", "Tower is 0.9 km from 10.0,20.0"),
        (None, "Tower is where you sleep, which you did not say"),
    ],
)
def test_another_base_than_the_told_one_is_found(told: str | None, words: str) -> None:
    """By name, by coordinates, or one that nobody told of."""
    assert words in case(base=told).words("base")


def test_a_told_base_that_is_left_out_needs_a_note() -> None:
    """The middle of the sights instead is right only where the plan says so."""
    bad = slept(Case().asked(base="Inn", mobility=()), MIDDLE)
    assert "you sleep at Inn" in bad.words("base")
    told = replace(bad.itinerary, notes=("We do not know where “Inn” is.",))
    assert "base" not in replace(bad, itinerary=told).broken()


def test_a_middle_far_from_the_sights_is_found() -> None:
    """Called the middle, ten kilometres away from all of them."""
    away = MIDDLE._replace(lat=10.12)
    bad = slept(Case().asked(mobility=()), away)
    assert "km from the famous sights" in bad.words("base")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"arrive": minutes("09:40")}, "leaves Tower at 09:35, before 09:40"),
        ({"depart": minutes("14:40")}, "is at Tower at 14:45, after 14:40"),
        ({"day_start": minutes("09:10")}, "leaves Tower at 09:05, before 09:10"),
        ({"day_end": minutes("19:50")}, "is at Tower at 20:00, after 19:50"),
    ],
)
def test_ways_outside_the_told_hours_are_found(
    asked: dict[str, Any], words: str
) -> None:
    """The first and the last way count where the traveller told the hours."""
    bad = case(**asked)
    assert "hours" in bad.broken()
    assert words in bad.words("hours")


def test_time_for_the_airport_is_checked() -> None:
    """Two hours before the flight, and three quarters of one from landing."""
    good = case(arrive_at="Quay", arrive=minutes("08:50"))
    landed = noted(good.day(1, origin=AIRPORT), "We take “Quay” for it.")
    assert landed.broken() == set()
    late = landed.asked(arrive=minutes("08:55"))
    assert "leaves Toy Airport at 09:35, before 09:40" in late.words("hours")
    flying = case(depart_at="Quay", depart=minutes("16:40"))
    gone = flying.day(2, target=AIRPORT)
    assert "is at Toy Airport at 14:45, after 14:40" in gone.words("hours")


def test_another_airport_than_the_told_one_is_found() -> None:
    """Or none: the day begins at the base, and no note tells why."""
    bad = case(arrive_at="Bay station", arrive=minutes("08:50"))
    assert "Tower, and you asked for Bay station" in bad.words("base")


def test_long_walks_at_the_ends_are_found() -> None:
    """Who would rather not walk does not walk a kilometre from the bed."""
    bad = case(mobility=("less_walking",))
    assert "890 m and 25 min on foot from Tower" in bad.words("mobility")


@pytest.mark.parametrize(
    ("bases", "words"),
    [
        ((Base("Palace", "Toytown"),), "Tower is not what you told, Palace"),
        ((Base("Palace", "Toytown", -1),), "Tower is not what you told, Palace"),
        ((Base("Palace", "Toytown", 1, 1),), "Tower is not what you told, Palace"),
        ((Base("Palace", "Toytown", 2),), "Tower is not what you told, Palace"),
    ],
)
def test_a_night_in_another_bed_than_the_told_one_is_found(
    bases: tuple[Base, ...], words: str
) -> None:
    """Of all nights, of the last, of the first alone, of that after the last day."""
    assert words in case(bases=bases).words("base")


def test_a_bed_for_one_night_is_only_for_that() -> None:
    """One sleeps at the Palace after day 1 and comes back to the Tower on day 2."""
    told = case(bases=(Base("Palace", "Toytown", 1, 1), Base("Tower", "Toytown", 2)))
    palace = Anchor("Palace", 10.016, 20.0, AnchorKind.BASE)
    first, second = told.itinerary.days
    days = with_ends(first, palace, palace), with_ends(second, palace, BASE)
    assert "base" not in told.with_days(days).broken()
    assert "several places" in told.with_days((days[0], second)).words("base")


def test_beds_of_other_cities_do_not_count() -> None:
    """What was told of Florence says nothing of a night in Toytown."""
    assert case(bases=(Base("Palace", "Florence"),)).broken() == set()


def test_being_there_takes_no_time_before() -> None:
    """Who says when to be at the airport has counted the two hours already."""
    flying = case(depart_at="Quay", depart=minutes("14:45"), depart_there=True)
    there = noted(flying.day(2, target=AIRPORT), "We take “Quay” for it.")
    assert there.broken() == set()
    late = there.asked(depart=minutes("14:40"))
    assert "is at Toy Airport at 14:45, after 14:40" in late.words("hours")
