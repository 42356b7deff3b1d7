"""The honest remarks that stand below a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from itinerary_app.model import Day, Place, StopKind
from itinerary_app.planner import hours
from itinerary_app.planner.candidates import Taste, visit_choices
from itinerary_app.planner.options import MEALS
from itinerary_app.planner.paces import shape
from itinerary_app.words import listed


def notes(
    days: Sequence[Day], taste: Taste, places: Sequence[Place]
) -> tuple[str, ...]:
    """What a traveller with this plan should know; `places` are the city's."""
    return tuple(_notes(days, taste, places))


def _notes(days: Sequence[Day], taste: Taste, places: Sequence[Place]) -> Iterator[str]:
    yield (
        "Travel times are estimates; visit lengths are the usual ones for each kind "
        "of place."
    )
    planned = {stop.place.id: stop.place for day in days for stop in day.stops}
    if closed := _closed(list(planned.values())):
        yield f"Check your days: {closed}."
    if unknown := sum(place.hours is None for place in planned.values()):
        yield (
            f"Opening hours are known for {len(planned) - unknown} of the "
            f"{len(planned)} places; check the others before you go."
        )
    if open_meals := [day.number for day in days if _lacks_a_meal(day)]:
        yield f"A meal is left open on {_days(open_meals)}."
    if left_out := _left_out(planned, taste, places):
        yield f"There was no room for {left_out}."
    if thin := _thin(days, taste, places):
        yield thin
    if missing := _unmatched(taste, places):
        yield f"Nothing in our list for {taste.request.city} matches {missing}."


def _closed(places: Sequence[Place]) -> str:
    remarks = [
        f"{place.name} is closed on {listed(hours.closed_days(place.hours))}"
        for place in sorted(places, key=lambda place: -place.importance)
        if hours.closed_days(place.hours)
    ]
    return "; ".join(remarks)


def _lacks_a_meal(day: Day) -> bool:
    return not set(MEALS) <= {stop.kind for stop in day.stops}


def _thin(days: Sequence[Day], taste: Taste, places: Sequence[Place]) -> str:
    request = taste.request
    full = shape(request.pace).visits
    known = len(visit_choices(places, taste, len(places)))
    visits = sum(stop.kind is StopKind.VISIT for day in days for stop in day.stops)
    if known >= full * len(days) or visits >= full * len(days):
        return ""
    return (
        f"Our list for {request.city} fills about {max(1, known // full)} "
        f"{request.pace} days, so these {len(days)} are lighter."
    )


def _unmatched(taste: Taste, places: Sequence[Place]) -> str:
    served = {interest for place in places for interest in place.interests}
    return listed([it for it in taste.request.interests if it not in served])


def _left_out(
    planned: Mapping[str, Place], taste: Taste, places: Sequence[Place]
) -> str:
    wanted = taste.request.must_see
    return listed(
        [it.name for it in places if it.id in wanted and it.id not in planned]
    )


def _days(numbers: Sequence[int]) -> str:
    word = "day" if len(numbers) == 1 else "days"
    return f"{word} {listed([str(number) for number in numbers])}"
