"""Sentences on what a change leaves empty: meals, and mornings."""

from __future__ import annotations

from collections.abc import Iterator

from itinerary_app.acts import acts as do
from itinerary_app.assistant.telling.step import Step
from itinerary_app.model import Day, StopKind
from itinerary_app.text.clock import clock

MEALS = (StopKind.LUNCH, StopKind.DINNER)
LATE, LATER = 10 * 60 + 30, 60  # minutes after midnight, and after what was before
ON_ONE_STOP = do.Remove | do.Swap | do.Move | do.Order | do.SetTime | do.SetStay


def left(step: Step) -> Iterator[str]:
    """Of days that are there before and after."""
    was = step.before.days if step.before else ()
    now = step.after.days if step.after else ()
    if len(was) != len(now) or isinstance(step.act, do.SwapDays | do.MoveDay):
        return
    wanted = [it for it in MEALS if it not in step.wishes.skipped]
    for old, day in zip(was, now, strict=True):
        if not day.stops or not old.stops:
            continue
        begins = day.stops[0].arrive
        late = begins >= LATE and begins - old.stops[0].arrive >= LATER
        if late and isinstance(step.act, ON_ONE_STOP):
            yield f"Day {day.number} begins at {clock(begins)} now."
        for meal in wanted:
            if meal in eaten(old) and meal not in {*eaten(day), *day.skipped}:
                yield without(day, meal)


def without(day: Day, meal: StopKind) -> str:
    return f"Day {day.number} has no {meal} now."


def eaten(day: Day) -> set[StopKind]:
    """What is planned on a day: visits, and meals also within them."""
    return {it.holds or it.kind for it in day.stops}
