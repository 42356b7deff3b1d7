"""Opening hours as windows in minutes after midnight.

Where a plan has no dates, a window counts only if it holds on every weekday on
which the place opens at all, in each month of its season. On a date its public holiday
counts (`region` as catalogue/holidays.py has it): by the place's own rule, else the
usual windows are only likely, and `unsure` names the holiday. `light` are sunrise and
sunset, by which some hours go.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from itinerary_app.catalogue import customs, osm_hours
from itinerary_app.catalogue.holidays import holiday
from itinerary_app.catalogue.observances import RAMADAN, is_ramadan
from itinerary_app.catalogue.osm_hours import (
    ALWAYS,
    DAY,
    UNKNOWN,
    Light,
    Openings,
    Window,
    intersection,
)
from itinerary_app.catalogue.seasons import daily
from itinerary_app.catalogue.usual_hours import usual_windows
from itinerary_app.model import Category

CLOSED = Openings((), ())
# Open around the clock is no reason to be there at 3 in the morning.
_SENSIBLE: dict[Category, Window] = {
    Category.NEIGHBOURHOOD: (8 * 60, 22 * 60),
    Category.PARK: (8 * 60, 20 * 60),
    Category.GARDEN: (8 * 60, 21 * 60),
    Category.BAR: (19 * 60 + 30, 26 * 60),
}


@lru_cache(maxsize=32_768)
def openings(
    hours: str | None,
    on: date | None = None,
    region: str = "",
    light: Light | None = None,
) -> Openings:
    """When it is open on that date, or else on any open day, sensible or not."""
    if not hours:
        return UNKNOWN
    if on is None:
        return daily(hours)
    if customs.closes(hours, on):
        return CLOSED
    found = osm_hours.on_date(hours, on, region, light)
    if found.surely and unsure(hours, on, region):
        return Openings((), (*found.surely, *found.perhaps))
    if doubtful := customs.doubtful(hours, on, region, light):
        since, until = doubtful
        surely = intersection(found.surely, ((0, since), (until, 2 * DAY)))
        perhaps = intersection(found.surely, (doubtful,))
        return Openings(surely, (*perhaps, *found.perhaps))
    return found


@lru_cache(maxsize=32_768)
def windows(
    hours: str | None,
    category: Category,
    on: date | None = None,
    region: str = "",
    light: Light | None = None,
) -> tuple[Window, ...]:
    """When one can be there on that date, or else on any open day; () if never."""
    found = openings(hours, on, region, light).surely
    return intersection(found, (_SENSIBLE.get(category, (0, 2 * DAY)),))


@lru_cache(maxsize=32_768)
def likely(
    hours: str | None,
    category: Category,
    on: date | None = None,
    region: str = "",
    light: Light | None = None,
) -> tuple[Window, ...]:
    """When it is likeliest to be open while nobody told: for scheduling, never shown.

    That is as on other days, or as usual for its kind, country and weekday.
    """
    found = openings(hours, on, region, light).perhaps
    usual = usual_windows(category, region.partition("-")[0], on)
    if hours and on and osm_hours.on_date(hours, on, region, light).surely:
        usual = (_SENSIBLE.get(category, (0, 2 * DAY)),)  # but for the holiday
    return intersection(found, usual)


def perhaps(
    hours: str | None,
    on: date | None = None,
    region: str = "",
    light: Light | None = None,
) -> tuple[Window, ...]:
    """When nobody told whether it is open, sensible or not."""
    found = openings(hours, on, region, light)
    return ((0, 2 * DAY),) if found == UNKNOWN else found.perhaps


def possible(
    hours: str | None,
    on: date | None = None,
    region: str = "",
    light: Light | None = None,
) -> tuple[Window, ...]:
    """When it is not known to be closed, sensible or not."""
    surely = openings(hours, on, region, light).surely
    return (*surely, *perhaps(hours, on, region, light))


def known(
    hours: str, on: date, region: str = "", light: Light | None = None
) -> tuple[Window, ...] | None:
    """When it is open on that date; None if that is not known for all of it."""
    found = openings(hours, on, region, light)
    return None if found.perhaps else found.surely


def is_known(
    hours: str | None,
    on: date | None,
    since: int,
    until: int,
    region: str = "",
    light: Light | None = None,
) -> bool:
    """Whether it is known if it is open between these minutes of the date."""
    perhaps = openings(hours, on, region, light).perhaps
    return not intersection(perhaps, ((since, until),))


def in_doubt(hours: str | None, on: date | None, region: str) -> str:
    """The public holiday, or Ramadan, for which nobody told all the hours; else ""."""
    ramadan = is_ramadan(on, region) and customs.tells_of_ramadan(hours)
    return RAMADAN if ramadan else unsure(hours, on, region)


@lru_cache(maxsize=32_768)
def unsure(hours: str | None, on: date | None, region: str) -> str:
    """The name of the public holiday on which nobody told whether it opens, else "".

    What is closed by its usual hours, or always open, is not in doubt.
    """
    name = holiday(on, region)
    if not name or on is None or hours == ALWAYS:
        return ""
    if hours is None:
        return name
    if osm_hours.tells_of_holiday(hours, on, region):
        return ""
    usual = osm_hours.on_date(hours, on, region)
    around = [osm_hours.on_date(hours, on + timedelta(it)) for it in (-7, 7)]
    return name if any(usual) and usual in around else ""
