"""Counting: how many stops of one day are to be left, or to go."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import Act, Ask, Remove, Topic
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.model import Stop, StopKind

_SILENT = frozenset("SKIP COURTESY ON COMMA FROM KEEP WANT MAKE".split())
_LIMITS = frozenset("ATMOST NOMORE".split())


def counted(tokens: Sequence[Token], known: Known) -> list[Act]:
    """ "At most two sights on day 3", "drop two stops from day 4": those that matter
    least may go, which is to be asked; how many there are where there are no more.
    """
    said = [it for it in tokens if it.kind not in _SILENT]
    kinds = sorted(it.kind for it in said)
    by_kind = {it.kind: it for it in said}
    what = next((it for it in said if it.kind in ("KIND", "SIGHTS", "THING")), None)
    verb = next((it for it in said if it.kind in (*_LIMITS, "REMOVE")), None)
    if what is None or verb is None or what.value == "meal":
        return []
    if kinds != sorted((verb.kind, "NUMBER", what.kind, "DAY")):
        return []
    number, day = by_kind["NUMBER"].value, known.day(by_kind["DAY"].value)
    kind = what.value if what.kind == "KIND" else None
    if day is None or not number:
        return []
    found = [
        it
        for it in day.stops
        if it.kind is StopKind.VISIT and (kind is None or is_of_kind(it.place, kind))
    ]
    surplus = len(found) - number if verb.kind in _LIMITS else number
    if surplus <= 0:
        return [Ask(topic=Topic.COUNT, kind=kind, day=day.number)]
    told = known.preferences
    wished = {*told.must_see, *told.locked, *dict(told.times)}
    free = [it for it in found if it.place.id not in wished]
    if surplus > len(free) or surplus == len(day.stops):
        return []
    free.sort(key=_matters)
    return [
        Remove(
            stop=Reference(name=it.place.name, ids=(it.place.id,), day=day.number),
            for_good=False,
        )
        for it in free[:surplus]
    ]


def _matters(stop: Stop) -> tuple[int, int]:
    return stop.place.importance, stop.leave - stop.arrive
