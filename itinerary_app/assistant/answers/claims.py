"""Every sentence that begins with Yes or No, with the facts that it rests on."""

from __future__ import annotations

from enum import StrEnum


class Claim(StrEnum):
    """No other sentence of the answers begins with Yes or No; a test sees to it."""

    PLANNED = "Yes: {name} is planned {when}."
    NOT_PLANNED = "No: {name} is none of the {count} in your plan."
    KIND_PLANNED = "Yes: your plan has {count}{where}: {stops}."
    NOTHING_PLANNED = "No: none of the {count}{where} is {what}."
    MEAL_PLANNED = "Yes: {meal} is planned at {stops}."
    OPEN = "Yes: {name} is open at {time} on {date}, by its hours {hours} ({source})."
    CLOSED = (
        "No: {name} is closed at {time} on {date}, by its hours {hours} ({source})."
    )


OPTIONAL = frozenset({"where"})  # all other fields are facts


def claim(which: Claim, **facts: str) -> str:
    """The sentence; ValueError where one of its facts is missing."""
    for name, fact in facts.items():
        if not fact and name not in OPTIONAL:
            raise ValueError(f"{which.name} rests on {name!r}, which is not known.")
    return which.format(**facts)
