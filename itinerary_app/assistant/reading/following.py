"""What only makes sense behind the answer before it: one of what was suggested, hours
of the stay that was spoken of.
"""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import Act, Add, Ask, SetMeal, SetStay, Swap, Topic
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.tokens import Token

_AROUND = frozenset("SKIP COURTESY COMMA YES SO THEN THING".split())
_CHOOSING = frozenset("TAKE ADD WANT LIKE RATHER GO WITH FOR".split()) | _AROUND
_NTH = frozenset("ORDINAL FIRST LAST".split())
_STAYING = frozenset("TAKE MAKE IT TO ATMOST LESS KEEP FOR".split()) | _AROUND
_SUGGESTING = frozenset((Topic.SUGGEST, Topic.NEARBY, Topic.ALTERNATIVES))
MOST_HOURS = 6  # what is more may be minutes


def followed(
    tokens: Sequence[Token], focus: Focus, known: Known
) -> tuple[Act, ...] | None:
    """The acts of words that follow up on what was answered; None for other words."""
    done = focus.done[0] if len(focus.done) == 1 else None
    if isinstance(done, Ask) and done.topic in _SUGGESTING:
        return _chosen(tokens, done, focus, known)
    asked = isinstance(done, Ask) and done.topic is Topic.STAY and bool(done.place)
    if asked or isinstance(done, SetStay):
        return _stay(tokens)
    return _excepted(tokens) if known.planned and known.preferences.avoid else None


def _chosen(
    tokens: Sequence[Token], asked: Ask, focus: Focus, known: Known
) -> tuple[Act, ...] | None:
    """ "The second one", of a list of places."""
    nth = [it for it in tokens if it.kind in _NTH]
    ones = {it.kind: it.text for it in tokens if it.kind == "NUMBER"}
    others = {it.kind for it in tokens} - _CHOOSING - _NTH - {"NUMBER"}
    if len(nth) != 1 or others or ones not in ({}, {"NUMBER": "one"}):
        return None
    at = {"FIRST": 1, "LAST": -1}.get(nth[0].kind) or nth[0].value
    options = [it for it in focus.stops if it != asked.place]
    chosen = options[at - 1 if at > 0 else at :][:1]
    if not chosen or chosen[0] in known.stops:
        return None
    [place] = chosen
    if asked.topic is Topic.ALTERNATIVES:
        gone = asked.place
        if not isinstance(gone, str) or gone not in known.stops:
            return None
        return (Swap(stop=gone, place=place),)
    day = known.of_day if asked.topic is Topic.SUGGEST else None
    if asked.meal and day:
        return (SetMeal(meal=asked.meal, day=day, place=place),)
    return (Add(place=place, day=day),)


def _excepted(tokens: Sequence[Token]) -> tuple[Act, ...] | None:
    """ "Except the Cathedral", of a kind that was just denied."""
    kinds = [it.kind for it in tokens if it.kind not in _AROUND]
    if kinds != ["EXCEPT", "PLACE"]:
        return None
    place = next(it for it in tokens if it.kind == "PLACE")
    return (Add(place=Reference(name=place.text[:200], ids=tuple(place.value))),)


def _stay(tokens: Sequence[Token]) -> tuple[Act, ...] | None:
    """ "Cut it to 2": hours."""
    counts = [it.value for it in tokens if it.kind == "NUMBER"]
    kinds = {it.kind for it in tokens}
    if len(counts) != 1 or not 0 < counts[0] <= MOST_HOURS:
        return None
    if not kinds & {"TAKE", "MAKE", "KEEP"} or kinds - _STAYING - {"NUMBER"}:
        return None
    return (SetStay(stop=Reference(focus="it"), minutes=60 * counts[0]),)
