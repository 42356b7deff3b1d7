"""Public holidays, by country and part of it, from the package `holidays`.

What may keep doors closed counts: the day itself as well as the day off in its stead.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from dateutil.easter import EASTER_ORTHODOX, easter

from itinerary_app.language import N_, _
from itinerary_app.model import City

# ISO 3166-2 parts with holidays of their own, as the package names them.
_PARTS = {
    "barcelona": "Barcelona",
    "berlin": "BE",
    "chicago": "IL",
    "edinburgh": "SCT",
    "florence": "FI",
    "lisbon": "11",
    "london": "ENG",
    "los-angeles": "CA",
    "madrid": "MD",
    "milan": "MI",
    "munich": "BY",
    "new-york": "NY",
    "porto": "13",
    "rio-de-janeiro": "RJ",
    "rome": "RM",
    "san-francisco": "CA",
    "sydney": "NSW",
    "venice": "VE",
    "vienna": "9",
    "washington": "DC",
}
# Days off that the package does not count as public.
_CATEGORIES = {
    "BR": ("public", "optional"),
    "HK": ("public", "optional"),
    "PT": ("public", "optional"),
    "SE": ("public", "de_facto"),
}

# Where the greatest feast of the year falls on a Sunday, which the package leaves out.
_ORTHODOX = frozenset({"GR"})

# Month and day on which no trains run, and hardly a bus: by country.
_STILL = {("GB", 12, 25), ("GB", 12, 26), ("IE", 12, 25)}
COMMON = (  # that other languages have a name for; all others stay as they are
    N_("New Year's Day"),
    N_("Epiphany"),
    N_("Carnival"),
    N_("Maundy Thursday"),
    N_("Good Friday"),
    N_("Easter Sunday"),
    N_("Easter Monday"),
    N_("Labor Day"),
    N_("Ascension Day"),
    N_("Pentecost"),
    N_("Pentecost Monday"),
    N_("Corpus Christi"),
    N_("Assumption Day"),
    N_("All Saints' Day"),
    N_("Immaculate Conception"),
    N_("Christmas Eve"),
    N_("Christmas Day"),
    N_("Second Day of Christmas"),
    N_("Boxing Day"),
    N_("Saint Stephen's Day"),
    N_("New Year's Eve"),
    N_("National Day"),
    N_("Independence Day"),
    N_("Republic Day"),
    N_("Constitution Day"),
    N_("Liberation Day"),
    N_("German Unity Day"),
    N_("Memorial Day"),
    N_("Thanksgiving Day"),
    N_("Chinese New Year"),
    N_("Ramadan"),
    N_("Eid al-Fitr"),
    N_("Eid al-Adha"),
)
_BY_THE_MOON = " (estimated)"  # behind the name, of the days that nobody knows yet

# Where on Christmas Day nearly all doors stay shut that nobody says are open.
_CHRISTIAN = frozenset(
    {
        "AR", "AT", "AU", "BE", "BR", "CA", "CZ", "DE", "DK", "ES", "FR", "GB", "GR",
        "HU", "IE", "IT", "MX", "NL", "PL", "PT", "SE", "US", "ZA",
    }
)  # fmt: skip


def shuts(on: date | None, region: str) -> bool:
    """Whether it is the day on which hardly anything opens."""
    return (
        on is not None and (on.month, on.day) == (12, 25) and region[:2] in _CHRISTIAN
    )


def stands_still(on: date | None, region: str) -> bool:
    """Whether no train leaves town that day."""
    return on is not None and (region[:2], on.month, on.day) in _STILL


def region(city: City) -> str:
    """Whose holidays hold there: "IT", or with the part of the country "GB-ENG"."""
    part = _PARTS.get(city.id)
    return f"{city.country}-{part}" if part else city.country


def holiday(on: date | None, region: str) -> str:
    """The name of the public holiday in English, "" if it is none or none is known."""
    return _of_year(region, on.year).get(on, "") if on and region else ""


def named(name: str) -> str:
    """The holiday in the language that is spoken, where that has a name for it."""
    if name.endswith(_BY_THE_MOON):
        return _("%(name)s (estimated)", name=_(name.removesuffix(_BY_THE_MOON)))
    return _(name)


@lru_cache(maxsize=256)
def _of_year(region: str, year: int) -> Mapping[date, str]:
    import holidays

    country, _, part = region.partition("-")
    if country not in _countries():
        return {}
    names: dict[date, str] = {}
    for observed in (False, True):
        with warnings.catch_warnings(action="ignore"):  # a calendar that ends early
            known = holidays.country_holidays(
                country,
                subdiv=part or None,
                years=year,
                observed=observed,
                language=_languages().get(country),
                categories=_CATEGORIES.get(country),
            )
        names = {**known, **names}
    if country in _ORTHODOX:
        names.setdefault(easter(year, EASTER_ORTHODOX), "Easter Sunday")
    return names


@cache
def _countries() -> frozenset[str]:
    import holidays

    return frozenset(holidays.list_supported_countries())


@cache
def _languages() -> Mapping[str, str]:
    """English by country, where its names are in another language."""
    import holidays

    english = "en_US"
    return {
        country: english
        for country, languages in holidays.list_localized_countries().items()
        if english in languages
    }
