"""Fields of the API's schemas: how single values are written and read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from marshmallow import ValidationError, fields, validate

from itinerary_app.acts.codec import dumps, loads
from itinerary_app.errors import InvalidInput
from itinerary_app.model import hhmm
from itinerary_app.model.fields import MAX_NAME_CHARS, MAX_PEOPLE, MAX_PLACE_IDS
from itinerary_app.storage.base import ListCursor

# The end of the text in the expressions of Python and of OpenAPI (ECMA-262) alike.
END = r"(?![\s\S])"
NO_TEXT = "Remove the characters that are no text (such as U+0000)."
TEXT = rf"^[^\u0000]*{END}"
CURSOR = rf"^[0-9]{{1,17}}\.[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}{END}"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DATE = rf"^20[0-9]{{2}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]){END}"


def instant(value: datetime) -> str:
    """In ISO 8601; in UTC with a Z."""
    return value.isoformat().replace("+00:00", "Z")


class Instant(fields.DateTime):
    """An instant in UTC as ISO 8601 with a Z."""

    def _serialize(self, value: datetime | None, *_: Any, **__: Any) -> str | None:
        return None if value is None else instant(value)


class Cursor(fields.String):
    """A place in a list of sessions; whoever sends it back need not know how."""

    def __init__(self, **options: Any) -> None:
        told = {"pattern": CURSOR, **options.pop("metadata", {})}
        super().__init__(metadata=told, **options)

    def _serialize(self, value: Any, *_: Any, **__: Any) -> str | None:
        if value is None:
            return None
        created_at, session_id = value
        return f"{(created_at - EPOCH) // MICROSECOND}.{session_id}"

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        text = super()._deserialize(value, *args, **options)
        if not re.match(CURSOR, text):
            raise ValidationError("Send a next_cursor of this list.")
        micros, session_id = text.split(".")
        return ListCursor(EPOCH + int(micros) * MICROSECOND, session_id)


class Clock(fields.String):
    """A time of day as HH:MM, from minutes after midnight (24:30 is past it)."""

    def _serialize(self, value: Any, *_: Any, **__: Any) -> str | None:
        return None if value is None else hhmm(value)


class Text(fields.String):
    """A text that any storage can hold, of 1 to `most` characters."""

    def __init__(self, most: int, **options: Any) -> None:
        super().__init__(
            validate=[
                validate.Length(1, most, error=f"1 to {most:,} characters of text."),
                validate.Regexp(TEXT, error=NO_TEXT),
                _has_no_surrogates,
            ],
            **options,
        )


class Name(Text):
    """A short text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(MAX_NAME_CHARS, **options)


class OneAct(fields.Raw):
    """An act as JSON; in OpenAPI one of the acts' schemas."""


class Acts(fields.List):  # type: ignore[type-arg]  # generic in the stubs alone
    """Acts, by the acts' own schema."""

    def __init__(self, **options: Any) -> None:
        super().__init__(OneAct(), **options)

    def _serialize(self, value: Any, *_: Any, **__: Any) -> list[Any]:
        return [it if isinstance(it, dict) else dumps([it])[0] for it in value]

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        try:
            return loads(value)
        except InvalidInput as exc:
            raise ValidationError(str(exc)) from exc


class ClockIn(fields.String):
    """A time of day that the traveller states, as HH:MM."""

    def __init__(self, description: str = "", example: str = "10:00") -> None:
        super().__init__(
            allow_none=True,
            validate=validate.Regexp(
                rf"^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00){END}", error="HH:MM."
            ),
            metadata={"description": description, "example": example},
        )


class IsoDate(fields.String):
    """A date that the traveller tells; it stays text until the model reads it."""

    def __init__(self, description: str, example: str) -> None:
        super().__init__(
            allow_none=True,
            validate=is_date,
            metadata={
                "description": description,
                "example": example,
                "format": "date",
                "pattern": DATE,
            },
        )


class Flag(fields.Boolean):
    """true or false, and none of the words and numbers that may stand for them."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if isinstance(value, bool):
            return value
        raise self.make_error("invalid", input=value)


def _has_no_surrogates(text: str) -> None:
    if re.search("[\ud800-\udfff]", text):  # which no description can tell
        raise ValidationError(NO_TEXT)


def is_date(text: str) -> None:
    try:
        if re.match(DATE, text):
            date.fromisoformat(text)
            return
    except ValueError:
        pass
    raise ValidationError("A date as YYYY-MM-DD, 2000 to 2099.")


def place_ids(description: str) -> Any:
    return fields.List(
        Name(),
        allow_none=True,
        validate=validate.Length(0, MAX_PLACE_IDS),
        metadata={"description": description},
    )


def whole(least: int, most: int, **options: Any) -> fields.Integer:
    """A whole number within bounds, written as one."""
    return fields.Integer(strict=True, validate=validate.Range(least, most), **options)


def count(what: str) -> fields.Integer:
    return whole(0, MAX_PEOPLE, allow_none=True, metadata={"description": what})


def pairs(value: fields.Field[Any], description: str, example: dict[str, Any]) -> Any:
    """A list of objects with one member each, whose order holds."""
    return fields.List(
        fields.Dict(
            keys=Name(),
            values=value,
            validate=validate.Length(1, 1),
            metadata={"minProperties": 1, "maxProperties": 1},
        ),
        allow_none=True,
        validate=validate.Length(0, MAX_PLACE_IDS),
        metadata={"description": description, "example": [example]},
    )
