"""What acts speak of: a place or stop, a day, a time, and how each may be referred to.

A value that is known stands as itself: the id of a place, the number of a day. One
that was only referred to ("the second church", "Friday") stands as a reference until
`resolve` finds whom it means.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from itinerary_app.model import Part as Part  # acts speak of it, too

MAX_DAYS = 60
MAX_NAME = 200  # characters of a name as it was said

Name = Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
PlaceId = Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
DayNumber = Annotated[int, Meta(ge=1, le=MAX_DAYS)]
# A day by weekday ("fri"), date, place in the order, or what was spoken of last.
DayReference = Annotated[
    str,
    Meta(
        pattern=r"^(mon|tue|wed|thu|fri|sat|sun|\d{4}-\d\d-\d\d"
        r"|first|last|next|same|other|today|tomorrow)$"
    ),
]
Day = DayNumber | DayReference
Time = Annotated[str, Meta(pattern=r"^([01]\d|2[0-7]):[0-5]\d$")]  # 25:30 is 01:30
Date = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
Minutes = Annotated[int, Meta(ge=1, le=24 * 60)]
Count = Annotated[int, Meta(ge=0, le=100)]


class Meal(StrEnum):
    LUNCH = "lunch"
    DINNER = "dinner"


class Reference(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Whom an act means, as it was said: every part that is given narrows it down.

    `name` is a name as written and `ids` the places that may bear it; `kind` is a
    category, an interest or a tag of `kinds`; `nth` counts within what the other parts
    leave, from 1, or from the end with -1. `after` and `before` name a neighbour:
    "the stop after the Pantheon". `focus` is what was spoken of last: "it" (one),
    "other" (the other one of two), "them" (all). `definite`: "the church", one that
    is there, not "a church". `every`: all that fit, not one, except those of `but`;
    with `count` just so many fit ("both churches"). `most`: of these the longest, or
    the shortest, visit. `city`: one of the trip's, in which it is.
    """

    name: Name | None = None
    ids: tuple[PlaceId, ...] = ()
    kind: Name | None = None
    nth: Annotated[int, Meta(ge=-20, le=20)] | None = None
    day: Day | None = None
    part: Part | None = None
    meal: Meal | None = None
    at: Time | None = None
    after: PlaceId | Reference | None = None
    before: PlaceId | Reference | None = None
    near: PlaceId | Reference | None = None
    focus: Annotated[str, Meta(pattern="^(it|other|them|gone)$")] | None = None
    every: bool = False
    definite: bool = False
    but: tuple[PlaceId | Reference, ...] = ()
    count: Annotated[int, Meta(ge=2, le=20)] | None = None
    most: Annotated[str, Meta(pattern="^(longest|shortest)$")] | None = None
    city: Name | None = None


Stop = PlaceId | Reference  # a stop of the plan, by the id of its place
Where = PlaceId | Reference  # a place of the city, in the plan or not


def minutes_of(time: str) -> int:
    """Minutes after midnight of a `Time`."""
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def time_of(minutes: int) -> str:
    """Minutes after midnight as a `Time`; 25:30 is half past one at night."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
