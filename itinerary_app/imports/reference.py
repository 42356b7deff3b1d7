"""Places whose coordinates others know, to hold ours against."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.spelling import plain
from itinerary_app.errors import InvalidInput
from itinerary_app.model import City, Place

COLUMNS = ("city", "country", "name", "lat", "lon")
LONG = 8  # letters
_WORD = re.compile(r"\w+")
Point = tuple[float, float]


class Reference:
    """The coordinates by city and name."""

    def __init__(self, rows: Iterable[tuple[str, str, str, float, float]]) -> None:
        self._names: defaultdict[tuple[str, str], dict[str, list[Point]]] = defaultdict(
            dict
        )
        for city, country, name, lat, lon in rows:
            names = self._names[plain(city), country]
            names.setdefault(plain(name), []).append((lat, lon))

    @classmethod
    def from_csv(cls, path: Path) -> Reference:
        """A CSV with at least COLUMNS; InvalidInput names the line at fault."""
        try:
            with path.open(encoding="utf-8", newline="") as file:
                return cls(_rows(path, csv.DictReader(file)))
        except (OSError, UnicodeDecodeError, csv.Error) as exc:
            raise InvalidInput(f"{path} cannot be read: {exc}.") from exc

    def misplaced(self, city: City, place: Place, far_km: float) -> str | None:
        """A complaint if the reference surely has the place, and only elsewhere."""
        names = self._names.get((plain(city.name), city.country), {})
        ours = {plain(name) for name in (place.name, place.local_name) if name}
        found = [
            (distance_km(place.lat, place.lon, *point), name)
            for name, points in names.items()
            if any(_same(name, our) for our in ours)
            for point in points
        ]
        if not found or min(found)[0] <= far_km:
            return None
        away, name = min(found)
        return f"is {1000 * away:,.0f} m from where the reference has {name!r}."


def _same(one: str, other: str) -> bool:
    """Hardly ever true by mistake: the same words in any order, long ones with a slip.

    A word more may be another place (St. Patrick's Old Cathedral), and so may one
    letter of a short word (Kinkaku-ji, Ginkaku-ji).
    """
    words, others = sorted(_WORD.findall(one)), sorted(_WORD.findall(other))
    return len(words) == len(others) and all(
        _same_word(*pair) for pair in zip(words, others, strict=True)
    )


def _same_word(one: str, other: str) -> bool:
    return one == other or (
        min(len(one), len(other)) >= LONG
        and one[0] == other[0]
        and DamerauLevenshtein.distance(one, other) == 1
    )


def _rows(
    path: Path, reader: csv.DictReader[str]
) -> Iterable[tuple[str, str, str, float, float]]:
    if missing := [it for it in COLUMNS if it not in (reader.fieldnames or ())]:
        raise InvalidInput(f"{path}, line 1: there is no column {', '.join(missing)}.")
    for row in reader:
        try:
            lat, lon = float(row["lat"]), float(row["lon"])
        except (TypeError, ValueError) as exc:
            raise InvalidInput(
                f"{path}, line {reader.line_num}: no coordinates."
            ) from exc
        yield row["city"], row["country"], row["name"], lat, lon
