"""Texts from which parts are taken out while the rest keeps its position."""

from __future__ import annotations


def blanked(text: str, start: int, end: int) -> str:
    """The text with spaces there."""
    return text[:start] + " " * (end - start) + text[end:]


def lowered(text: str) -> str:
    """Lower case, character by character where that changes the length."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def without(text: str, lower: str, rest: str) -> str:
    """The text as written without what was taken out of its lower case."""
    pairs = zip(text, lower, rest, strict=True)
    return "".join(char if low == left else left for char, low, left in pairs)
