"""What "it", "that day" and "yes" mean after a turn."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from itinerary_app.acts.acts import Act
from itinerary_app.acts.focus import Focus
from itinerary_app.assistant.telling.step import Step

MOST_COME, MOST_GONE = 3, 12  # stops that are kept in mind
MOST_DONE = 3


def after(steps: Sequence[Step], before: Focus) -> Focus:
    """What steps named or brought, most recently the first, and what they took out."""
    named: dict[str, None] = {}
    gone: list[str] = []
    day = before.day
    for step in steps:
        for name in ("place", "stop"):
            place = getattr(step.act, name, None)
            if isinstance(place, str):
                named[place] = None
        named |= dict.fromkeys(it.stop.place.id for it in step.come[:MOST_COME])
        gone += [it.stop.place.id for it in step.gone]
        of_act = getattr(step.act, "day", None)
        touched = step.changed_days if step.before else ()
        day = of_act if isinstance(of_act, int) else (*touched, day)[0]
    planned_first = any(step.before is None for step in steps)
    stops = () if planned_first else tuple(named)
    return Focus(stops=stops or before.stops, day=day, gone=tuple(gone[:MOST_GONE]))


def spoken_of(focus: Focus) -> Focus:
    """What is still spoken of; what waited for an answer waits no longer."""
    return Focus(stops=focus.stops, day=focus.day, gone=focus.gone)


def of_nothing(focus: Focus) -> Focus:
    """After words that were not read: "it" may be what they named."""
    return Focus(day=focus.day, gone=focus.gone)


def having_done(focus: Focus, acts: Sequence[Act], month: str) -> Focus:
    """With what was done, or asked, for "same for Sunday"; and the trip's month."""
    return replace(focus, done=tuple(acts[:MOST_DONE]), month=month)


def proposing(focus: Focus, acts: Sequence[Act]) -> Focus:
    return Focus(stops=focus.stops, day=focus.day, proposed=tuple(acts))
