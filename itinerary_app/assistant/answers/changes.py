"""Acts in a few words, for lists of what was changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

import msgspec

from itinerary_app.acts.acts import Act, Clear, Move, Note, SetTime
from itinerary_app.acts.values import PlaceId
from itinerary_app.assistant.answers import texts
from itinerary_app.model import Place
from itinerary_app.text.dates import with_year
from itinerary_app.text.words import lasting

_OPTION = re.compile(r"\[([^\]]*)\]")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_FIELD = re.compile(r"\{(\w+)\}")


def words(
    acts: Sequence[Act], places: Mapping[PlaceId, Place], table: str = "acts"
) -> str:
    """Took out Colosseum, moved Pantheon to day 2; "spoken" has them as wishes."""
    told = ", ".join(_phrase(act, places, table) for act in acts)
    return told or "a new plan"


def _phrase(act: Act, places: Mapping[PlaceId, Place], table: str) -> str:
    """By the template of the act: what stands in [] needs all of its fields."""
    data = msgspec.to_builtins(act)
    name = _variant(act) or data["act"]
    template: str = texts.load(table).get(name, name.replace("_", " "))

    def filled(text: str) -> str:
        return _FIELD.sub(
            lambda it: _value(data.get(it[1]), places, it[1]) or "it", text
        )

    def optional(match: re.Match[str]) -> str:
        has_all = all(data.get(name) for name in _FIELD.findall(match[1]))
        return filled(match[1]) if has_all else ""

    return " ".join(filled(_OPTION.sub(optional, template)).split())


def _variant(act: Act) -> str:
    """What is said otherwise than by the act's name: mostly that it takes back."""
    match act:
        case Move(day="other"):
            return "move_away"
        case Clear(free=False):
            return "clear_no_more"
        case SetTime(time=None, change=None):
            return "set_time_no_more"
        case Note(text=""):
            return "note_no_more"
    return ""


def _value(value: object, places: Mapping[PlaceId, Place], field: str = "") -> str:
    if isinstance(value, dict):  # a reference that was never resolved
        return str(value.get("name") or value.get("kind") or "a place")
    if isinstance(value, list | tuple):
        return " and ".join(_value(it, places) for it in value)
    if isinstance(value, str) and value in places:
        return places[value].name
    if isinstance(value, int) and field in ("minutes", "change"):
        more = "" if field == "minutes" else " less" if value < 0 else " more"
        return lasting(abs(value)) + more
    if isinstance(value, str) and _ISO.fullmatch(value):
        with suppress(ValueError):  # a program's 30 February is told as it was sent
            return with_year(date.fromisoformat(value))
    return "" if value is None else str(value).replace("_", " ")
