"""The dates of Ramadan and of Jewish holidays, by the package `holidays`.

Those of Ramadan are estimates, and may be off by a day.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from itinerary_app.catalogue.holidays import holiday

RAMADAN = "Ramadan"
# Where most who cook, and most who guard a museum, fast: few places keep their usual
# hours then. ISO 3166 alpha-2.
FASTING = frozenset(
    "AE BD BH BN DZ EG ID IQ IR JO KW LY MA MV MY OM PK PS QA SA SD SY TN YE".split()
)
_TOLD = FASTING | {"TR"}  # where it shapes the evenings, not the hours
_LONGEST = 30  # days
# Of the package's Israeli ones; abroad each of the others has a second day.
HIGH_HOLIDAYS = ("Rosh Hashanah", "Yom Kippur")
_TWO_DAYS = (
    "Pesach", "Seventh day of Pesach", "Shavuot", "Sukkot",
    "Simchat Torah / Shemini Atzeret",
)  # fmt: skip


def is_ramadan(on: date | None, region: str) -> bool:
    """Whether it is Ramadan then, in a country whose days it shapes.

    `region` is as catalogue/holidays.py names it. Its end is a public holiday there,
    which goes first.
    """
    shapes = region.partition("-")[0] in _TOLD
    return shapes and on is not None and in_ramadan(on) and not holiday(on, region)


def in_ramadan(on: date) -> bool:
    """Whether the date is of the month, wherever that is."""
    begins = (*_ramadans(on.year - 1), *_ramadans(on.year))
    return any(it <= on < it + timedelta(_LONGEST) for it in begins)


def feast(on: date | None, region: str) -> str:
    """What is to be told of the day: its public holiday, or that it is Ramadan."""
    return holiday(on, region) or (RAMADAN if is_ramadan(on, region) else "")


def jewish_holiday(on: date) -> str:
    """The name of the day without work, first or second, "" if it is none."""
    return _jewish(on.year).get(on, "")


@lru_cache(maxsize=64)
def _ramadans(year: int) -> tuple[date, ...]:
    """Its first days: some years have two."""
    import holidays

    with warnings.catch_warnings(action="ignore"):  # a calendar that ends early
        known = holidays.country_holidays("AF", years=year, language="en_US")
    return tuple(on for on, name in known.items() if "First Day of Ramadan" in name)


@lru_cache(maxsize=64)
def _jewish(year: int) -> Mapping[date, str]:
    import holidays

    with warnings.catch_warnings(action="ignore"):
        known = holidays.country_holidays("IL", years=year, language="en_US")
    found = {
        on: name for on, name in known.items() if name in (*HIGH_HOLIDAYS, *_TWO_DAYS)
    }
    seconds = {
        on + timedelta(1): name for on, name in found.items() if name in _TWO_DAYS
    }
    return seconds | found
