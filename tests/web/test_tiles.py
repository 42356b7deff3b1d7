"""The ground of the map: tiles of a server, or an operator's own archive."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.errors import ConfigurationError
from itinerary_app.web.startup import verify
from tests.live import free_port
from tests.maps import sea
from tests.web.test_pages import Traveller

ELSEWHERE = "pmtiles:https://maps.example/world.pmtiles"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return sea(tmp_path / "city.pmtiles", lon=75.8, lat=26.9)


@pytest.fixture
def own(settings: Settings, archive: Path) -> FlaskClient:
    """A client of an app with an archive of its own."""
    return create_app(replace(settings, tile_url=f"pmtiles:{archive}")).test_client()


def test_an_archive_of_ones_own_is_handed_out_in_parts(
    own: FlaskClient, archive: Path
) -> None:
    """As browsers ask for it, and may keep each for an hour."""
    part = own.get("/map.pmtiles", headers={"Range": "bytes=0-126"}, buffered=True)
    assert part.status_code == 206
    assert part.data == archive.read_bytes()[:127]
    assert part.headers["ETag"]
    assert part.cache_control.max_age == 3600


@pytest.mark.parametrize(
    "asked", ["", "bytes=0-", "bytes=-5", "bytes=0-5000000", "bytes=0-1,4-5", "pages=1"]
)
def test_nobody_takes_all_of_it(own: FlaskClient, asked: str) -> None:
    """It may have a hundred gigabytes: without one short range there is none."""
    answer = own.get("/map.pmtiles", headers={"Range": asked} if asked else {})
    assert answer.status_code == 416


def test_without_an_archive_there_is_none(client: FlaskClient) -> None:
    """Nor is there when another host has it."""
    assert client.get("/map.pmtiles").status_code == 404


def test_an_archive_of_ones_own_tells_nobody(own: FlaskClient) -> None:
    """No other host is in the policy, nor in what the privacy page says."""
    policy = own.get("/").headers["Content-Security-Policy"]
    assert "img-src 'self' data:;" in policy
    assert "connect-src 'self';" in policy
    assert "delivers the maps" not in own.get("/privacy").text


def test_an_archive_elsewhere_is_fetched_by_the_browser(settings: Settings) -> None:
    """The policy lets it, and the privacy page says who sees that."""
    client = create_app(replace(settings, tile_url=ELSEWHERE)).test_client()
    answer = client.get("/privacy")
    policy = answer.headers["Content-Security-Policy"]
    assert "img-src 'self' data:;" in policy
    assert "connect-src 'self' https://maps.example;" in policy
    assert "<strong>maps.example</strong> delivers the maps" in answer.text


def test_an_archive_that_cannot_be_is_told_at_the_start(tmp_path: Path) -> None:
    """With its name, and what is wrong."""
    for named, wrong in [
        (tmp_path / "none.pmtiles", "file that cannot be read"),
        (tmp_path / "city.mbtiles", "ends with .pmtiles"),
    ]:
        with pytest.raises(ConfigurationError, match=wrong) as told:
            verify(
                Settings.from_env(
                    {
                        "APP_ENV": "development",
                        "DATABASE_URL": "memory:",
                        "PORT": str(free_port()),
                        "TILE_URL": f"pmtiles:{named}",
                        "WEB_CONCURRENCY": "1",
                    }
                )
            )
        assert str(named) in str(told.value)


def test_the_map_is_told_where_its_archive_is(own: FlaskClient) -> None:
    """By an address of this server, never by the path of the file."""
    page = Traveller(own).plans()
    assert '"tiles": "pmtiles:/map.pmtiles"' in page.html
    assert "city.pmtiles" not in page.html
