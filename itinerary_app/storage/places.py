"""Imported places in PostgreSQL: written as a whole, found by city or around a point.

Whoever changes them adds a row to place_imports in the same transaction, one at a
time: so the highest id there tells readers whether anything is new.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import psycopg
from psycopg.errors import LockNotAvailable
from sqlalchemy.exc import SQLAlchemyError

from itinerary_app.catalogue.geo import KM_PER_DEGREE, distance_km
from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.errors import ConfigurationError, StorageUnavailable
from itinerary_app.model import Access, Category, City, Diet, Interest, Place
from itinerary_app.storage.database import Database
from itinerary_app.storage.pool import Pool, Row

MOST_SIGHTS = 400  # of one city: a planner needs no thousands to choose from
MOST_FOOD = 150
LEAST_SIGHTS = 5  # a city with fewer is no destination

# What imports tell; the facts after it are known of shipped places only.
KEPT = Place._fields[: Place._fields.index("wheelchair") + 1]
COLUMNS = ", ".join(KEPT)
FACTS = ("city_id", *KEPT)
ALONE = "SELECT pg_advisory_xact_lock(hashtext('itinerary_app.imports'))"
VERSION = "SELECT max(id) FROM place_imports"
PUT_CITY = """
INSERT INTO place_cities (id, name, country, lat, lon, radius_km)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, country = excluded.country,
  lat = excluded.lat, lon = excluded.lon, radius_km = excluded.radius_km
"""
STAGE = f"""
CREATE TEMP TABLE incoming ON COMMIT DROP AS
SELECT {", ".join(FACTS)} FROM places LIMIT 0
"""
COPY = f"COPY incoming ({', '.join(FACTS)}) FROM STDIN"
# xmax is 0 in a row that no transaction has replaced: it is new.
PUT_PLACES = f"""
INSERT INTO places ({", ".join(FACTS)}) SELECT {", ".join(FACTS)} FROM incoming
ON CONFLICT (source, source_id) DO UPDATE SET
  {", ".join(f"{name} = excluded.{name}" for name in FACTS)}, updated_at = now()
WHERE ({", ".join(f"places.{name}" for name in FACTS)})
  IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in FACTS)})
RETURNING xmax = 0
"""
CITIES = """
SELECT id, name, country, lat, lon, radius_km FROM place_cities
WHERE (SELECT count(*) FROM places WHERE city_id = place_cities.id
       AND category <> ALL(%(food)s)) >= %(least)s
ORDER BY name, id
"""
COUNTS = """
SELECT c.id, c.name, c.country, c.lat, c.lon, c.radius_km, count(p.id), max(updated_at)
FROM place_cities AS c LEFT JOIN places AS p ON p.city_id = c.id
GROUP BY c.id ORDER BY c.name, c.id
"""
# The best of each kind in turn, so that at the limit all kinds are there.
BEST = f"""
SELECT {COLUMNS} FROM places JOIN (
  SELECT id, eating, row_number() OVER (
    PARTITION BY eating ORDER BY score / 2 DESC, turn, id) AS rank
  FROM (SELECT category, category = ANY(%(food)s) AS eating
        FROM unnest(%(kinds)s::text[]) AS category) AS kinds
  CROSS JOIN LATERAL (
    SELECT id, score, row_number() OVER (ORDER BY score DESC, id DESC) AS turn
    FROM places WHERE city_id = %(city_id)s AND category = kinds.category
    ORDER BY score DESC, id DESC LIMIT %(most_sights)s
  ) AS best
) AS ranked USING (id)
WHERE rank <= CASE WHEN eating THEN %(most_food)s ELSE %(most_sights)s END
ORDER BY eating, rank
"""
ALL = f"SELECT {COLUMNS} FROM places WHERE city_id = %(city_id)s ORDER BY name, id"
NEAR = f"""
SELECT {COLUMNS} FROM places
WHERE category = ANY(%(categories)s) AND lat BETWEEN %(south)s AND %(north)s
  AND (lon BETWEEN %(west)s AND %(east)s
       OR lon BETWEEN %(west)s - 360 AND %(east)s - 360
       OR lon BETWEEN %(west)s + 360 AND %(east)s + 360)
"""
REMOVE = "DELETE FROM places WHERE city_id = %s"
REMOVE_CITY = "DELETE FROM place_cities WHERE id = %s"
TELL = "INSERT INTO place_imports (told) VALUES (%s)"


class Written(NamedTuple):
    new: int
    changed: int  # the others were there already, just so


class CityCount(NamedTuple):
    city: City
    places: int
    updated_at: Any  # a datetime; None when there are no places


class ImportedPlaces:
    """Reads what was imported. All methods raise StorageUnavailable."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def version(self) -> int:
        """Higher after each import; 0 before the first."""
        return self._read(VERSION)[0][0] or 0

    def cities(self) -> tuple[City, ...]:
        """The cities with enough sights for a plan."""
        return tuple(
            City(*row)
            for row in self._read(CITIES, food=list(FOOD), least=LEAST_SIGHTS)
        )

    def counts(self) -> list[CityCount]:
        """All cities with their number of places."""
        return [CityCount(City(*row[:6]), *row[6:]) for row in self._read(COUNTS)]

    def places(self, city_id: str) -> tuple[Place, ...]:
        """The best places of the city: sights first, then where to eat."""
        rows = self._read(
            BEST,
            city_id=city_id,
            kinds=list(Category),
            food=list(FOOD),
            most_food=MOST_FOOD,
            most_sights=MOST_SIGHTS,
        )
        return tuple(_place(row) for row in rows)

    def all_places(self, city_id: str) -> tuple[Place, ...]:
        """All places of the city, by name."""
        return tuple(_place(row) for row in self._read(ALL, city_id=city_id))

    def near(
        self, lat: float, lon: float, *, km: float, categories: Collection[Category]
    ) -> list[tuple[float, Place]]:
        """The places of these kinds at most `km` from the point, nearest first."""
        reach = km / KM_PER_DEGREE
        narrow = math.cos(math.radians(min(89.0, abs(lat) + reach)))
        rows = self._read(
            NEAR,
            categories=list(categories),
            south=lat - reach,
            north=lat + reach,
            west=lon - reach / narrow,
            east=lon + reach / narrow,
        )
        found = [
            (distance_km(lat, lon, place.lat, place.lon), place)
            for place in map(_place, rows)
        ]
        return sorted(pair for pair in found if pair[0] <= km)

    def _read(self, statement: str, **parameters: Any) -> list[Row]:
        return self._pool.run(statement, parameters, repeatable=True)


class Incoming:
    """An import under way: nobody sees anything of it until it is done."""

    def __init__(self, cursor: psycopg.Cursor[Row]) -> None:
        self._cursor = cursor

    def put_city(self, city: City) -> None:
        self._cursor.execute(PUT_CITY, city)

    def put(self, rows: Iterable[tuple[str, Place]]) -> Written:
        """Write places of cities (by id) that are put already, each place once."""
        self._cursor.execute("TRUNCATE incoming")
        with self._cursor.copy(COPY) as copy:
            for city_id, place in rows:
                copy.write_row((city_id, *map(_value, place[: len(KEPT)])))
        new = [row[0] for row in self._cursor.execute(PUT_PLACES).fetchall()]
        return Written(sum(new), len(new) - sum(new))

    def remove(self, city_id: str) -> int:
        """Delete the city with its places; how many there were."""
        removed = self._cursor.execute(REMOVE, [city_id]).rowcount
        self._cursor.execute(REMOVE_CITY, [city_id])
        return removed

    def tell(self, words: str) -> None:
        """Note what was done, by which readers learn that there is something new."""
        self._cursor.execute(TELL, [words])


@contextmanager
def importing(database: Database) -> Iterator[Incoming]:
    """One transaction; what raises inside of it leaves everything as it was.

    ConfigurationError if another import runs; StorageUnavailable.
    """
    try:
        with database.connect() as connection, connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            try:
                cursor.execute(ALONE)
            except LockNotAvailable as exc:
                raise ConfigurationError(
                    "Another import is running. Try again when it has ended."
                ) from exc
            cursor.execute(STAGE)
            yield Incoming(cursor)
    except (psycopg.Error, SQLAlchemyError) as exc:
        raise StorageUnavailable(
            f"The database refused the import ({type(exc).__name__}); nothing changed."
        ) from exc


def _value(fact: Any) -> Any:
    """As PostgreSQL takes it: psycopg makes arrays of lists, and rows of tuples."""
    return list(fact) if isinstance(fact, tuple) else fact


def _place(row: Row) -> Place:
    place = Place(*row)
    return place._replace(
        category=Category(place.category),
        interests=tuple(map(Interest, place.interests)),
        diets=tuple(map(Diet, place.diets)),
        wheelchair=place.wheelchair and Access(place.wheelchair),
    )
