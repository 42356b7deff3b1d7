"""Who told the facts about places, and under which licence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from itinerary_app.model import Itinerary, Place

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
    """To whom a plan owes facts about places, and under which licence."""

    source: str
    licence: str

    @property
    def licence_url(self) -> str | None:
        return _LICENCES.get(self.licence.replace("-", " "))


def credits(itinerary: Itinerary | None) -> list[Credit]:
    """Every source of the plan's places with its licence, once; not the traveller."""
    stops = itinerary.stops if itinerary else ()
    places = (stop.place for stop in stops if not stop.place.is_own)
    return sorted({Credit(place.source, place.licence) for place in places})


def source_url(place: Place) -> str | None:
    """The web page of the source about the place, where its id tells one."""
    first = place.source_id.split("|")[0].strip()
    if _WIKIDATA.fullmatch(first):
        return f"https://www.wikidata.org/wiki/{first}"
    page = _WEB_PAGE.fullmatch(first)
    return f"https://{page[1]}" if page else None
