"""Sentences on days, and times of days, that are kept free."""

from __future__ import annotations

from itinerary_app.acts import acts as do
from itinerary_app.acts.values import Part
from itinerary_app.assistant.telling.plans import names
from itinerary_app.assistant.telling.step import Step
from itinerary_app.text.clock import clock
from itinerary_app.text.words import listed


def cleared(step: Step, act: do.Clear) -> tuple[str, set[str]]:
    days = [act.day] if isinstance(act.day, int) else _freed(step)[:1]
    if not days:
        return "", set()
    what = extent(act.part, days[0])
    if act.start and act.end:
        what = f"{act.start}–{act.end} of day {days[0]}"
    if act.start and act.free:
        what = rests(step)
    verb = "are" if " and " in what and act.start else "is"
    if not act.free:
        return f"{what} may have stops again.", set()
    went = f": {names(step.gone)} went" if step.gone else ""
    said = f"{what} {verb} free now{went}.{_unfreed(step) if act.start else ''}"
    return said, {it.stop.place.id for it in step.gone}


def _unfreed(step: Step) -> str:
    """The few days that have no such rest, where more got one by one message."""
    assert step.before is not None
    assert step.after is not None
    had = {day.number: day.rests for day in step.before.days}
    got = [it for it in step.after.days if it.rests != had.get(it.number)]
    without = [day.number for day in step.after.days if not day.rests]
    if not 0 < len(without) < len(got):
        return ""
    days = f"Day{'s' * (len(without) > 1)} {listed(map(str, without))}"
    return f" {days} stay{'s' * (len(without) == 1)} as planned, without such a rest."


def _freed(step: Step) -> list[int]:
    """The days of which other parts are free than before."""
    if step.before is None or step.after is None:
        return []
    old = {day.number: day.free for day in step.before.days}
    return [it.number for it in step.after.days if it.free != old.get(it.number)]


def rests(step: Step) -> str:
    """Which times of which days are free now that were not."""
    assert step.before is not None
    assert step.after is not None
    old = {day.number: day.rests for day in step.before.days}
    times: dict[tuple[int, int], list[str]] = {}
    for day in step.after.days:
        for span in day.rests:
            if span not in old.get(day.number, ()):
                times.setdefault(span, []).append(str(day.number))
    return listed(
        f"{clock(start)}–{clock(end)} of day{'s' * (len(days) > 1)} {listed(days)}"
        for (start, end), days in times.items()
    )


def extent(part: Part | None, day: object) -> str:
    """What of a day is free."""
    return f"The {part} of day {day}" if part else f"Day {day}"


def no_longer(step: Step) -> list[str]:
    """The days of which some hours were free until something came there by name."""
    if isinstance(step.act, do.Clear) or step.before is None or step.after is None:
        return []
    old = {day.number: (day.free, day.rests) for day in step.before.days}
    said = []
    for day in step.after.days:
        if old.get(day.number, (day.free, day.rests)) == (day.free, day.rests):
            continue
        left = [*day.free, *(f"{clock(a)}–{clock(b)}" for a, b in day.rests)]
        whole = f"Day {day.number} is not kept free any more."
        part = f"Of day {day.number} only the {listed(left)} is kept free now."
        said.append(part if left else whole)
    return said
