"""Single JSON values: each reader returns the typed value, or raises InvalidInput that
names the field and says what it takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from itinerary_app.errors import InvalidInput

MAX_DAYS = 30
MAX_NAME_CHARS = 200
MAX_PLACE_IDS = 200
MAX_SPEND = 100_000_000
MAX_KINDS = 50
MAX_LEGS = 12
MAX_BASES = 60
MAX_OWN = 30
MAX_PEOPLE = 100
MAX_NOTE_CHARS = 500
UNSTORABLE = "[\0\ud800-\udfff]"  # characters (a pattern) that no storage can hold

E = TypeVar("E", bound=StrEnum)
K = TypeVar("K")
V = TypeVar("V")


def name(field_name: str, value: Any) -> str:
    if isinstance(value, str) and 0 < len(value) <= MAX_NAME_CHARS:
        return value
    raise InvalidInput(
        f"{field_name} must be a text of 1 to {MAX_NAME_CHARS} characters.",
        field=field_name,
    )


def days(field_name: str, value: Any) -> int:
    if type(value) is int and 1 <= value <= MAX_DAYS:
        return value
    raise InvalidInput(
        f"{field_name} must be a whole number from 1 to {MAX_DAYS}.", field=field_name
    )


def night(field_name: str, value: Any) -> int:
    """Counted from 1, or from the last one with -1."""
    if type(value) is int and value and -MAX_DAYS <= value <= MAX_DAYS:
        return value
    raise InvalidInput(
        f"{field_name} must have nights from 1 to {MAX_DAYS}, or from -1 back.",
        field=field_name,
    )


def hhmm(minutes: int) -> str:
    """Minutes after midnight as JSON has them: 24:30 is half an hour past the next."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def time_of_day(field_name: str, value: Any) -> int:
    """The minutes after midnight that `hhmm` writes, 24:00 at most."""
    told = (
        re.fullmatch(r"([0-9]{2}):([0-9]{2})", value)
        if isinstance(value, str)
        else None
    )
    minutes = 60 * int(told[1]) + int(told[2]) if told and told[2] < "60" else -1
    if 0 <= minutes <= 24 * 60:
        return minutes
    raise InvalidInput(
        f"{field_name} must be a time of day as HH:MM, 00:00 to 24:00.",
        field=field_name,
    )


def calendar_date(field_name: str, value: Any) -> date:
    if isinstance(value, str) and re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise InvalidInput(
        f"{field_name} must be a date as YYYY-MM-DD, 2000 to 2099.", field=field_name
    )


def amount(field_name: str, value: Any) -> int:
    if type(value) is int and 0 <= value <= MAX_SPEND:
        return value
    raise InvalidInput(
        f"{field_name} must be a whole number from 0 to {MAX_SPEND:,}.",
        field=field_name,
    )


def count(field_name: str, value: Any) -> int:
    if type(value) is int and 0 <= value <= MAX_PEOPLE:
        return value
    raise InvalidInput(
        f"{field_name} must be a whole number from 0 to {MAX_PEOPLE}.",
        field=field_name,
    )


def degrees(field_name: str, value: Any, most: int) -> float:
    """From -`most` to `most`; no NaN."""
    if type(value) in (int, float) and -most <= value <= most:
        return float(value)
    raise InvalidInput(
        f"{field_name} must have degrees from -{most} to {most}.", field=field_name
    )


def stay(field_name: str, value: Any) -> int:
    if type(value) is int and 1 <= value <= 24 * 60:
        return value
    raise InvalidInput(
        f"{field_name} must be a whole number of minutes, 1 to {24 * 60}.",
        field=field_name,
    )


def note(field_name: str, value: Any) -> str:
    if isinstance(value, str) and 0 < len(value) <= MAX_NOTE_CHARS:
        return value
    raise InvalidInput(
        f"{field_name} must be a text of 1 to {MAX_NOTE_CHARS} characters.",
        field=field_name,
    )


def flag(field_name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise InvalidInput(f"{field_name} must be true or false.", field=field_name)


def one_of(kind: type[E]) -> Callable[[str, Any], E]:
    values = {item.value: item for item in kind}

    def parse(field_name: str, value: Any) -> E:
        if isinstance(value, str) and value in values:
            return values[value]
        raise InvalidInput(
            f"{field_name} must be one of {', '.join(kind)}.", field=field_name
        )

    return parse


def some_of(kind: type[E]) -> Callable[[str, Any], tuple[E, ...]]:
    parse_one = one_of(kind)

    def parse(field_name: str, value: Any) -> tuple[E, ...]:
        if isinstance(value, (list, tuple)):
            return tuple(dict.fromkeys(parse_one(field_name, v) for v in value))
        raise InvalidInput(f"{field_name} must be a list.", field=field_name)

    return parse


def place_ids(field_name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)) and len(value) <= MAX_PLACE_IDS:
        return tuple(dict.fromkeys(name(field_name, item) for item in value))
    raise InvalidInput(
        f"{field_name} must be a list of at most {MAX_PLACE_IDS} ids of places.",
        field=field_name,
    )


def kinds(field_name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)) and len(value) <= MAX_KINDS:
        return tuple(dict.fromkeys(name(field_name, item) for item in value))
    raise InvalidInput(
        f"{field_name} must be a list of at most {MAX_KINDS} kinds.", field=field_name
    )


def pairs(
    key: Callable[[str, Any], K], worth: Callable[[str, Any], V]
) -> Callable[[str, Any], tuple[tuple[K, V], ...]]:
    """A list of objects with one member each; of a key that comes twice, the last."""

    def parse(field_name: str, value: Any) -> tuple[tuple[K, V], ...]:
        if (
            isinstance(value, (list, tuple))
            and len(value) <= MAX_PLACE_IDS
            and all(isinstance(item, dict) and len(item) == 1 for item in value)
        ):
            members = (member for item in value for member in item.items())
            parsed = ((key(field_name, k), worth(field_name, v)) for k, v in members)
            return tuple(dict(parsed).items())
        raise InvalidInput(
            f"{field_name} must be a list of at most {MAX_PLACE_IDS} objects with one "
            "member each.",
            field=field_name,
        )

    return parse
