"""A database for imports, and files to import."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.imports.importer import Importer, Report
from itinerary_app.imports.reading import Origin
from itinerary_app.storage.database import Database
from itinerary_app.storage.places import ImportedPlaces
from itinerary_app.storage.pool import Pool

LIMA = (-12.0432, -77.0282)  # no city of cities.csv
JAIPUR = (26.9196, 75.7878)

Node = Callable[..., dict[str, Any]]
Load = Callable[..., Report]


def node(key: int, at: tuple[float, float] = LIMA, **tags: str) -> dict[str, Any]:
    """An OpenStreetMap node, by default a museum in Lima; `__` stands for a colon."""
    told = {"name": f"Museum {key}", "tourism": "museum", **tags}
    return {
        "type": "node",
        "id": key,
        "lat": at[0] + key / 5_000,
        "lon": at[1],
        "tags": {name.replace("__", ":"): value for name, value in told.items()},
    }


def overpass(*elements: dict[str, Any]) -> str:
    return json.dumps({"version": 0.6, "elements": elements})


@pytest.fixture
def imported(database: Database) -> Iterator[ImportedPlaces]:
    """What readers see."""
    pool = Pool(database, size=1)
    yield ImportedPlaces(pool)
    pool.close()


@pytest.fixture
def load(database: Database, tmp_path: Path) -> Load:
    """Import a text as a file."""

    def load(text: str | bytes, origin: Origin | None = None, **options: Any) -> Report:
        path = tmp_path / "file"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        importer = Importer(database, Catalogue().known_cities, **options)
        return importer.run(path, origin or Origin())

    return load
