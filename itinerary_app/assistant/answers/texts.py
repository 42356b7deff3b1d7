"""The sentences that stand in data files, found by the words of a question."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct, convert

from itinerary_app.acts.chips import Chip
from itinerary_app.acts.codec import loads
from itinerary_app.catalogue.spelling import plain

SHORT = 4  # letters: "cat" begins too many words


class ChipText(Struct, frozen=True, forbid_unknown_fields=True):
    label: str
    acts: list[dict[str, Any]]


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """`words` begin words of a question that it answers, short ones are whole words.

    `says` are as good as each other; `step` is the best that one can do next.
    """

    words: tuple[str, ...]
    says: tuple[str, ...]
    step: str = ""
    chips: tuple[ChipText, ...] = ()

    def buttons(self) -> tuple[Chip, ...]:
        return tuple(Chip(chip.label, loads(chip.acts)) for chip in self.chips)


@cache
def load(name: str) -> dict[str, Any]:
    """The content of a data file of this folder."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))


@cache
def entries(name: str) -> dict[str, Entry]:
    return convert(load(name), dict[str, Entry])


@cache
def _pattern(word: str) -> re.Pattern[str]:
    end = r"(?:s|es)?\b" if len(word) <= SHORT else ""
    return re.compile(rf"\b{re.escape(word)}{end}")


def entry(name: str, about: str | None) -> Entry:
    """The entry whose words are in `about`, of several the longest; else the last."""
    known = entries(name)
    said = plain(about or "")
    best, length = list(known.values())[-1], 0
    for each in known.values():
        for word in each.words:
            if len(word) > length and _pattern(word).search(said):
                best, length = each, len(word)
    return best
