"""The airports, stations and ports that a message names beside a flight or a train."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from msgspec.structs import replace as with_

from itinerary_app.acts.acts import SetArrival, SetDeparture
from itinerary_app.assistant.reader import Understanding
from itinerary_app.catalogue.gateways import gateways
from itinerary_app.model import City

_COMING = (
    r"land(?:s|ing)?|arriv\w+|touch\w* down|gets? in|getting in|com(?:e|es|ing) in"
)
_GOING = (
    r"leav\w+ from|depart\w*|tak\w+ off|fly\w* (?:home|back|out)"
    r"|(?:flight|train) (?:home|leaves)"
)
_EITHER = r"fl(?:y|ies|ying|ight)|plane|train|ferry"
_CUE = re.compile(rf"\b(?:(?P<coming>{_COMING})|(?P<going>{_GOING})|{_EITHER})\b", re.I)
_REACH = 40  # characters from there to the name
_BEFORE = r"(?:\b(?:at|from|in|into|to|via|on|out of)\s+)?(?:\bthe\s+)?"
_UNKNOWN = r"(?:[A-Z][\w'’-]+ ){1,3}(?:[Aa]irport|[Ss]tation)"
_PAUSE = re.compile(r"[.;!?]\s")


class Gate(NamedTuple):
    """One that was named; `coming` is None where the words tell neither."""

    words: str
    coming: bool | None


def taken(text: str, cities: Sequence[City]) -> tuple[str, list[Gate]]:
    """The text without them, and which they are."""
    found: list[Gate] = []
    name = _names(cities)
    at = 0
    while cue := _CUE.search(text, at):
        at = cue.end()
        rest = text[at : at + _REACH]
        if pause := _PAUSE.search(rest):
            rest = rest[: pause.start()]
        if named := name.search(rest):
            coming = True if cue["coming"] else False if cue["going"] else None
            found.append(Gate(named["name"], coming))
            text = text[: at + named.start()] + text[at + named.end() :]
    return text, found


def pointed(understood: Understanding, gates: Sequence[Gate]) -> Understanding:
    """With the gate of each arrival and departure; those left make acts of their own."""
    acts, quotes, left = list(understood.acts), list(understood.quotes), list(gates)
    for i, act in enumerate(acts):
        if isinstance(act, SetArrival | SetDeparture) and act.at is None and act.time:
            coming = isinstance(act, SetArrival)
            fits = [it for it in left if it.coming in (coming, None)]
            if fits:
                acts[i] = with_(act, at=fits[0].words)
                left.remove(fits[0])
    unread = list(understood.unread)
    for gate in left:
        if gate.coming is None:
            unread.append(gate.words)
            continue
        acts.append((SetArrival if gate.coming else SetDeparture)(at=gate.words))
        quotes.append(gate.words)
    return replace(
        understood, acts=tuple(acts), quotes=tuple(quotes), unread=tuple(unread)
    )


def _names(cities: Sequence[City]) -> re.Pattern[str]:
    known = [it for city in cities for it in gateways(city)]
    codes = [it.code for it in known if len(it.code) > 2]
    names = {name for it in known for name in spellings(it.anchor.name)}
    # A code in small letters is one behind "at" or "from" only.
    small = "|".join(code.lower() for code in codes) or "(?!)"
    whole = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "(?!)"
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
