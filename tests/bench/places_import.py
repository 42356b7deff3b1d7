"""An import of 200,000 places, and the look-ups afterwards: a table on stdout.

    python -m tests.bench.places_import [--entries 200000]

The file is generated: one great city and a hundred others, with names, hours and tags
as frequent as OpenStreetMap has them. The first import, the same once more (nothing
changes), and one that changes a tenth.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sized
from pathlib import Path

from itinerary_app.catalogue import world
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.imports.importer import Importer
from itinerary_app.imports.reading import Origin
from itinerary_app.model import Category
from itinerary_app.storage.database import CONNECTION, Database
from itinerary_app.storage.places import NEAR, ImportedPlaces
from itinerary_app.storage.pool import Pool
from tests.bench.servers import Servers
from tests.conftest import migrate

KINDS = (
    ({"amenity": "restaurant"}, 34),
    ({"amenity": "cafe"}, 14),
    ({"amenity": "fast_food"}, 14),
    ({"amenity": "bar"}, 8),
    ({"amenity": "place_of_worship", "religion": "christian"}, 8),
    ({"leisure": "park"}, 8),
    ({"historic": "memorial", "wikidata": "Q1"}, 5),
    ({"tourism": "museum", "wikidata": "Q1"}, 4),
    ({"tourism": "attraction", "wikidata": "Q1", "heritage": "1"}, 3),
    ({"tourism": "viewpoint"}, 2),
)
PARIS = (48.8534, 2.3488)


def elements(number: int, chance: random.Random, *, changed: int = 0) -> Iterator[str]:
    """So many nodes; the first `changed` have another name than usual."""
    tags = [told for told, _ in KINDS]
    weights = [weight for _, weight in KINDS]
    centres = [(city.lat, city.lon) for city in world.largest(100)]
    for key in range(1, number + 1):
        lat, lon = PARIS if chance.random() < 0.5 else chance.choice(centres)
        told = dict(chance.choices(tags, weights)[0])
        told["name"] = f"{'Nouveau' if key <= changed else 'Grand'} Lieu {key}"
        told["name:en"] = f"{'New' if key <= changed else 'Great'} Place {key}"
        if chance.random() < 0.4:
            opens, closes = chance.randrange(7, 12), chance.randrange(15, 24)
            days = chance.choice(("Mo-Su", "Tu-Su", "Mo-Sa"))
            told["opening_hours"] = f"{days} {opens:02d}:00-{closes}:30; PH off"
        if chance.random() < 0.02:
            told["opening_hours"] = "by appointment, ask Mary"
        node = {
            "type": "node",
            "id": key,
            "lat": round(lat + chance.gauss(0, 0.03), 7),
            "lon": round(lon + chance.gauss(0, 0.05), 7),
            "tags": told,
        }
        yield json.dumps(node, ensure_ascii=False)


def write(path: Path, number: int, *, changed: int = 0) -> Path:
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        file.write('{"version": 0.6, "elements": [')
        for index, element in enumerate(elements(number, chance, changed=changed)):
            file.write(f"{',' if index else ''}\n{element}")
        file.write("]}")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=200_000)
    number: int = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as folder, Servers(Path(folder)) as servers:
        parameters = servers.database("places")
        migrate(**parameters)
        database = Database({**CONNECTION, **parameters})
        first = write(Path(folder) / "first.json", number)
        print(f"{number:,} entries, {first.stat().st_size / 1e6:.0f} MB")
        print("| import | seconds | new | changed | same | left out |")
        print("|---|---:|---:|---:|---:|---:|")
        again = write(Path(folder) / "again.json", number, changed=number // 10)
        for name, path in (("first", first), ("repeated", first), ("tenth", again)):
            start = time.perf_counter()
            report = Importer(database, Catalogue().known_cities).run(path, Origin())
            print(
                f"| {name} | {time.perf_counter() - start:.1f} | {report.new:,} "
                f"| {report.changed:,} | {report.same:,} "
                f"| {report.skipped.total():,} |"
            )
        servers.settle()
        look_up(database)


def look_up(database: Database) -> None:
    """How long readers wait, as the median of 50, and by which index."""
    imported = ImportedPlaces(Pool(database, size=1))
    reads: dict[str, Callable[[], Sized]] = {
        "version": lambda: range(imported.version()),
        "cities": imported.cities,
        "places of the largest city": lambda: imported.places("paris"),
        "restaurants within 1 km": lambda: imported.near(
            *PARIS, km=1, categories=[Category.RESTAURANT]
        ),
        "museums within 10 km": lambda: imported.near(
            *PARIS, km=10, categories=[Category.MUSEUM]
        ),
    }
    print("\n| look-up | found | ms |\n|---|---:|---:|")
    for name, read in reads.items():
        seconds = []
        for _ in range(50):
            start = time.perf_counter()
            found = len(read())
            seconds.append(time.perf_counter() - start)
        print(f"| {name} | {found:,} | {1000 * sorted(seconds)[25]:.2f} |")
    with database.connect() as connection:
        around = {"south": 48.84, "north": 48.86, "west": 2.33, "east": 2.36}
        wanted = {**around, "categories": [Category.RESTAURANT]}
        plan = connection.execute(f"EXPLAIN {NEAR}", wanted).fetchall()
    print("\n" + "\n".join(row[0] for row in plan))


if __name__ == "__main__":
    main()
