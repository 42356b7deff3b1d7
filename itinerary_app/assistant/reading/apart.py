"""Apart: two stops that are to be on different days."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import Act, Ask, Move, Topic
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.tokens import Token

_SILENT = frozenset("SKIP COURTESY ON COMMA".split())
_VERBS = frozenset("PUT MOVE KEEP WANT MAKE".split())
_DENIALS = frozenset("NOT NO AVOID".split())
_APART = ("different days", "separate days", "two days", "two different days")
_TOGETHER = ("same day", "the same day")


def set_apart(tokens: Sequence[Token], known: Known) -> list[Act]:
    """ "Put A and B on different days", "A and B not on the same day": the second one
    moves to another day, or where both are is answered; nothing if it says otherwise.
    """
    said = [it for it in tokens if it.kind not in _SILENT | _VERBS]
    denied = [it for it in said if it.kind in _DENIALS]
    said = [it for it in said if it.kind not in _DENIALS]
    if [it.kind for it in said[1:2]] != ["AND"] or len(said) < 4:
        return []
    how = " ".join(it.text for it in said[3:])
    if how not in (_TOGETHER if denied else _APART):
        return []
    first, second = (_planned(it, known) for it in (said[0], said[2]))
    if first is None or second is None or first == second:
        return []
    if known.day_of(first) == known.day_of(second):
        return [Move(stop=second, day="other")]
    return [Ask(topic=Topic.SCHEDULE, place=it) for it in (first, second)]


def _planned(token: Token, known: Known) -> Reference | None:
    """The one stop of the plan that is named."""
    if token.kind == "PLACE":
        ids = known.stops.intersection(token.value)
    elif token.kind in ("KIND", "TAG"):
        ids = known.of_kind(token.value)
    else:
        return None
    return Reference(name=token.text[:200], ids=tuple(ids)) if len(ids) == 1 else None
