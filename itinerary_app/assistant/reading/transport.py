"""Transport: a train or a flight that is spoken of, as how one arrives or leaves."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant.reading.background import SOMEBODY
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.tokens import Token

OF_WAYS = frozenset("our my the train flight bus plane ferry coach".split())
_HOMEWARD = frozenset("home back return out leaves goes departs to".split())
_MODES = {  # of a way between cities, by what one calls it
    "train": frozenset({"train", "land"}),
    "flight": frozenset({"flight"}),
    "plane": frozenset({"flight"}),
    "ferry": frozenset({"ferry"}),
    "bus": frozenset({"road", "land"}),
    "coach": frozenset({"road", "land"}),
}


def transport(tokens: list[Token]) -> list[Token]:
    """A train, a flight: how one arrives or leaves; not another's."""
    tokens = [
        it._replace(kind="WORD")
        if at and tokens[at - 1].text in SOMEBODY and it.text.split()[0] in OF_WAYS
        else it
        for at, it in enumerate(tokens)
    ]
    kinds = {it.kind for it in tokens}
    if "TRANSPORT" not in kinds:
        return tokens
    if _is_wished(tokens):
        return [
            it._replace(kind="WORD") if it.kind == "TRANSPORT" else it for it in tokens
        ]
    kept = [it for it in tokens if it.kind != "TRANSPORT"]
    if "ARRIVE" in kinds:
        return [it for it in kept if it.kind != "DEPART"]
    if not kinds & {"TIME", "PART", "NUMBER"}:
        return [
            it._replace(kind="WORD") if it.kind == "TRANSPORT" else it for it in tokens
        ]
    if "DEPART" not in kinds:
        first = any(it.kind == "DAY" and it.value == 1 for it in tokens)
        at = next(i for i, it in enumerate(tokens) if it.kind == "TRANSPORT")
        leaves = any(it.text in _HOMEWARD for it in tokens) or not first
        kept.insert(at, tokens[at]._replace(kind="DEPART" if leaves else "ARRIVE"))
    return [
        it for it in kept if it.kind not in ("END", "MOVE") or it.text not in _HOMEWARD
    ]


def is_between_cities(tokens: Sequence[Token], known: Known) -> bool:
    """Whether a train is spoken of that may be one from city to city of the trip."""
    plan = known.itinerary
    if plan is None or not plan.stages:
        return False
    ways = [plan.arrival(day.number) for day in plan.days]
    modes = {way[1].mode for way in ways if way}
    said = {
        word
        for it in tokens
        if it.kind in ("TRANSPORT", "DEPART")
        for word in it.text.split()
    }
    words = {word for it in tokens for word in it.text.split()}
    rides = {word for word in said if modes & _MODES.get(word, frozenset())}
    return bool(rides) and not words & _HOMEWARD


def _is_wished(tokens: Sequence[Token]) -> bool:
    """ "Can the train be in the evening?": which one, and when it goes, is not said."""
    asked = tokens[0].kind == "COURTESY" and "TIME" not in {it.kind for it in tokens}
    return asked and not any(it.kind in ("ARRIVE", "DEPART") for it in tokens)
