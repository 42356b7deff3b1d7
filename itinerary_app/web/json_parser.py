"""How the API reads the JSON of a request."""

from __future__ import annotations

import json
from typing import Any

from flask import Request, abort
from marshmallow import Schema
from webargs.core import missing
from webargs.flaskparser import FlaskParser


class JsonParser(FlaskParser):
    """Strict where the json module is lax: 400 for what cannot be read."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        if not req.is_json or not (text := req.get_data(cache=True)):
            return missing
        try:
            return json.loads(
                text.decode(), parse_float=_number, parse_constant=_no_number
            )
        except (RecursionError, ValueError):  # too deep, or a number too long
            abort(400, "The JSON cannot be read.")

    def load_headers(self, req: Request, schema: Schema) -> Any:
        """Those that the schema knows; webargs' own way takes a proxy of all."""
        names = (field.data_key or name for name, field in schema.fields.items())
        return {name: req.headers[name] for name in names if name in req.headers}


def _number(text: str) -> float | int:
    """JSON knows one kind of numbers: 3.0 is the whole number 3."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _no_number(text: str) -> None:
    raise ValueError(text)  # NaN and Infinity are no JSON
