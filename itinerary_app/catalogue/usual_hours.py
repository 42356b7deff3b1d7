"""When places of a kind are likeliest to be open, where nobody told: no facts.

They serve to schedule, and are never shown as hours.
"""

from __future__ import annotations

from datetime import date

from itinerary_app.catalogue.mealtimes import usual
from itinerary_app.catalogue.osm_hours import Window
from itinerary_app.model import Category

_MONDAY, _FRIDAY, _SUNDAY = 0, 4, 6


def _from(opens: float, closes: float) -> Window:
    return int(opens * 60), int(closes * 60)


_WHOLE_DAY = (_from(10, 17),)
_USUAL: dict[Category, tuple[Window, ...]] = {
    Category.CHURCH: (_from(10, 12), _from(15, 17)),  # around services and midday rest
    Category.MOSQUE: (_from(9, 11.5), _from(14, 15.5)),  # between prayers
    Category.TEMPLE: (_from(8, 12), _from(16, 18)),
    Category.SHRINE: (_from(9, 17),),
    Category.NEIGHBOURHOOD: (_from(8, 20),),
    Category.PARK: (_from(8, 19),),  # many close at dusk
    Category.GARDEN: (_from(9, 18),),
    Category.VIEWPOINT: (_from(10, 20),),
    Category.LANDMARK: (_from(8, 20),),
    Category.MONUMENT: (_from(8, 20),),
    Category.MARKET: (_from(10, 17),),
    Category.SHOPPING: (_from(10, 18),),
    Category.SHOW: (_from(19, 22.5),),
    Category.STREET_FOOD: (_from(10, 21),),
    Category.CAFE: (_from(8, 18),),
    Category.BAR: (_from(18, 24),),
}
_AFTER_SERVICES = (_from(14, 17),)  # on Sundays
_REST_DAYS = {
    Category.MUSEUM: _MONDAY,
    Category.GALLERY: _MONDAY,
    Category.MOSQUE: _FRIDAY,
}
_SHOPS_REST = ("AT", "CH", "DE", "NO", "PL")  # on Sundays


def usual_windows(
    category: Category, country: str = "", on: date | None = None
) -> tuple[Window, ...]:
    """On that date, or on any; () on its usual day of rest.

    `country` is an ISO 3166 alpha-2 code.
    """
    if on and _REST_DAYS.get(category) == on.weekday():
        return ()
    if on and category is Category.CHURCH and on.weekday() == _SUNDAY:
        return _AFTER_SERVICES
    rests = category is Category.SHOPPING and country in _SHOPS_REST
    if on and rests and on.weekday() == _SUNDAY:
        return ()
    if category is Category.RESTAURANT:
        meals = usual(country).values()
        last = max(it.latest + it.minutes for it in meals)
        return ((min(it.earliest for it in meals) - 30, last + 30),)
    return _USUAL.get(category, _WHOLE_DAY)
