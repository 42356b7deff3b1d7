"""What is told below a plan of opening hours and of booking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from itinerary_app.acts.acts import Remove
from itinerary_app.catalogue.hours import is_known, windows
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Leg, Pace, PlanRequest, StopKind
from itinerary_app.planner.planner import Planner
from tests.conftest import MakeCatalogue
from tests.planner.test_constraints import row

MARKET = row("market", "Nov 20-Dec 23 10:00-21:00", kind="museum")


def test_a_long_season_is_named_where_no_date_is_known(toytown: MakeCatalogue) -> None:
    """It may stand in a plan without dates; with dates there is nothing to tell."""
    planner = Planner(toytown([row("gate", "Apr-Oct 10:00-18:00")]))
    [_, season, *_] = planner.plan(PlanRequest("Toytown", 1)).notes
    assert season == "Open in a part of the year only: Gate, April–October."
    dated = planner.plan(PlanRequest("Toytown", 1, start_date=date(2027, 5, 3)))
    assert not any("part of the year" in note for note in dated.notes)
    assert dated.stops


def test_a_short_season_needs_a_date(toytown: MakeCatalogue) -> None:
    """A Christmas market is planned in December only, and why is told."""
    planner = Planner(toytown([row("gate"), MARKET]))
    wish = PlanRequest("Toytown", 1, must_see=("market",))
    undated = planner.plan(wish)
    assert (
        "Market is left out: it is open in November–December only; tell me your dates."
    ) in undated.notes
    assert [it.place.id for it in undated.stops] == ["gate"]
    planned = {
        on: [
            stop.place.id
            for stop in planner.plan(
                PlanRequest("Toytown", 1, must_see=("market",), start_date=on)
            ).stops
        ]
        for on in (date(2027, 7, 5), date(2027, 12, 6))
    }
    assert "market" not in planned[date(2027, 7, 5)]
    assert "market" in planned[date(2027, 12, 6)]


def test_what_has_to_be_booked_is_told(toytown: MakeCatalogue) -> None:
    """In one note with the plan."""
    planner = Planner(toytown([row("gate"), row("crypt")], ",,needed,,,"))
    notes = planner.plan(PlanRequest("Toytown", 1)).notes
    [told] = [note for note in notes if note.startswith("Book ahead")]
    assert told in ("Book ahead: Gate and Crypt.", "Book ahead: Crypt and Gate.")


def test_for_unknown_hours_something_surely_open_is_told(
    toytown: MakeCatalogue,
) -> None:
    """Of the same kind, near, not in the plan, and open at that time."""
    others = [
        row(f"house-{n}", "Mo-Su 10:00-18:00", kind="museum", lat=10 + n / 1000)
        for n in range(5)
    ]
    planner = Planner(toytown([row("crypt", kind="museum"), *others]))
    wish = PlanRequest("Toytown", 1, pace=Pace.RELAXED, must_see=("crypt",))
    plan = planner.plan(wish)
    [note] = [it for it in plan.notes if it.startswith("Known to be open instead")]
    stop = next(it for it in plan.stops if it.place.id == "crypt")
    assert " for Crypt." in note
    assert not any(it.place.name in note for it in plan.stops if it != stop)
    [first, *_] = planner.alternatives(plan, wish, "crypt")
    assert windows(first.hours, first.category)


def test_what_is_surely_open_comes_first(toytown: MakeCatalogue) -> None:
    """Of two museums alike, the one of known hours is planned."""
    rows = [
        row("crypt", kind="museum"),
        row("tower", "Mo-Su 10:00-18:00", kind="museum"),
    ]
    planner = Planner(toytown(rows))
    plan = planner.plan(PlanRequest("Toytown", 1, day_start=660, day_end=790))
    assert [stop.place.id for stop in plan.stops] == ["tower"]


def test_ramadan_is_told_with_what_it_makes_unsure(planner: Planner) -> None:
    """Days and places by name in one note; a Cairo day without dates says nothing."""
    request = PlanRequest("Cairo", 2, start_date=date(2027, 2, 15))
    [told] = [it for it in planner.plan(request).notes if "Ramadan" in it]
    assert told.startswith("It is Ramadan on days 1 and 2, to within a day: ")
    assert "Ask before you go to " in told
    undated = planner.plan(replace(request, start_date=None))
    assert not any("Ramadan" in note for note in undated.notes)
    later = planner.plan(replace(request, start_date=date(2027, 4, 19)))
    assert not any("Ramadan" in note for note in later.notes)


def test_by_day_nothing_is_called_open_that_may_keep_the_fast(planner: Planner) -> None:
    """Lunches in Ramadan count as unknown, dinners after sunset need not."""
    request = PlanRequest("Dubai", 3, start_date=date(2027, 2, 15))
    for day in planner.plan(request).days:
        for stop in day.stops:
            if stop.kind is StopKind.LUNCH:
                on, hours = request.date_of(day.number), stop.place.hours
                assert hours == "24/7" or not is_known(
                    hours, on, stop.arrive, stop.leave, "AE", (400, 1090)
                )


def test_no_fewer_days_are_advised_than_one(toytown: MakeCatalogue) -> None:
    """A day that the list does not fill is the least that there is."""
    planner = Planner(toytown([row("gate"), row("crypt")]))
    assert not any(
        "would do" in note for note in planner.plan(PlanRequest("Toytown", 1)).notes
    )
    assert any(
        "1 day would do" in note
        for note in planner.plan(PlanRequest("Toytown", 2)).notes
    )


@pytest.mark.parametrize("legs", [(), (Leg("Rome", 1), Leg("Florence", 1))])
def test_a_draft_is_the_same_plan_without_remarks(legs: tuple[Leg, ...]) -> None:
    """What is a step on the way to another plan has its days, and no remarks."""
    planner, request = Planner(Catalogue()), PlanRequest("Rome", 2, legs=legs)
    plan = planner.plan(request)
    act = Remove(stop=plan.days[0].stops[0].place.id)
    after = planner.revise(plan, act, request)
    assert after.notes
    assert planner.revise(plan, act, request, draft=True) == replace(after, notes=())
