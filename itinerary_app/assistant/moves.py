"""Wishes to take a stop to another day."""

from __future__ import annotations

import re

from itinerary_app.assistant import daynumbers
from itinerary_app.assistant.asking import MAX_REPLIES
from itinerary_app.assistant.daynumbers import DAY
from itinerary_app.assistant.names import bare
from itinerary_app.assistant.stops import Answer, Found, PlanStops, is_about_stops
from itinerary_app.model import Edit, MoveStop

_TAIL = re.compile(
    r"\s*(?:please|pls|instead|thanks?|then|too|as well|if possible)*\W*$"
)
_MOVE = re.compile(
    r"\b(?:move|shift|bring|push|postpone|reschedule|transfer|switch|change|take)"
    r"(?: forward| back)? (?P<what>.+?)(?: (?:over|forward|back|away))?$"
)
_MOVE_AWAY = re.compile(r"\b(?:move|shift|postpone|reschedule) (?P<what>[^,.;!?]+)")
_PLACE = re.compile(
    r"\b(?:do|see|visit|have|put|schedule|plan|place|make|go to|rather|want|like"
    r"|prefer) (?P<what>.+)$"
)
_RATHER = re.compile(r"\b(?:instead|rather than|not(?: on)?)\s*$")
_BARE = re.compile(r"(?:please |then |and |maybe )*(?P<what>[^,.;!?]+)")
_SWAP_OUT = re.compile(r"\b(?:for|with|by) ")
_NOT_THE_TRIP = re.compile(
    r"^(?:the |my |our )?(?:trip|everything|all|it|start|day|dates?|lunch|dinner)\b"
)


def read(text: str, stops: PlanStops) -> Edit | Answer | None:
    """The move that lower-case text asks for; None if it asks for none.

    "Do the Louvre on day 2" moves a stop that is planned; for other places it is a
    wish to add them.
    """
    target = _target(text)
    if target is None:
        return _whither(text, stops)
    before = text[: target.start()].strip(" ,")
    is_to = re.match(r"(?:to|into|onto|in|on|for)\b", target[0])
    day = daynumbers.number(target, stops.days)
    if match := _MOVE.search(before):
        verb = match[0].split()[0]
        sure = verb in ("move", "shift", "bring", "push", "postpone", "reschedule")
        if not is_to or _SWAP_OUT.search(before) or not (sure or target[0][:2] == "to"):
            return None
    else:
        match, sure = _PLACE.search(before) or _BARE.fullmatch(before), False
        if not is_to or not match:
            return None
    what = DAY.sub(" ", match["what"]).strip()
    if _NOT_THE_TRIP.search(what) and not stops.named(what):
        return None
    if not 1 <= day <= stops.days:
        return None  # the caller tells how many days there are
    if not stops.named(what) and not (sure and bare(what)):
        return None
    origin = _origin(text, target, stops)

    def moved(found: Found) -> Edit | Answer:
        on, stop = found
        if on == day:
            return Answer(f"{stop.place.name} is on day {day} already.")
        return MoveStop(stop.place.id, day)

    if not stops.named(what) and is_about_stops(what) and origin is None:
        origin = stops.other_day(what, day)
    return stops.one_of(what, origin, moved, verb="Move", end=f" to day {day}")


def _whither(text: str, stops: PlanStops) -> Answer | None:
    """The days to choose from, where a stop shall move and no day is told."""
    match = _MOVE_AWAY.search(text)
    found = stops.named(match["what"]) if match and not DAY.search(text) else []
    if not found:
        return None
    on, stop = found[0]
    days = [day for day in range(1, stops.days + 1) if day != on]
    return Answer(
        f"{stop.place.name} is on day {on}. Say which day it shall move to.",
        tuple(f"Move {stop.place.name} to day {day}" for day in days[:MAX_REPLIES]),
    )


def _target(text: str) -> re.Match[str] | None:
    """The day at the end of the wish: "… to day 3", "… on the last day please"."""
    days = [it for it in DAY.finditer(text) if not _RATHER.search(text[: it.start()])]
    if not days:
        return None
    to = [it for it in days if re.match(r"(?:to|into|onto)\b", it[0])]
    target = to[-1] if to else days[-1]
    rest = text[target.end() :]
    ended = _TAIL.match(rest) or re.match(
        r"\s*[,.;!?]|\s+(?:and|but|because|as|instead|rather|not)\b", rest
    )
    from_day = re.match(r"\s*(?:from|of)\b", rest)
    return target if ended or from_day else None


def _origin(text: str, target: re.Match[str], stops: PlanStops) -> int | None:
    """The day that a stop shall be taken from, where that is said."""
    for match in DAY.finditer(text):
        if match.start() != target.start():
            return daynumbers.number(match, stops.days)
    return None
