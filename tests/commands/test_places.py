"""flask places import, fetch, list, check and remove, and what travellers see of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from itinerary_app.app import create_app
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.config import Settings
from itinerary_app.current import KEY
from tests.imports.conftest import LIMA, node, overpass
from tests.imports.overpass_server import Server
from tests.web.test_pages import Traveller

Run = Callable[..., Result]
SIGHTS = ("museum", "gallery", "viewpoint", "zoo", "attraction")


def make_app(
    url: str, instance: Path, overpass_url: str = "http://127.0.0.1:1/"
) -> Flask:
    return create_app(
        Settings(
            environment="development",
            secret_key="x" * 40,
            storage_url=url,
            instance_path=instance,
            overpass_url=overpass_url,
        )
    )


def run(app: Flask, *arguments: str, **options: Any) -> Result:
    return app.test_cli_runner().invoke(args=["places", *arguments], **options)


def lima() -> list[dict[str, Any]]:
    """Twenty sights and ten restaurants, all around the centre."""
    sights = [
        node(key, tourism=SIGHTS[key % 5], name=f"Sight {key}") for key in range(1, 21)
    ]
    food = [
        node(key, tourism="", amenity="restaurant", name=f"Kitchen {key}")
        for key in range(21, 31)
    ]
    return [*sights, *food]


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(database_url, tmp_path)
    yield app
    app.extensions[KEY].storage.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lima.json"
    path.write_text(overpass(*lima(), node(99, tourism="hotel", name="Inn")))
    return path


def test_import_tells_what_it_did(app: Flask, file: Path) -> None:
    """Numbers by city, what was left out and why; the second time nothing is new."""
    first = run(app, "import", str(file))
    assert first.exit_code == 0, first.output
    assert "31 entries read: 30 places new, 0 changed, 0 there already." in first.output
    assert "30  Lima" in first.output
    assert "1  no kind of place that travellers visit" in first.output
    assert "node/99 Inn" in first.output
    assert "30 there already" in run(app, "import", str(file)).output


def test_a_broken_file_is_an_error(app: Flask, tmp_path: Path) -> None:
    """The file, the place of the fault, and that nothing was imported."""
    path = tmp_path / "broken.json"
    path.write_text(overpass(*lima())[:-5])
    result = run(app, "import", str(path))
    assert result.exit_code == 1
    assert "broken.json, after element 29: broken JSON" in result.output
    assert "Nothing was imported." in result.output
    assert "Lima" not in run(app, "list").output


def test_only_one_city_is_imported(app: Flask, file: Path) -> None:
    """--city leaves out what lies elsewhere; a name that is none is refused."""
    other = run(app, "import", str(file), "--city", "Cusco")
    assert "30  outside of the city, or of any" in other.output
    unknown = run(app, "import", str(file), "--city", "Limmma")
    assert unknown.exit_code == 1
    assert "There is no city 'Limmma'." in unknown.output


def test_fetch_asks_once(
    database_url: str,
    tmp_path: Path,
    remote: Server,
) -> None:
    """A city that has no places gets them; the answer is kept, and its age told."""
    app = make_app(database_url, tmp_path, remote.url)
    remote.answers = [(200, {}, overpass(*lima()).encode())]
    first = run(app, "fetch", "Lima")
    assert first.exit_code == 0, first.output
    assert "Lima, PE: 23.7 km around -12.0432, -77.0282" in first.output
    assert "30 places new" in first.output
    again = run(app, "fetch", "lima")
    assert "Using the answer of 0 minutes ago; --fresh asks again." in again.output
    assert "30 there already" in again.output
    assert len(remote.queries) == 1


def test_fetch_from_a_server_that_is_away(app: Flask) -> None:
    """The setting is named, and nothing is changed."""
    result = run(app, "fetch", "Lima")
    assert result.exit_code == 1
    assert "OVERPASS_URL" in result.output


def test_list(app: Flask, file: Path) -> None:
    """Cities with their numbers, a city's places, and those near a point."""
    run(app, "import", str(file))
    cities = run(app, "list").output
    assert "Lima                     PE       30 imported" in cities
    shipped = len(Catalogue().shipped_places(Catalogue().city("Jaipur")))
    assert f"Jaipur                   IN       {shipped} shipped" in cities
    places = run(app, "list", "Lima", "--category", "restaurant").output.splitlines()
    assert len(places) == 10
    assert "2  restaurant     Kitchen 21  (hours unknown)" in places
    near = ("list", "--near", *map(str, LIMA), "--km", "0.05")
    assert [line.split()[0] for line in run(app, *near).output.splitlines()] == [
        "22",
        "44",
    ]


@pytest.mark.parametrize("name", ["Lima", "Atlantis"])
def test_a_city_without_places_is_told(app: Flask, name: str) -> None:
    """Exit 1 and a word, rather than nothing."""
    answer = run(app, "list", name)
    assert answer.exit_code == 1
    assert name in answer.output


def test_check(app: Flask, file: Path, tmp_path: Path) -> None:
    """Shipped and imported places are in order, until a fault is imported."""
    run(app, "import", str(file))
    whole = run(app, "check")
    assert whole.exit_code == 0, whole.output
    assert "places are in order." in whole.output
    reference = tmp_path / "reference.csv"
    reference.write_text("city,country,name,lat,lon\nLima,PE,Sight 3,-12.1,-77.0\n")
    result = run(app, "check", "--reference", str(reference))
    assert result.exit_code == 1
    assert result.output.startswith("Lima: Sight 3: is ")
    assert "1 finding in" in result.output


def test_remove(app: Flask, file: Path) -> None:
    """What was imported for a city goes, when confirmed."""
    run(app, "import", str(file))
    assert run(app, "remove", "Lima", input="n\n").exit_code == 1
    assert "30 places of Lima removed." in run(app, "remove", "Lima", "--yes").output
    assert "Lima" not in run(app, "list").output


def test_other_storages_have_no_imports(tmp_path: Path, file: Path) -> None:
    """What needs PostgreSQL says so; the shipped places are listed and checked."""
    app = make_app("memory:", tmp_path)
    result = run(app, "import", str(file))
    assert result.exit_code == 1
    assert "needs PostgreSQL" in result.output
    assert run(app, "check").exit_code == 0
    assert "Jaipur" in run(app, "list").output


def test_a_trip_to_an_imported_city(
    app: Flask, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The assistant knows it, the planner plans it, the page credits its sources and
    calls unknown what is unknown; all of it without a restart.
    """
    monkeypatch.setattr("itinerary_app.catalogue.places.LOOK_EVERY", 0.0)
    listings = file.with_suffix(".csv")
    listings.write_text(
        "article,type,title,latitude,longitude\n"
        "Lima,see,Huaca Pucllana,-12.0432,-77.0282\n"
    )
    traveller = Traveller(app.test_client())
    assert "Plan a trip to Lima" not in traveller.get("/").text
    run(app, "import", str(file))
    run(app, "import", str(listings))
    assert "Plan a trip to Lima" in traveller.get("/").text
    page = traveller.plans("3 days in Lima, history and art, must see Huaca Pucllana")
    assert "3 days in Lima" in page.text
    assert "Huaca Pucllana" in page.text
    assert "Kitchen" in page.text
    assert "hours unknown" in page.text
    assert "price unknown" in page.text
    credits = page.text.split("Where the facts come from")[1]
    assert re.search(r"OpenStreetMap contributors,\s+ODbL 1\.0", credits)
    assert re.search(r"Wikivoyage \(en\),\s+CC BY-SA 4\.0", credits)
    assert 'href="https://opendatacommons.org/licenses/odbl/1-0/"' in page.html
    assert 'href="https://creativecommons.org/licenses/by-sa/4.0/"' in page.html
    assert 'href="https://www.openstreetmap.org/node/21"' in page.html
    assert 'href="https://en.wikivoyage.org/wiki/Lima#Huaca_Pucllana"' in page.html
