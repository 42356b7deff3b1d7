"""Ways between places, walking, and what is near: all of it estimated."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import Add, Ask, SetMeal
from itinerary_app.acts.chips import Chip
from itinerary_app.assistant.answers import facts, kinds
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.nothing import no_such_place, nothing_planned
from itinerary_app.assistant.answers.question import Planned, Question, name_of
from itinerary_app.catalogue.geo import STREETS, WALKING_KM_H, distance_km
from itinerary_app.model import Anchor, Day, Place
from itinerary_app.text.clock import clock
from itinerary_app.text.ends import outward
from itinerary_app.text.words import MODES, counted, lasting, listed

LONG_KM = 1.5  # of a straight line, from which on few like to walk
NEAR_KM = 1.5
MOST = 3
_NAME = 3  # words
_MEANS = {"walk": "on foot", "ride": "by taxi or public transport"}


def way(question: Question) -> Answer:
    """From one place to another; with one place only, from the stop before it."""
    one, other = question.place, question.other
    unknown_end = question.ask.other is not None and other is None
    if unknown_end or (one is None and question.ask.about):
        about = question.ask.about or ""
        is_name = len(about.split()) <= _NAME  # else it is the whole question
        name = name_of(question.ask.other) or (about if is_name else "")
        where = f"I don't know where “{name}” is" if name else "From where to where"
        return Answer(
            f"{where}: name a stop of your plan or a place of my list, and I estimate "
            "the way."
        )
    if one is None:
        return _longest(question)
    if other is None:
        return _to(question, one)
    day, text = _between(question, one, other)
    return Answer(text, stops=(other.id, one.id), day=day)


def walking(question: Question) -> Answer:
    days = question.days
    if not any(day.stops for day in days):
        return nothing_planned(question)
    on_foot = {day.number: _on_foot(day) for day in days}
    rides = sum(stop.travel_minutes for day in days for stop in day.stops[1:])
    rides -= sum(on_foot.values())
    total = sum(on_foot.values())
    if len(days) == 1:
        where = f"on day {days[0].number}"
    else:
        each = listed(f"day {n} {lasting(it)}" for n, it in on_foot.items())
        most = max(on_foot, key=lambda number: on_foot[number])
        where = f"in all ({each}: the most on day {most})"
    text = f"Between stops you walk about {lasting(total)} {where}, estimated"
    walks = [it for it in _hops(question) if it[1].stop.travel_mode == "walk"]
    if walks:
        before, after = max(walks, key=lambda it: it[1].stop.travel_minutes)
        text += (
            f"; the longest walk is about {lasting(after.stop.travel_minutes)} from "
            f"{before.stop.place.name} to {after.stop.place.name}"
        )
    text += f"; rides take about {lasting(rides)} more" if rides else ""
    text += f"{_by_day(days) if len(days) > 1 else ''}."
    return Answer(f"{text} Steps inside places are not counted.", day=_day(days))


def _by_day(days: Sequence[Day]) -> str:
    """How many rides there are on which days."""
    rides = {
        day.number: sum(it.travel_mode != "walk" for it in day.stops[1:])
        for day in days
    }
    each = [f"{n} on day {day}" for day, n in rides.items() if n]
    return f" ({_MEANS['ride']}: {listed(each)})" if each else ""


def nearby(question: Question) -> Answer:
    """The nearest known places that are not planned, to add them."""
    place = question.place
    if place is None:
        focus = [it for it in question.scene.focus.stops if it in question.places]
        if not focus:
            return no_such_place(question)
        place = question.places[focus[0]]
    return near_to(question, place)


def near_to(question: Question, place: Place | Anchor) -> Answer:
    """The nearest known places to one, or to where one sleeps."""
    ask = question.ask
    itself = (place.id,) if isinstance(place, Place) else ()
    taken = {item.stop.place.id for item in question.planned}
    out = set(question.scene.preferences.avoid)
    near = sorted(
        (_km(place, other), other.id)
        for other in question.places.values()
        if other.id != place.id
        and (kinds.is_of(other, ask.kind) if ask.kind else other.category not in out)
    )
    near = [(km, it) for km, it in near if km <= NEAR_KM or ask.kind][:MOST]
    what = kinds.some(ask.kind) if ask.kind else "places"
    if not near:
        text = f"I know no {what} within {NEAR_KM:g} km of {place.name}."
        if ask.kind:
            text = f"My list for {question.city} has no {what}."
            if isinstance(place, Place) and kinds.is_of(place, ask.kind):
                text = f"{text[:-1]} besides {place.name}."
        return Answer(text, stops=itself)
    named = listed(_near(question, km, question.places[it]) for km, it in near)
    chips = tuple(
        _chosen(question.places[it], ask) for _, it in near if it not in taken
    )
    text = f"The nearest {what} to {place.name} that I know, in a straight line: "
    return Answer(f"{text}{named}.", chips, (*(it for _, it in near), *itself))


def _chosen(place: Place, ask: Ask) -> Chip:
    if ask.meal is None:
        return Chip(f"Add {place.name}", (Add(place=place.id),))
    meal = SetMeal(meal=ask.meal, day=ask.day, place=place.id)
    return Chip(f"{ask.meal.capitalize()} at {place.name}", (meal,))


def _near(question: Question, km: float, place: Place) -> str:
    far = f"{km:.1f} km" if km >= 1 else f"{round(km * 1000, -1):.0f} m"
    visits = question.visits(place)
    planned = f", planned {facts.when(visits[0])}" if visits else ""
    return f"{place.name} ({place.category.label}, {far}{planned})"


def _to(question: Question, place: Place) -> Answer:
    visits = question.visits(place)
    if not visits:
        text = (
            f"{place.name} is not in your plan, so I don't know from where: ask for "
            "the way from one of your stops."
        )
        return Answer(text, stops=(place.id,))
    here = visits[0]
    for before, after in _hops(question):
        if after == here:
            return Answer(_hop(before, after), stops=(place.id,), day=here.day.number)
    day = here.day
    if day.origin and day.leaves is not None and here.stop == day.stops[0]:
        text = (
            f"{outward(day)}: {place.name} is the first stop of day {day.number}, at "
            f"{clock(here.stop.arrive)}."
        )
        return Answer(text, stops=(place.id,), day=day.number)
    text = (
        f"{place.name} is the first stop of day {here.day.number}, at "
        f"{clock(here.stop.arrive)}. How long the way there is depends on where you "
        "sleep, which I don't know."
    )
    return Answer(text, stops=(place.id,), day=here.day.number)


def _between(question: Question, one: Place, other: Place) -> tuple[int | None, str]:
    for before, after in _hops(question):
        ends = [before.stop.place.id, after.stop.place.id]
        if ends == [one.id, other.id]:
            return before.day.number, _hop(before, after)
    return None, apart(one, other)


def apart(one: Place | Anchor, other: Place | Anchor) -> str:
    """How far two are from each other, and how long that is on foot."""
    km = _km(one, other)
    minutes = max(1, round(km * STREETS / WALKING_KM_H * 60))
    text = (
        f"From {one.name} to {other.name} it is {km:.1f} km in a straight line, about "
        f"{lasting(minutes)} on foot (estimated)."
    )
    if km > LONG_KM:
        text += " A ride is quicker; which line goes there I don't know."
    return text


def _hop(before: Planned, after: Planned) -> str:
    stop = after.stop
    means = _MEANS.get(stop.travel_mode) or MODES[stop.travel_mode]
    return (
        f"From {before.stop.place.name} to {stop.place.name} it takes about "
        f"{lasting(stop.travel_minutes)} {means} (estimated): you leave at "
        f"{clock(before.stop.leave)} on day {after.day.number} and are expected at "
        f"{clock(stop.arrive)}."
    )


def _longest(question: Question) -> Answer:
    hops = _hops(question)
    if not hops:
        return nothing_planned(question)
    before, after = max(hops, key=lambda it: it[1].stop.travel_minutes)
    total = sum(item.stop.travel_minutes for _, item in hops)
    text = (
        f"The ways{question.within} take about {lasting(total)} in all, estimated, "
        f"{counted(len(hops), 'way')}. The longest: {_hop(before, after)}"
    )
    return Answer(text, day=question.when.number)


def _hops(question: Question) -> list[tuple[Planned, Planned]]:
    """Neighbours on the days asked for."""
    return [
        (Planned(day, before), Planned(day, after))
        for day in question.days
        for before, after in zip(day.stops, day.stops[1:], strict=False)
    ]


def _on_foot(day: Day) -> int:
    return sum(it.travel_minutes for it in day.stops[1:] if it.travel_mode == "walk")


def _day(days: tuple[Day, ...]) -> int | None:
    return days[0].number if len(days) == 1 else None


def _km(one: Place | Anchor, other: Place | Anchor) -> float:
    return distance_km(one.lat, one.lon, other.lat, other.lon)
