"""What a place's hours say of religious days.

OpenStreetMap's syntax knows neither Ramadan nor Jewish holidays. So the hours say it
in a comment beside a rule: `Su-Fr 09:00-17:00 open "closed on Jewish holidays"`.
"""

from __future__ import annotations

import re
from datetime import date

from itinerary_app.catalogue import observances
from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.catalogue.observances import is_ramadan, jewish_holiday
from itinerary_app.catalogue.osm_hours import ALWAYS, Light, Window
from itinerary_app.model import Category, Place

BY_DAY = "by day not known in Ramadan"
EARLY = "may close early in Ramadan"
JEWISH_HOLIDAYS = "closed on Jewish holidays"
HIGH_HOLIDAYS = "closed on Rosh Hashanah and Yom Kippur"

_CLOSING_EARLY = (
    Category.MUSEUM,
    Category.GALLERY,
    Category.PALACE,
    Category.FORT,
    Category.MOSQUE,
    Category.MONUMENT,
    Category.ZOO,
)
# Minutes after midnight: from then on what closes early may be closed; sunset where the
# sun is not known.
_EARLY, _DARK, _NEXT_MORNING = 15 * 60, 18 * 60, 30 * 60
_TIMES = re.compile(r".*\d\d:\d\d(?=\s*(?:;|$))")


def closes(hours: str, on: date) -> bool:
    """Whether the hours say that it is closed on that date for a Jewish holiday."""
    if JEWISH_HOLIDAYS in hours:
        return bool(jewish_holiday(on))
    return HIGH_HOLIDAYS in hours and jewish_holiday(on) in observances.HIGH_HOLIDAYS


def tells_of_ramadan(hours: str | None) -> bool:
    """Whether the hours are others then, in a way that is not known."""
    return hours is not None and (BY_DAY in hours or EARLY in hours)


def with_ramadan(place: Place, country: str) -> Place:
    """The place, its hours saying what is not known of them in Ramadan."""
    if country not in observances.FASTING or not place.hours or place.hours == ALWAYS:
        return place
    told = BY_DAY if place.category in FOOD else EARLY
    if place.category not in (*FOOD, *_CLOSING_EARLY):
        return place
    hours = _TIMES.sub(rf'\g<0> open "{told}"', place.hours, count=1)
    return place._replace(hours=hours)


def doubtful(hours: str, on: date, region: str, light: Light | None) -> Window | None:
    """The minutes of the date in which the usual hours do not hold for Ramadan."""
    if not tells_of_ramadan(hours) or not is_ramadan(on, region):
        return None
    if BY_DAY in hours:
        return 0, light[1] if light else _DARK
    return _EARLY, _NEXT_MORNING
