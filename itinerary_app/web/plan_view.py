"""The plan as the trip page's map and credits want it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from itinerary_app.config import Settings
from itinerary_app.model import Day, Itinerary, Place
from itinerary_app.planner.checker import Check, Verdict
from itinerary_app.web.wording import kind
from itinerary_app.words import clock

_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_WEB_PAGE = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,}/\S*)")
_LICENCES = {  # by the name without hyphens, which not all sources write
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY SA 3.0": "https://creativecommons.org/licenses/by-sa/3.0/",
    "CC BY SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "ODbL 1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "Singapore Open Data Licence v1.0": "https://data.gov.sg/open-data-licence",
}


@dataclass(frozen=True, slots=True, order=True)
class Credit:
    """To whom the page owes facts about places, and under which licence."""

    source: str
    licence: str

    @property
    def licence_url(self) -> str | None:
        return _LICENCES.get(self.licence.replace("-", " "))


def credits(itinerary: Itinerary | None) -> list[Credit]:
    """Every source of the shown places with its licence, once."""
    stops = itinerary.stops if itinerary else ()
    return sorted({Credit(stop.place.source, stop.place.licence) for stop in stops})


def badges(checks: Sequence[Check]) -> list[Check]:
    """The checks as they are shown: what needs a look comes first."""
    order = list(reversed(Verdict))
    return sorted(checks, key=lambda check: order.index(check.verdict))


def source_url(place: Place) -> str | None:
    """The web page of the source about the place, where its id tells one."""
    first = place.source_id.split("|")[0].strip()
    if _WIKIDATA.fullmatch(first):
        return f"https://www.wikidata.org/wiki/{first}"
    page = _WEB_PAGE.fullmatch(first)
    return f"https://{page[1]}" if page else None


def map_data(itinerary: Itinerary | None, settings: Settings) -> dict[str, Any]:
    """What static/map.js draws: days of numbered pins, and the tiles below them."""
    days = itinerary.days if itinerary else ()
    return {
        "tiles": settings.tile_url,
        "days": [{"number": day.number, "stops": list(_pins(day))} for day in days],
    }


def _pins(day: Day) -> Iterator[dict[str, Any]]:
    for number, stop in enumerate(day.stops, start=1):
        yield {
            "id": f"{day.number}-{number}",
            "number": number,
            "name": stop.place.name,
            "lat": stop.place.lat,
            "lon": stop.place.lon,
            "when": f"{clock(stop.arrive)}–{clock(stop.leave)}",
            "what": kind(stop),
        }
