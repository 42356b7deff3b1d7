"""When people eat: an editorial table of what is usual in a country, no fact."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from itinerary_app.model import StopKind


class MealTime(NamedTuple):
    """When a meal begins and how long it lasts. Times are minutes after midnight."""

    earliest: int  # start
    latest: int  # start
    minutes: int


LUNCH_MINUTES, DINNER_MINUTES = 60, 75
ASIDE = 90  # minutes from the usual start to the latest
_USUAL = (720, 1110)  # 12:00, 18:30
_STARTS: dict[str, tuple[int, int]] = {  # lunch and dinner
    "AE": (780, 1170),
    "AR": (780, 1200),
    "BR": (750, 1170),
    "DK": (720, 1080),
    "EG": (780, 1170),
    "ES": (810, 1230),
    "FI": (690, 1080),
    "FR": (720, 1140),
    "GR": (795, 1200),
    "IN": (780, 1140),
    "IT": (750, 1170),
    "KR": (720, 1080),
    "MA": (780, 1170),
    "MX": (810, 1170),
    "NO": (690, 1080),
    "PT": (750, 1170),
    "SE": (690, 1080),
    "TR": (750, 1140),
}


@cache
def usual(country: str) -> Mapping[StopKind, MealTime]:
    """When lunch and dinner are in the country of this ISO 3166 alpha-2 code."""
    lunch, dinner = _STARTS.get(country, _USUAL)
    return {
        StopKind.LUNCH: MealTime(lunch, lunch + ASIDE, LUNCH_MINUTES),
        StopKind.DINNER: MealTime(dinner, dinner + ASIDE, DINNER_MINUTES),
    }


LONG_VISIT = 180  # minutes


def holds(arrive: int, leave: int, lunch: MealTime) -> bool:
    """Whether a visit between these minutes is one at which one has lunch."""
    long = leave - arrive >= LONG_VISIT
    first_ends = lunch.earliest + lunch.minutes  # of those who eat first
    over = arrive < first_ends and leave > min(lunch.latest, first_ends)
    return long and over
