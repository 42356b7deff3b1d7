"""Edits of a plan: one day changes, the others stay to the minute."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import pytest

from itinerary_app.acts.acts import Act, Add, Calmer, Fuller, Remove, Swap
from itinerary_app.acts.values import Reference
from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Category,
    Day,
    Interest,
    Itinerary,
    Pace,
    Place,
    PlanRequest,
    Stop,
    StopKind,
)
from itinerary_app.planner.planner import Planner

REQUEST = PlanRequest("Jaipur", 3, (Interest.FOOD, Interest.CULTURE), Pace.RELAXED)


@pytest.fixture(scope="module")
def plan(planner: Planner) -> Itinerary:
    """Three relaxed days in Jaipur."""
    return planner.plan(REQUEST)


def revised(planner: Planner, plan: Itinerary, edit: Act) -> Day:
    """The day that the edit changed, after making sure that no other did."""
    after = planner.revise(plan, edit, REQUEST)
    assert after == planner.revise(plan, edit, REQUEST)
    changed = [
        new for old, new in zip(plan.days, after.days, strict=True) if old != new
    ]
    assert len(changed) == 1
    ids = [stop.place.id for stop in after.stops]
    assert len(ids) == len(set(ids))
    for before, stop in pairwise(changed[0].stops):
        assert stop.arrive >= before.leave + stop.travel_minutes
    return changed[0]


def test_a_calmer_day_drops_a_visit(planner: Planner, plan: Itinerary) -> None:
    """At the calm end of the ladder one visit goes and both meals stay."""
    day = revised(planner, plan, Calmer(day=1))
    assert len(_visits(day)) == len(_visits(plan.days[0])) - 1
    assert _ids(_visits(day)) < _ids(_visits(plan.days[0]))
    assert _meals(day) == _meals(plan.days[0])
    assert day.pace is Pace.RELAXED


def test_calmer_ends_at_one_visit(planner: Planner, plan: Itinerary) -> None:
    """The last visit stays, and the refusal says that it is the last."""
    while len(_visits(plan.days[0])) > 1:
        plan = planner.revise(plan, Calmer(day=1), REQUEST)
    with pytest.raises(CannotPlan, match="as calm as it gets"):
        planner.revise(plan, Calmer(day=1), REQUEST)


def test_a_fuller_day_gains_visits(planner: Planner, plan: Itinerary) -> None:
    """One step up the ladder keeps all stops and adds good unused ones."""
    day = revised(planner, plan, Fuller(day=1))
    assert day.pace is Pace.MODERATE
    assert _ids(day.stops) > _ids(plan.days[0].stops)
    assert len(_visits(day)) <= 5


def test_fuller_ends_when_nothing_fits(planner: Planner, plan: Itinerary) -> None:
    """A full day says so instead of cramming."""
    full, refusal = _until_refused(planner, plan, [Fuller(day=1)] * 12)
    assert "Nothing more fits on day 1" in refusal
    assert len(_visits(full.days[0])) >= 5


def test_a_swap_prefers_the_same_kind(planner: Planner, plan: Itinerary) -> None:
    """Without a wish a fort is replaced by a fort, and all other visits stay."""
    number, stop = _first(plan, Category.FORT)
    day = revised(planner, plan, Swap(stop=stop.place.id))
    stay = _ids(_visits(plan.days[number - 1])) - {stop.place.id}
    assert _ids(_visits(day)) > stay
    [new] = [s for s in _visits(day) if s.place.id not in stay]
    assert new.place.category is Category.FORT


def test_a_meal_stays_near_when_its_neighbour_goes(
    planner: Planner, plan: Itinerary
) -> None:
    """Whoever does not go to a far fort does not eat there either."""
    _, stop = _first(plan, Category.FORT)
    day = revised(planner, plan, Swap(stop=stop.place.id))
    ways = [*(it.travel_minutes for it in day.stops), day.back_minutes]
    for i, meal in enumerate(day.stops):
        assert meal.kind is StopKind.VISIT or min(ways[i : i + 2]) <= 25


@pytest.mark.parametrize("wanted", [Category.GARDEN, Interest.NATURE])
def test_a_swap_obeys_the_wish(
    planner: Planner, plan: Itinerary, wanted: Category | Interest
) -> None:
    """The substitute is of the wanted category or serves the wanted interest."""
    stop = _visits(plan.days[0])[0]
    day = revised(planner, plan, Swap(stop=stop.place.id, place=Reference(kind=wanted)))
    [new] = [s for s in _visits(day) if s.place.id not in _ids(plan.stops)]
    assert wanted in (new.place.category, *new.place.interests)


@pytest.mark.parametrize("kind", [StopKind.LUNCH, StopKind.DINNER])
def test_a_meal_is_swapped_for_a_meal(
    planner: Planner, plan: Itinerary, kind: StopKind
) -> None:
    """Another food place, at the same meal, on the first day that has one near."""
    for number, before in enumerate(plan.days):
        [old] = [stop for stop in before.stops if stop.kind is kind]
        with suppress(CannotPlan):
            day = planner.revise(plan, Swap(stop=old.place.id), REQUEST).days[number]
            break
    [new] = [stop for stop in day.stops if stop.kind is kind]
    assert new.place != old.place
    assert new.place.category in FOOD


def test_a_meal_is_not_swapped_for_a_museum(planner: Planner, plan: Itinerary) -> None:
    """The refusal names what one can eat at."""
    [lunch] = [s for s in plan.days[0].stops if s.kind is StopKind.LUNCH]
    edit = Swap(stop=lunch.place.id, place=Reference(kind=Category.MUSEUM))
    with pytest.raises(CannotPlan, match="restaurant"):
        planner.revise(plan, edit, REQUEST)


def test_a_wish_that_nothing_answers(planner: Planner, plan: Itinerary) -> None:
    """No bar in the list: the refusal says what there is."""
    stop = _visits(plan.days[0])[0]
    with pytest.raises(CannotPlan, match=r"No other church .*There is still: .*park"):
        planner.revise(
            plan,
            Swap(stop=stop.place.id, place=Reference(kind=Category.CHURCH)),
            REQUEST,
        )


def test_a_removed_stop_is_gone(planner: Planner, plan: Itinerary) -> None:
    """The rest of the day stays and is timed anew."""
    stop = _visits(plan.days[2])[-1]
    day = revised(planner, plan, Remove(stop=stop.place.id))
    assert _ids(day.stops) == _ids(plan.days[2].stops) - {stop.place.id}


def test_the_only_visit_cannot_be_removed(planner: Planner, plan: Itinerary) -> None:
    """No day without a visit: swap it, or plan a day less."""
    while len(visits := _visits(plan.days[1])) > 1:
        plan = planner.revise(plan, Remove(stop=visits[0].place.id), REQUEST)
    with pytest.raises(CannotPlan, match="only visit on day 2"):
        planner.revise(plan, Remove(stop=visits[0].place.id), REQUEST)


def test_a_removed_meal_can_be_added_again(planner: Planner, plan: Itinerary) -> None:
    """A restaurant takes the meal that the day lacks; the notes follow."""
    [lunch] = [s for s in plan.days[0].stops if s.kind is StopKind.LUNCH]
    hungry = planner.revise(plan, Remove(stop=lunch.place.id), REQUEST)
    assert "A meal is left open on day 1." in hungry.notes
    day = revised(planner, hungry, Add(place=lunch.place.id, day=1))
    assert StopKind.LUNCH in {s.kind for s in day.stops if s.place == lunch.place}


def test_a_named_place_is_added(planner: Planner, plan: Itinerary) -> None:
    """All visits stay and the new one joins them on the wanted day."""
    place = next(p for p in _unused(planner, plan) if p.category is Category.MONUMENT)
    day = revised(planner, plan, Add(place=place.id, day=1))
    assert _ids(_visits(day)) == _ids(_visits(plan.days[0])) | {place.id}


def test_without_a_day_it_goes_where_it_fits(planner: Planner, plan: Itinerary) -> None:
    """Day None means: the day that it suits best."""
    day = revised(planner, plan, Add(place=Reference(kind=Category.GARDEN)))
    [new] = _ids(day.stops) - _ids(plan.stops)
    categories = {place.id: place.category for place in Catalogue().places("Jaipur")}
    assert categories[new] is Category.GARDEN


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        (Calmer(day=4), "There is no day 4: the plan has 3 days"),
        (Remove(stop="x"), "not in the plan"),
        (Swap(stop="x"), "not in the plan"),
        (Add(place="no-such-place", day=1), "no place 'no-such-place' in Jaipur"),
        (Add(place="no-such-place"), "no place 'no-such-place' in Jaipur"),
        (Add(place="amber-fort"), "Amber Fort is already planned, on day"),
        (Add(place=Reference(kind=Category.RESTAURANT), day=1), "No other restaurant"),
    ],
)
def test_what_cannot_be_is_explained(
    planner: Planner, plan: Itinerary, edit: Act, complaint: str
) -> None:
    """A sentence for the traveller, not a stack trace."""
    with pytest.raises(CannotPlan, match=complaint):
        planner.revise(plan, edit, REQUEST)


def test_an_overfull_day_refuses_more(planner: Planner, plan: Itinerary) -> None:
    """No sight is dropped to make room; a meal may be, when its way gets too far."""
    sights = [p for p in _unused(planner, plan) if p.category not in FOOD]
    edits = [Add(place=place.id, day=1) for place in sights]
    full, refusal = _until_refused(planner, plan, edits)
    assert "no time left for" in refusal
    assert "Remove" in refusal
    assert _ids(_visits(full.days[0])) >= _ids(_visits(plan.days[0]))


def test_an_edit_obeys_the_present_wishes(planner: Planner, plan: Itinerary) -> None:
    """Preferences told after the plan count for the edit."""
    request = replace(REQUEST, avoid=(Category.FORT,))
    _, stop = _first(plan, Category.FORT)
    after = planner.revise(plan, Swap(stop=stop.place.id), request)
    [new] = {s.place for day in after.days for s in _visits(day)} - {
        s.place for day in plan.days for s in _visits(day)
    }
    assert new.category is not Category.FORT


def _until_refused(
    planner: Planner, plan: Itinerary, edits: Sequence[Act]
) -> tuple[Itinerary, str]:
    """The plan after the edits that worked, and why the next one did not."""
    for edit in edits:
        try:
            plan = planner.revise(plan, edit, REQUEST)
        except CannotPlan as exc:
            return plan, str(exc)
    raise AssertionError("No edit was refused.")


def _visits(day: Day) -> list[Stop]:
    return [stop for stop in day.stops if stop.kind is StopKind.VISIT]


def _meals(day: Day) -> set[tuple[str, StopKind]]:
    return {(s.place.id, s.kind) for s in day.stops if s.kind is not StopKind.VISIT}


def _ids(stops: list[Stop] | tuple[Stop, ...]) -> set[str]:
    return {stop.place.id for stop in stops}


def _unused(planner: Planner, plan: Itinerary) -> list[Place]:
    return [p for p in Catalogue().places("Jaipur") if p.id not in _ids(plan.stops)]


def _first(plan: Itinerary, category: Category) -> tuple[int, Stop]:
    for day in plan.days:
        for stop in day.stops:
            if stop.place.category is category:
                return day.number, stop
    raise AssertionError(f"The plan has no {category}.")
