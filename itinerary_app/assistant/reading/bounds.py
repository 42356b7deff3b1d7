"""Bounds: the hour before which, or not before which, a stop is to begin."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import Act, Ask, Move, Order, SetTime, Topic
from itinerary_app.acts.values import Reference, minutes_of
from itinerary_app.assistant.reading.clocks import as_hour
from itinerary_app.assistant.reading.frames import at
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.spans import NOON
from itinerary_app.assistant.reading.tokens import Token

_SILENT = frozenset("SKIP COURTESY ON COMMA PUT MOVE WANT KEEP".split())
_RIMS = {"early possible": False, "soon possible": False, "late possible": True}
_EARLIEST = 7  # a bare hour up to this one is in the afternoon


def bounded(tokens: Sequence[Token], known: Known) -> list[Act]:
    """ "The bazaar not before 11", "the palace before 11", "the Acropolis as early as
    possible", "the Vatican not on Sunday": what brings that about, or where it is so
    already when the stop is.
    """
    said = [it for it in tokens if it.kind not in _SILENT]
    days = [it for it in said if it.kind == "DAY"]
    said = [it for it in said if it.kind != "DAY"]
    if len(days) > 1 or not said or said[0].kind != "PLACE":
        return []
    ids = known.stops.intersection(said[0].value)
    if len(ids) != 1:
        return []
    stop = Reference(name=said[0].text[:200], ids=tuple(ids))
    day = days[0].value if days and not ids <= known.stops_on(days[0].value) else None
    rim = _RIMS.get(" ".join(it.text for it in said[1:] if it.text != "as"))
    fixed = ids & dict(known.preferences.times).keys()
    loose: list[Act] = [SetTime(stop=stop)] if fixed else []  # the hour told before
    if rim is not None:
        return [*loose, *_moved(stop, day), Order(stop=stop, last=rim)]
    if days and [it.kind for it in said[1:]] == ["NOT"]:
        if day is not None:
            return [Ask(topic=Topic.SCHEDULE, place=stop)]
        return [Move(stop=stop, day="other")]
    hours = [as_hour(it) for it in said[2:]]
    if [it.kind for it in hours] != ["TIME"]:
        return []
    time = at(hours[0].value, late_until=_EARLIEST)
    begins = known.begins_at(stop)
    assert time is not None
    if said[1].kind in ("NOTBEFORE", "AFTER"):
        if day is None and begins >= minutes_of(time):
            return [Ask(topic=Topic.SCHEDULE, place=stop)]
        return [SetTime(stop=stop, time=time, day=day)]
    if said[1].kind != "BEFORE" or minutes_of(time) > NOON:
        return []
    if day is None and begins < minutes_of(time):
        return [Ask(topic=Topic.SCHEDULE, place=stop)]
    return [*loose, *_moved(stop, day), Order(stop=stop)]


def _moved(stop: Reference, day: int | str | None) -> list[Act]:
    return [Move(stop=stop, day=day)] if day is not None else []
