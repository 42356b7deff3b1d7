"""The airports, stations and ports that a message names beside a flight or a train."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace as with_

from itinerary_app.acts.acts import Act, SetArrival, SetDeparture
from itinerary_app.acts.values import time_of
from itinerary_app.assistant.reader import Understanding
from itinerary_app.catalogue.gateways import gateway, gateways
from itinerary_app.model import City, Preferences

_COMING = (
    r"land(?:s|ing)?|arriv\w+|touch\w* down|gets? in|getting in|com(?:e|es|ing) in"
)
_GOING = (
    r"leav\w+ from|leav\w+(?=[^.;!?]{,30} from\b)|depart\w*|tak\w+ off|fly\w* (?:home|back|out)"
    r"|(?:flight|train) (?:home|leaves)"
)
_EITHER = r"fl(?:y|ies|ying|ight)|plane|train|ferry"
_CUE = re.compile(rf"\b(?:(?P<coming>{_COMING})|(?P<going>{_GOING})|{_EITHER})\b", re.I)
_ONLY = re.compile(
    rf"(?:and )?(?:we|i|we'll|i'll)?\s*(?:{_COMING}|{_GOING}|leav\w+ from|{_EITHER})",
    re.I,
)
_REACH = 40  # characters from there to the name
_BEFORE = r"(?:\b(?P<way>at|from|in to|in|into|to|via|on|out of)\s+)?(?:\bthe\s+)?"
# What "fly into Heathrow at ten" and "flying from JFK" say in plain words.
_FLYING = {"fly": "e", "flies": "es", "flying": "ing"}
_INTO, _FROM = ("into", "in to"), ("from", "out of")
_UNKNOWN = r"(?:[A-Z][\w'’-]+ ){1,3}(?:[Aa]irport|[Ss]tation)"
_BEING = r"\b(?i:be|get|check in|checking in|report)(?=\s+(?:at|to)\b)"
_WHEN = r"(?P<when>\s+(?:by|at|before|around|no later than)\s)"
_BY = {  # means of travel, by what one leaves from
    "airport": re.compile(
        r"\b(flights?|fl(?:y|ies|ying)|planes?|airport|land(?:s|ing)?|tak\w+[ -]off)\b"
    ),
    "station": re.compile(r"\b(trains?|station|tgv|eurostar|thalys)\b"),
    "port": re.compile(r"\b(ferry|port|boat|ship|cruise|docks?|sails?)\b"),
}
_THERE = re.compile(
    r"\b(?:be|get|check(?:ing)?[ -]in|checkin) (?:at|to) the (?:airport|station|port)\b"
)
# When one sets off for it is said, not when the plane leaves.
_SETTING_OFF = re.compile(
    r"\b(?:leav\w+|set\w* off|head\w*|go|going|taxi|transfer|driv\w+|off)"
    r" (?:for|to) (?:the )?(?:airport|station|port)\b"
)
_ANSWER = (
    r"(?i:no,? )?(?i:(?:it's|its|it is|we (?:fly|leave|go)|i (?:fly|leave|go)),? )?"
)
_PAUSE = re.compile(r"[.;!?]\s")


class Gate(NamedTuple):
    """One that was named; `coming` is None where the words tell neither.

    `there`: it is said when one must be there, not when the train leaves.
    """

    words: str
    coming: bool | None
    there: bool = False


def taken(
    text: str, cities: Sequence[City], *, planned: bool
) -> tuple[str, list[Gate]]:
    """The text without them, and which they are. Planned cities are in their order."""
    found: list[Gate] = []
    name = _names(tuple(cities))
    if planned:
        text = _of_the_trip(text, cities)
    text = re.sub(rf"{_BEING}{name.pattern}{_WHEN}", lambda it: _left(it, found), text)
    at = 0
    while cue := _CUE.search(text, at):
        at = cue.end()
        rest = text[at : at + _REACH]
        if pause := _PAUSE.search(rest):
            rest = rest[: pause.start()]
        if named := name.search(rest):
            coming = True if cue["coming"] else False if cue["going"] else None
            verb = cue[0]
            if coming is None:
                coming, verb = _flown(verb, (named["way"] or "").lower())
            found.append(Gate(named["name"], coming))
            begun = text[: cue.start()] + verb + text[at : at + named.start()]
            text = begun + text[at + named.end() :]
            at = len(begun)
    return text, found


def _of_the_trip(text: str, cities: Sequence[City]) -> str:
    """Without the city where the trip begins or ends: one comes and leaves there."""
    leaving = rf"{_GOING}|flight leaves|leav\w+"
    for city, cue in ((cities[0], _COMING), (cities[-1], leaving)):
        way = r"(?:\s+(?:from|out of|in|into|to))?\s+"
        text = re.sub(
            rf"\b(?P<verb>{cue}){way}{re.escape(city.name)}\b(?! airport)",
            lambda found: found["verb"].removesuffix(" from"),
            text,
            flags=re.I,
        )
    return text


def _flown(said: str, way: str) -> tuple[bool | None, str]:
    """Whether one comes in that way, if it tells, and the words that say so."""
    ending = _FLYING.get(said.lower())
    if ending and (way in _INTO or way == "to"):
        return True, f"arriv{ending}"
    if ending and way in _FROM:
        return False, f"leav{ending}"
    return (True, f"{said} arrives") if way in _INTO else (None, said)


def answered(text: str, told: Preferences, cities: Sequence[City]) -> list[Act]:
    """The gateway alone, which we took another for: "no, from Ciampino"."""
    name = _names(tuple(cities)).pattern.replace(r"\s*", "", 1)
    found = re.fullmatch(rf"{_ANSWER}{name}\W*", text.strip())
    if found is None:
        return []
    made: list[Act] = []
    if _is_taken(told.depart_at):
        made.append(
            SetDeparture(
                time=_time(told.depart), at=found["name"], there=told.depart_there
            )
        )
    if _is_taken(told.arrive_at) and not made:
        made.append(SetArrival(time=_time(told.arrive), at=found["name"]))
    return made


def _is_known(at: str | None, kind: str, cities: Sequence[City]) -> bool:
    """Whether a gateway of this kind was named before: it is still that."""
    found = [gateway(at or "", city) for city in cities]
    return not _is_taken(at) and any(it and it.kind.value == kind for it in found)


def _is_taken(at: str | None) -> bool:
    return at in [f"the {kind}" for kind in _BY]


def _time(minutes: int | None) -> str | None:
    return None if minutes is None else time_of(minutes)


def pointed(understood: Understanding, gates: Sequence[Gate]) -> Understanding:
    """With the gate of each arrival and departure; those left make acts of their own."""
    acts, quotes, left = list(understood.acts), list(understood.quotes), list(gates)
    for i, act in enumerate(acts):
        if isinstance(act, SetArrival | SetDeparture) and act.at is None and act.time:
            coming = isinstance(act, SetArrival)
            fits = [it for it in left if it.coming in (coming, None)]
            if fits:
                acts[i] = with_(act, at=fits[0].words)
                if isinstance(act, SetDeparture) and fits[0].there:
                    acts[i] = with_(act, at=fits[0].words, there=True)
                left.remove(fits[0])
    unread = list(understood.unread)
    for gate in left:
        if gate.there:  # at a time of another day, or at none
            said = f"be at {gate.words}"
            unread = [re.sub(r"\bleave\b", said, it, count=1) for it in unread]
            continue
        if gate.coming is None:
            unread.append(gate.words)
            continue
        unread = [it for it in unread if not _ONLY.fullmatch(it)]
        acts.append((SetArrival if gate.coming else SetDeparture)(at=gate.words))
        quotes.append(gate.words)
    return replace(
        understood, acts=tuple(acts), quotes=tuple(quotes), unread=tuple(unread)
    )


def implied(
    understood: Understanding, told: Preferences, cities: Sequence[City]
) -> Understanding:
    """With what a flight or a train tells of where one leaves, or comes in."""
    supposed: list[tuple[Act, Act]] = []
    for act, quote in zip(understood.acts, understood.quotes, strict=True):
        if not isinstance(act, SetArrival | SetDeparture) or act.at or not act.time:
            continue
        kinds = [kind for kind, words in _BY.items() if words.search(quote)]
        if len(kinds) != 1 or _SETTING_OFF.search(quote):
            continue
        named = told.arrive_at if isinstance(act, SetArrival) else told.depart_at
        at = None if _is_known(named, kinds[0], cities) else f"the {kinds[0]}"
        there = bool(_THERE.search(quote))
        meant: Act = with_(act, at=at)
        if there:  # "be there by four", "check in at the airport at four"
            meant = SetDeparture(time=act.time, at=at, there=True)
        supposed.append((act, meant))
    return replace(understood, supposed=tuple(supposed))


def _left(match: re.Match[str], found: list[Gate]) -> str:
    """ "We have to be at Termini at five": one leaves then."""
    found.append(Gate(match["name"], False, there=True))
    return f"leave{match['when']}"


@lru_cache(maxsize=256)
def _names(cities: tuple[City, ...]) -> re.Pattern[str]:
    known = [it for city in cities for it in gateways(city)]
    codes = [it.code for it in known if len(it.code) > 2]
    names = {name for it in known for name in spellings(it.anchor.name)}
    names -= {city.name for city in cities}
    # A code in small letters is one behind "at" or "from" only.
    small = "|".join(code.lower() for code in codes) or "(?!)"
    whole = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "(?!)"
    whole = whole.replace("'", "['’]?")
    exact = "|".join(codes) or "(?!)"
    behind = r"(?<=at )|(?<=from )|(?<=into )|(?<=to )|(?<=in )"
    return re.compile(
        rf"\s*{_BEFORE}(?P<name>(?:{exact})\b|(?:{behind})(?:{small})\b"
        rf"|\b(?i:{whole})\b(?: [Aa]irport| [Ss]tation)?|{_UNKNOWN})"
    )


def spellings(name: str) -> list[str]:
    """Gare du Nord; Heathrow (Airport); (Roma) Termini."""
    first, _, last = name.rpartition(" ")
    if last == "Airport":
        return [name, first]
    alone = last not in ("Station", "Terminal", "Junction", "Centre") and first
    return [name, last] if alone and " " not in first and len(last) > 5 else [name]
