"""Which day of a plan a phrase means: "day 2", "the second day", "the last day"."""

from __future__ import annotations

import re

from itinerary_app.assistant import numbers

ORDINAL = "|".join(numbers.ORDINALS)
DAY = re.compile(
    r"\b(?:on |of |for |from |in |to |into |onto )?(?:the )?(?:day (?P<number>\d{1,4}|"
    rf"{'|'.join(list(numbers.NUMBERS)[:11])})\b|(?P<ordinal>{ORDINAL}|last|final|"
    r"\d{1,3}(?:st|nd|rd|th)) day\b)(?:'s)?"
)


def number(match: re.Match[str], count: int) -> int:
    """The number of the day that `DAY` matched in a plan of so many days."""
    if word := match["number"]:
        return int(word) if word.isdigit() else numbers.NUMBERS[word]
    if match["ordinal"] in ("last", "final"):
        return count
    return numbers.ORDINALS.get(match["ordinal"]) or int(match["ordinal"][:-2])


def first(text: str, count: int) -> int | None:
    """The first day that the text names."""
    match = DAY.search(text)
    return number(match, count) if match else None
