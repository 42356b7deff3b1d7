"""Each hard wish by an example: what a plan keeps, and what it says if it can't."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from itinerary_app.catalogue.kinds import EATING
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.catalogue.tickets import tickets
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Access,
    Category,
    Diet,
    Interest,
    Mobility,
    Pace,
    PlanRequest,
    StopKind,
)
from itinerary_app.planner.day.paces import GRAIN
from itinerary_app.planner.planner import Planner
from tests.planner.rich import RichCatalogue
from tests.planner.rules import assert_kept

MONDAY = date(2026, 3, 2)
PARIS = PlanRequest("Paris", 3)

Make = Callable[..., Catalogue]


@pytest.fixture(scope="module")
def rich() -> Planner:
    """The planner on places with hours, prices, diets and access."""
    return Planner(RichCatalogue())


def row(
    name: str, hours: str = "", price: str = "", lat: float = 10.0, **more: str
) -> str:
    kind = more.get("kind", "monument")
    currency = "EUR" if price else ""
    return (
        f"{name},{name.title()},{lat},20.0,{kind},history,"
        f"{more.get('importance', '3')},{hours},{price},{currency},"
        f"src,{name},CC0,,{more.get('minutes', '')},{more.get('diets', '')},"
        f"{more.get('wheelchair', '')}"
    )


def test_a_date_decides_what_is_open(toytown: Make) -> None:
    """What opens on Tuesdays only stands on the Tuesday, each day at its own hours."""
    rows = [
        row("gate"),
        row("crypt", '"Tu 10:00-12:00; We 15:00-18:00"'),
        row("tower"),
    ]
    planner = Planner(toytown([it.replace('"', "") for it in rows]))
    plan = planner.plan(PlanRequest("Toytown", 2, start_date=MONDAY))
    assert [day.date for day in plan.days] == [MONDAY, date(2026, 3, 3)]
    [(day, stop)] = [
        (day.number, stop)
        for day in plan.days
        for stop in day.stops
        if stop.place.id == "crypt"
    ]
    assert day == 2
    assert 600 <= stop.arrive < stop.leave <= 720


def test_public_holidays_are_closed_days(toytown: Make) -> None:
    """“PH off” holds on the holidays of the city's country."""
    closed = "10:00-22:00; PH off"
    catalogue = RichCatalogue()
    city, place = next(
        (city.name, place)
        for city in catalogue.cities
        if city.country == "FR" or city.country == "US"
        for place in catalogue.places(city.name)
        if place.hours == closed
    )
    holiday = date(2026, 7, 14) if city == "Paris" else date(2026, 12, 25)
    request = PlanRequest(city, 1, must_see=(place.id,), start_date=holiday)
    plan = Planner(catalogue).plan(request)
    assert place.id not in {stop.place.id for stop in plan.stops}
    assert any(place.name in note for note in plan.notes)


def test_on_a_holiday_what_surely_opens_goes_first(
    toytown: Make, tmp_path: Path
) -> None:
    """Where hours do not tell of public holidays, another day is better; it is told."""
    rows = [
        row("crypt", "Mo-Su 10:00-11:30", minutes="60"),
        row("tower", "Mo-Su 10:00-11:30; PH 10:00-11:30", minutes="60"),
    ]
    catalogue = toytown(rows)
    cities = tmp_path / "cities.csv"
    cities.write_text(cities.read_text("utf-8").replace("XX", "FR"), "utf-8")
    planner = Planner(catalogue)
    christmas = PlanRequest("Toytown", 2, start_date=date(2026, 12, 25))
    plan = planner.plan(christmas)
    assert [[it.place.id for it in day.stops] for day in plan.days] == [
        ["tower"],
        ["crypt"],
    ]
    assert any("Day 1 is a public holiday, Christmas Day." in it for it in plan.notes)
    alone = planner.plan(replace(christmas, days=1, excluded=("tower",)))
    assert any("ask before you go to Crypt." in it for it in alone.notes)
    assert any("hours are known for 0 of the 1 places" in it for it in alone.notes)


def test_on_christmas_day_nobody_is_sent_to_doors_that_may_be_shut(
    toytown: Make, tmp_path: Path
) -> None:
    """A famous amusement park of unknown hours gives way to squares; not by name."""
    fair = row("fair", kind="activity", minutes="300", importance="5")
    streets = (row("gate"), row("square", kind="landmark"), row("bridge"))
    catalogue = toytown([fair, *streets])
    cities = tmp_path / "cities.csv"
    cities.write_text(cities.read_text("utf-8").replace("XX", "FR"), "utf-8")
    planner = Planner(catalogue)
    christmas = PlanRequest(
        "Toytown", 1, pace=Pace.RELAXED, start_date=date(2026, 12, 25)
    )
    ordinary = replace(christmas, start_date=date(2026, 12, 15))
    assert "fair" in {it.place.id for it in planner.plan(ordinary).stops}
    planned = {it.place.id for it in planner.plan(christmas).stops}
    assert planned == {"gate", "square", "bridge"}
    asked = planner.plan(replace(christmas, must_see=("fair",)))
    assert "fair" in {it.place.id for it in asked.stops}


def test_without_dates_only_hours_of_all_open_days_count(toytown: Make) -> None:
    """10–12 on Tuesdays and 11–18 on Wednesdays leave 11 to 12."""
    planner = Planner(toytown([row("crypt", "Tu 10:00-12:00; We 11:00-18:00")]))
    [stop] = planner.plan(PlanRequest("Toytown", 1)).stops
    assert 660 <= stop.arrive < stop.leave <= 720


def test_arrival_and_departure_bound_the_first_and_the_last_day(rich: Planner) -> None:
    """Nothing before the arrival, nothing after the departure, no lunch too late."""
    request = replace(PARIS, arrive=15 * 60, depart=13 * 60)
    first, middle, last = rich.plan(request).days
    assert first.stops[0].arrive >= 15 * 60
    assert StopKind.LUNCH not in {stop.kind for stop in first.stops}
    assert last.stops[-1].leave <= 13 * 60
    assert StopKind.DINNER not in {stop.kind for stop in last.stops}
    assert middle.stops[-1].leave > 18 * 60


def test_an_arrival_late_at_night_leaves_the_day_free(rich: Planner) -> None:
    """No plan is refused for it; a note says why the day is empty."""
    plan = rich.plan(replace(PARIS, arrive=22 * 60))
    assert plan.days[0].stops == ()
    assert "Nothing fits into day 1: the time is too short." in plan.notes
    assert not any("meal" in note and "day 1" in note for note in plan.notes)


def test_a_day_without_time_is_refused(rich: Planner) -> None:
    """One day from 20:00 to 20:00 is no trip, and the refusal says what would help."""
    with pytest.raises(CannotPlan, match=r"between 20:00 and 20:00\. Begin earlier"):
        rich.plan(PlanRequest("Paris", 1, arrive=20 * 60, depart=20 * 60))


def test_all_days_keep_the_hours_that_were_asked_for(rich: Planner) -> None:
    """“Start at 10, be back by 19:00” holds for each day, and it starts at 10.

    One leaves then, and is back: the first and the last way count.
    """
    plan = rich.plan(replace(PARIS, day_start=10 * 60, day_end=19 * 60))
    for day in plan.days:
        assert day.leaves is not None
        assert day.back is not None
        assert day.leaves >= 10 * 60
        assert day.back <= 19 * 60
    assert min(day.leaves or 0 for day in plan.days) < 10 * 60 + GRAIN


def test_meals_serve_the_diet(rich: Planner) -> None:
    """Every meal is at a place known to serve it; the rest is left open and told."""
    request = replace(PARIS, days=5, diets=(Diet.VEGAN, Diet.HALAL))
    plan = rich.plan(request)
    meals = [stop for stop in plan.stops if stop.kind is not StopKind.VISIT]
    assert meals
    assert all(set(stop.place.diets) >= set(request.diets) for stop in meals)
    held = sum(stop.holds is not None for stop in plan.stops)
    if len(meals) + held < 10:
        assert any("serves vegan and halal" in note for note in plan.notes)


def test_vegan_places_feed_vegetarians(toytown: Make) -> None:
    """Who serves vegans serves vegetarians too; who serves neither is no meal."""
    rows = [
        row("gate"),
        row("inn", kind="restaurant"),
        row("bowl", kind="restaurant", diets="vegan"),
    ]
    request = PlanRequest("Toytown", 1, diets=(Diet.VEGETARIAN,))
    plan = Planner(toytown(rows)).plan(request)
    meals = {stop.place.id for stop in plan.stops if stop.kind is not StopKind.VISIT}
    assert meals == {"bowl"}


def test_a_city_that_serves_no_such_food_is_told_so(toytown: Make) -> None:
    """Where no place is known to serve it, none is looked for "near"."""
    request = PlanRequest("Toytown", 1, diets=(Diet.HALAL,))
    inn = row("inn", kind="restaurant", diets="vegan")
    told = Planner(toytown([row("gate"), inn])).plan(request).notes
    assert (
        "A meal is left open on day 1: we know no place in Toytown that serves halal."
    ) in told


def test_step_free_means_no_place_known_to_have_steps(rich: Planner) -> None:
    """Not even a must-see; what is unknown is counted in a note."""
    places = RichCatalogue().places("Paris")
    steps = next(it for it in places if it.wheelchair is Access.NO)
    request = replace(PARIS, mobility=(Mobility.STEP_FREE,), must_see=(steps.id,))
    plan = rich.plan(request)
    assert Access.NO not in {stop.place.wheelchair for stop in plan.stops}
    assert any(f"{steps.name} is left out" in note for note in plan.notes)
    assert any("access is unknown for" in note for note in plan.notes)


def test_less_walking_means_short_walks(rich: Planner) -> None:
    """No walk is longer than 11 minutes, which is 600 m with its detours."""
    plan = rich.plan(replace(PARIS, mobility=(Mobility.LESS_WALKING,)))
    walks = [stop.travel_minutes for stop in plan.stops if stop.travel_mode == "walk"]
    assert walks
    assert max(walks) <= 11


@pytest.mark.parametrize("limit", [0, 20, 60])
def test_the_spending_limit_holds(rich: Planner, limit: int) -> None:
    """Known admissions stay within it, and the days are full all the same."""
    plan = rich.plan(replace(PARIS, spend_limit=limit))
    paid = tickets(stop.place for stop in plan.stops)  # those of a site count once
    assert sum(place.price or 0 for place in paid) <= limit
    assert all(len(day.stops) >= 4 for day in plan.days)
    assert any(f"of your EUR {limit}" in note for note in plan.notes)


def test_money_goes_where_it_is_worth_most(toytown: Make) -> None:
    """Of two equal sights the limit pays the cheaper one, and the free one is in."""
    rows = [row("dear", price="30"), row("cheap", price="10"), row("free", price="0")]
    plan = Planner(toytown(rows)).plan(PlanRequest("Toytown", 1, spend_limit=30))
    assert {stop.place.id for stop in plan.stops} == {"cheap", "free"}


def test_the_limit_pays_for_famous_sights_first(toytown: Make) -> None:
    """However much more others are worth for their price; what it lacks is told."""
    rows = [
        row("famous", price="30", importance="5"),
        row("second", price="25", importance="5"),
        row("lesser", price="9", importance="4"),
        row("free", price="0"),
    ]
    plan = Planner(toytown(rows)).plan(PlanRequest("Toytown", 1, spend_limit=38))
    planned = {stop.place.id for stop in plan.stops}
    assert len(planned & {"famous", "second"}) == 1
    left = {"famous": "30", "second": "25"}
    [missing] = left.keys() - planned
    assert any(
        note.startswith(missing.capitalize()) and "left out for your limit" in note
        for note in plan.notes
    )


def test_a_must_see_beyond_the_limit_is_told(toytown: Make) -> None:
    """The note says what it costs and what the limit leaves."""
    rows = [row("dear", price="30"), row("free", price="0")]
    request = PlanRequest("Toytown", 1, must_see=("dear",), spend_limit=20)
    plan = Planner(toytown(rows)).plan(request)
    assert {stop.place.id for stop in plan.stops} == {"free"}
    told = "Dear is left out: it costs EUR 30, and your limit leaves EUR 20."
    assert told in plan.notes


def test_must_sees_are_in_whatever_they_cost(rich: Planner) -> None:
    """The least important places come in when they are asked for."""
    places = sorted(RichCatalogue().places("Paris"), key=lambda it: it.importance)
    wanted = tuple(it.id for it in places if it.category not in EATING)[:6]
    plan = rich.plan(PlanRequest("Paris", 2, (Interest.ART,), must_see=wanted))
    assert set(wanted) <= {stop.place.id for stop in plan.stops}


def test_parks_are_for_daylight(rich: Planner) -> None:
    """In a northern December no park or garden comes before sunrise or after sunset."""
    nature = (Interest.NATURE,)
    start = date(2026, 12, 14)
    plan = rich.plan(PlanRequest("Stockholm", 3, interests=nature, start_date=start))
    green = [
        stop
        for stop in plan.stops
        if stop.place.category in (Category.PARK, Category.GARDEN, Category.ZOO)
    ]
    assert green
    assert all(525 <= stop.arrive < stop.leave <= 890 for stop in green)


def test_who_comes_after_sunset_is_told_why_there_is_no_park(rich: Planner) -> None:
    """An evening in December is no time for a park that was asked for by name."""
    start = date(2026, 12, 14)
    park = next(
        place
        for place in RichCatalogue().places("Stockholm")
        if place.category is Category.PARK
    )
    plan = rich.plan(
        PlanRequest(
            "Stockholm", 1, start_date=start, arrive=16 * 60, must_see=(park.id,)
        )
    )
    assert park.id not in {stop.place.id for stop in plan.stops}
    assert f"{park.name} is left out: you would be there in the dark." in plan.notes


def test_must_sees_outrank_the_usual_number_of_visits(rich: Planner) -> None:
    """Six short visits by name fit one moderate day, that has five on its own."""
    names = (
        *("colosseum", "roman-forum", "pantheon"),
        *("piazza-navona", "spanish-steps", "trevi-fountain"),
    )
    plan = rich.plan(PlanRequest("Rome", 1, must_see=names))
    assert {stop.place.id for stop in plan.stops} >= set(names)
    assert not any("no room" in note for note in plan.notes)


def test_what_is_excluded_stays_out(rich: Planner) -> None:
    """The best places of a plan, taken out by name, are not in the next."""
    best = tuple(stop.place.id for stop in rich.plan(PARIS).stops)
    plan = rich.plan(replace(PARIS, excluded=best))
    assert not set(best) & {stop.place.id for stop in plan.stops}


def test_a_place_has_its_own_length(toytown: Make) -> None:
    """A visit lasts as long as its place says, not as its category does."""
    [stop] = Planner(toytown([row("gate", minutes="150")])).plan(
        PlanRequest("Toytown", 1)
    ).stops  # fmt: skip
    assert stop.leave - stop.arrive == 150


def test_locked_stops_stay_when_all_else_is_planned_anew(rich: Planner) -> None:
    """Their day and their time survive another pace and other interests."""
    before = rich.plan(PARIS)
    stops = [before.days[0].stops[1], before.days[2].stops[-1]]
    request = replace(
        PARIS,
        pace=Pace.RELAXED,
        interests=(Interest.NATURE,),
        locked=tuple(stop.place.id for stop in stops),
    )
    plan = rich.plan(request, before)
    assert_kept(plan, request, RichCatalogue().places("Paris"))
    for stop, day in zip(stops, (plan.days[0], plan.days[2]), strict=True):
        times = {it.place.id: (it.arrive, it.leave, it.kind) for it in day.stops}
        assert times[stop.place.id] == (stop.arrive, stop.leave, stop.kind)


def test_a_lock_that_contradicts_a_wish_is_told(rich: Planner) -> None:
    """The refusal names the stop, the reason and the way out."""
    before = rich.plan(PARIS)
    stop = next(it for it in before.days[0].stops if it.kind is StopKind.VISIT)
    request = replace(
        PARIS, locked=(stop.place.id,), avoid=(stop.place.category,), must_see=()
    )
    with pytest.raises(CannotPlan, match=r"is locked on day 1 .*Unlock it first"):
        rich.plan(request, before)
