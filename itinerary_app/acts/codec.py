"""The acts' JSON: one schema for messages, buttons, API and versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from itinerary_app.acts.acts import Act
from itinerary_app.errors import InvalidInput

MOST_ACTS = 20  # in one request


class _Acts(msgspec.Struct):
    """msgspec works out a class once, and a union anew for each conversion, which
    takes it a hundred times as long as that.
    """

    acts: tuple[Act, ...]


_ACT = msgspec.json.Decoder(Act)


def loads(data: Any, *, strict: bool = True) -> tuple[Act, ...]:
    """Acts from JSON values; InvalidInput names the field at fault.

    Numbers may be texts unless it is `strict`, as forms know texts only.
    """
    try:
        acts = msgspec.convert({"acts": data}, _Acts, strict=strict).acts
    except msgspec.ValidationError as exc:
        raise InvalidInput(f"No such act: {exc}.", field="acts") from exc
    if len(acts) > MOST_ACTS:
        raise InvalidInput(f"At most {MOST_ACTS} acts at once.", field="acts")
    return acts


def is_valid(act: Act) -> bool:
    """Whether all of its values are within their bounds."""
    try:
        _ACT.decode(msgspec.json.encode(act))
    except msgspec.ValidationError:
        return False
    return True


def dumps(acts: Sequence[Act]) -> list[dict[str, Any]]:
    """Acts as JSON values; what has its default is left out."""
    built: list[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(list(acts)))
    return built


def schemas(ref_template: str) -> dict[str, Any]:
    """The JSON schemas of all acts by name, for OpenAPI's components."""
    _, components = msgspec.json.schema_components([Act], ref_template=ref_template)
    return components
