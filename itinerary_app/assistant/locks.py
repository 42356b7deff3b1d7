"""Stops that shall stay where they are: locked, and unlocked again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from itinerary_app.assistant import daynumbers
from itinerary_app.assistant.daynumbers import DAY, ORDINAL
from itinerary_app.assistant.stops import MOST_CHARS, Found, PlanStops
from itinerary_app.text.words import listed

_STAYS = (
    r"(?:where (?:it|they) (?:is|are)|as (?:it is|they are|is)|in place|there"
    r"|at (?:that|its) time|fixed|locked|pinned|untouched|unchanged|on (?=day |the ))"
)
_LOCK = re.compile(
    r"\b(?:lock(?: in)?|pin(?: down)?|fix|freeze) (?P<what>.+)"
    rf"|\b(?:keep|leave) (?P<kept>.+?) {_STAYS}"
    r"|(?P<stays>.+?) (?:stays?|must stay|should stay|has to stay|is fixed|is locked"
    r"|is booked)\b"
    r"|\b(?:don'?t|do not|never) (?:move|touch|change) (?P<still>.+)"
)
_UNLOCK = re.compile(
    r"\b(?:unlock|unpin|unfix|unfreeze|release) (?P<what>.+)"
    r"|(?P<free>.+?) (?:can|may) (?:move|be moved)(?: again)?\b"
)
_ONE_DAY = rf"(?:day \w+|(?:the )?(?:{ORDINAL}|last|final) day)"
_LOCK_DAY = re.compile(
    rf"\b(?:lock(?: in)?|pin|freeze) (?P<day>{_ONE_DAY})"
    rf"|\b(?:leave|keep) (?P<left>{_ONE_DAY}) (?:alone|be|as (?:it )?is|like that"
    r"|unchanged|untouched|the way it is)\b"
    rf"|\b(?:don'?t|do not|never) (?:touch|change) (?P<still>{_ONE_DAY})"
)
_ALL = re.compile(r"^(?:everything|all(?: stops| of (?:it|them))?|the whole plan)\W*$")
_END = re.compile(r"[.;!?]|,| \b(?:but|because|since|when|while|please)\b")


@dataclass(frozen=True, slots=True)
class Lock:
    """The ids that are locked now, the words for it, and the text without it."""

    ids: tuple[str, ...]
    text: str
    rest: str


def read(text: str, stops: PlanStops, locked: Sequence[str]) -> Lock | None:
    """The lock that lower-case text asks for, None if for none ("I lock my bike")."""
    if len(text) > MOST_CHARS:
        return None
    if match := _UNLOCK.search(text):
        found = _found(match, text, stops)
        ids = {stop.place.id for _, stop in found}
        if any(part and _ALL.match(_cut(part)) for part in match.groups()):
            return Lock((), "No stop is locked any more.", _rest(text, match))
        if found:
            left = tuple(it for it in locked if it not in ids)
            said = f"{_names(found)} may move again."
            return Lock(left, said, _rest(text, match))
        return None
    if (match := _LOCK_DAY.search(text)) and (day := DAY.search(match[0])):
        number = daynumbers.number(day, stops.days)
        if on_day := stops.on(number):
            said = f"Day {number} stays as it is: its stops are locked."
            return Lock(_with(locked, on_day), said, _rest(text, match))
    if match := _LOCK.search(text):
        if any(part and _ALL.match(_cut(part)) for part in match.groups()):
            found = [it for day in range(stops.days) for it in stops.on(day + 1)]
            said = "All stops are locked where they are."
        else:
            found = _found(match, text, stops)
            said = f"{_names(found)} {'stays' if len(found) == 1 else 'stay'} put."
        if found:
            return Lock(_with(locked, found), said, _rest(text, match))
    return None


def _found(match: re.Match[str], text: str, stops: PlanStops) -> list[Found]:
    phrase = next(part for part in match.groups() if part)
    return stops.several(DAY.sub(" ", _cut(phrase)))


def _cut(phrase: str) -> str:
    return _END.split(phrase.strip())[0].strip()


def _rest(text: str, match: re.Match[str]) -> str:
    """The text behind and before the wish, which ends with its clause."""
    group = match.lastindex or 0
    end = match.end()
    if group and match.end(group) == end:
        end = match.start(group) + len(_cut(match[group]))
    start = match.start()
    return f"{text[:start]} {text[end:]}".strip()


def _with(locked: Sequence[str], found: Sequence[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*locked, *(stop.place.id for _, stop in found))))


def _names(found: Sequence[Found]) -> str:
    return listed(stop.place.name for _, stop in found)
