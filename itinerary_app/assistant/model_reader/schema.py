"""The JSON schema of the model's answer: the acts', as strict servers take it."""

from __future__ import annotations

from functools import cache
from typing import Any

from itinerary_app.acts import codec

# What strict mode knows everywhere. Bounds and patterns are ours to check, and each
# field is named: what is not said stands as null, or as its default.
_KEPT = ("type", "enum", "items", "anyOf", "properties", "description", "$ref")


@cache
def response_format() -> dict[str, Any]:
    """For chat completions' field of this name."""
    acts = codec.schemas("#/$defs/{name}")
    definitions = {name: _strict(schema) for name, schema in acts.items()}
    tagged = [n for n, s in acts.items() if "act" in s.get("properties", ())]
    definitions["Act"] = {"anyOf": [{"$ref": f"#/$defs/{n}"} for n in tagged]}
    said = _object(quote={"type": "string"}, act={"$ref": "#/$defs/Act"})
    answer = _object(language={"type": "string"}, acts={"type": "array", "items": said})
    return {
        "type": "json_schema",
        "json_schema": {
            "name": "understanding",
            "strict": True,
            "schema": {**answer, "$defs": definitions},
        },
    }


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    if "discriminator" in schema:  # the union of all acts
        return {"$ref": "#/$defs/Act"}
    kept = {key: value for key, value in schema.items() if key in _KEPT}
    if "enum" in kept:
        kept["type"] = "string"
    if "items" in kept:
        kept["items"] = _strict(kept["items"])
    if "anyOf" in kept:
        kept["anyOf"] = [_strict(option) for option in kept["anyOf"]]
    if "properties" in kept:
        kept |= _object(**{n: _strict(s) for n, s in kept["properties"].items()})
    return kept


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
