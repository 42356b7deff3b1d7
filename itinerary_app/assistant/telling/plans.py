"""Sentences on a plan as such: what it has, and the remarks that answer a wish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from itinerary_app.assistant.telling.step import Planned
from itinerary_app.model import (
    Budget,
    Day,
    Itinerary,
    Preferences,
    Stage,
    Stop,
    StopKind,
)
from itinerary_app.text.clock import clock
from itinerary_app.text.ends import NO_NIGHT
from itinerary_app.text.words import counted, listed, transfer

MOST_NAMES = 4
# Remarks below a plan that answer a wish: what could not be met, and what it costs.
ANSWERS = re.compile(
    r"\bleft out\b|\bno room\b|(?:^|: )Nothing\b|\bserves\b|\bKnown admissions come\b"
    r"|\bStep-free\b|\b[wW]e took\b|\bwhen you must be there\b|\bWe do not know\b"
    rf"|\bNo time is left\b|{NO_NIGHT}"
)


def first(plan: Itinerary, wishes: Preferences) -> str:
    """What was planned, and what was assumed for it."""
    pace = f"{wishes.pace} " if wishes.pace else ""
    days = counted(len(plan.days), f"{pace}day")
    sentences = [f"Here is your plan: {days} in {plan.city.name}."]
    if plan.stages:
        sentences = [f"Here is your plan for {days}: {', '.join(route(plan))}."]
    sentences += ways(plan)
    sentences.append(highlights(plan.days))
    if wishes.budget not in (None, Budget.MODERATE):
        sentences.append("The budget mainly decides where you eat: I know few prices.")
    given = (("pace", wishes.pace), ("budget", wishes.budget))
    if assumed := [name for name, value in given if value is None]:
        sentences.append(f"I assumed a moderate {listed(assumed)}.")
    return " ".join(filter(None, sentences))


def route(plan: Itinerary) -> list[str]:
    """The cities in their order, each with its days: "Rome (days 1 to 3)"."""
    return [f"{part.city.name} ({_span(part.days)})" for part in plan.parts()]


def _span(days: Sequence[Day]) -> str:
    first, last = days[0].number, days[-1].number
    return f"days {first} to {last}" if first < last else f"day {first}"


def ways(plan: Itinerary) -> list[str]:
    """How one comes from city to city, and when."""
    return [
        f"From {before.city.name} to {stage.city.name} it is {transfer(stage.transfer)}"
        f", {leaving(stage)}."
        for before, stage in pairwise(plan.stages)
        if stage.transfer
    ]


def leaving(stage: Stage) -> str:
    """When one is on the way: "on day 4 from 09:00 to 11:00"."""
    way = stage.transfer
    assert way is not None
    if way.leave >= 0:
        return f"on day {stage.first} from {clock(way.leave)} to {clock(way.arrive)}"
    return (
        f"from {clock(way.leave)} on day {stage.first - 1} to {clock(way.arrive)} on "
        f"day {stage.first}"
    )


def highlights(days: Sequence[Day]) -> str:
    """The best visits of the first three days."""
    parts = []
    for day in days[:3]:
        best = sorted(visits(day), key=lambda stop: -stop.place.importance)[:2]
        if best:
            names = listed(stop.place.name for stop in best)
            parts.append(f"day {day.number} has {names}")
    if not parts:
        return ""
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}{' …' if len(days) > 3 else '.'}"


def shape(note: str) -> str:
    """A remark whatever its numbers."""
    return re.sub(r"\d[\d,.]*(?:(?:, | and )\d+)*", "0", note)


def visits(day: Day) -> list[Stop]:
    return [stop for stop in day.stops if stop.kind is StopKind.VISIT]


def names(stops: Iterable[Planned]) -> str:
    """By name; of many the most famous, and how many more."""
    stops = list(stops)
    if len(stops) <= MOST_NAMES + 1:
        return listed(item.stop.place.name for item in stops)
    stops.sort(key=lambda it: -it.stop.place.importance)
    found = [item.stop.place.name for item in stops]
    return listed([*found[:MOST_NAMES], f"{len(found) - MOST_NAMES} more"])
