"""Transport: a train or a flight that is spoken of, as how one arrives or leaves."""

from __future__ import annotations

from itinerary_app.assistant.reading.background import SOMEBODY
from itinerary_app.assistant.reading.tokens import Token

OF_WAYS = frozenset("our my the train flight bus plane ferry coach".split())
_HOMEWARD = frozenset("home back return out leaves goes departs to".split())


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
