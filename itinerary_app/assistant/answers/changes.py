"""Acts in a few words, for lists of what was changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

import msgspec

from itinerary_app.acts.acts import (
    Act,
    AddDay,
    Clear,
    Move,
    Note,
    Order,
    Redo,
    SetBudget,
    SetInterests,
    SetMeal,
    SetPace,
    SetTime,
    Swap,
    Undo,
)
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
    data = msgspec.to_builtins(act) | _worded(act)
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
        case AddDay(count=int(count)) if count > 1:
            return "add_days"
        case Undo(count=int(count)) if count > 1:
            return "undo_more"
        case Redo(count=int(count)) if count > 1:
            return "redo_more"
    return ""


def _worded(act: Act) -> dict[str, str]:
    """What a number or a yes of the act is in words."""
    match act:
        case SetPace(step=int(step)):
            return {"step": "calmer" if step < 0 else "fuller"}
        case SetBudget(step=int(step)) | Swap(step=int(step)) | SetMeal(step=int(step)):
            return {"step": "cheaper" if step < 0 else "dearer"}
        case Order(before=None, after=None, last=last):
            return {"last": "last" if last else "first"}
        case SetTime(change=int(change)):
            way = "earlier" if change < 0 else "later"
            return {"change": f"{lasting(abs(change))} {way}"}
        case AddDay(front=True):
            return {"front": "before day 1"}
        case SetInterests(only=True):
            return {"only": "these alone"}
    return {}


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
