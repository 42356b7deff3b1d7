"""An operator's own map is drawn below the plan, without anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import plan
from tests.browser.test_own import adding
from tests.live import LiveServer
from tests.maps import sea
from tests.waiting import until

WATER = [128, 222, 234]  # red, green and blue, of the light style
COLOURS = """(map) => [...document.querySelectorAll(`${map} canvas`)].map((tile) =>
  [...tile.getContext("2d").getImageData(9, 9, 1, 1).data.slice(0, 3)])"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map of Jaipur, to which `plan` goes."""
    folder = tmp_path_factory.mktemp("maps")
    return sea(folder / "city.pmtiles", lon=75.82, lat=26.92)


@pytest.fixture(scope="module")
def with_map(
    made: Path, archive: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """A server whose operator has a map as one file."""
    server = LiveServer(
        tmp_path_factory.mktemp("with_map"),
        TILE_URL=f"pmtiles:{archive}",
        WEB_CONCURRENCY="1",
    )
    server.begin_with(made)
    server.start()
    yield server
    server.stop()


def test_the_map_is_drawn_from_the_archive(
    with_map: LiveServer, open_page: OpenPage, complaints: list[str]
) -> None:
    """All tiles in view, under our policy, from nobody but us."""
    page = open_page(base_url=with_map.url)
    hosts = set[str]()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    plan(page)
    until(lambda: page.evaluate(COLOURS, "#map-canvas").count(WATER) > 4)
    expect(page.locator("#map-note")).to_be_hidden()
    expect(page.get_by_role("link", name="© OpenStreetMap")).to_be_visible()
    assert hosts == {with_map.url.split("/")[2]}
    assert complaints == []


def test_a_place_of_ones_own_is_pointed_out_on_it(
    with_map: LiveServer, open_page: OpenPage
) -> None:
    """The small map of the form has the same ground."""
    page = open_page(base_url=with_map.url)
    plan(page)
    adding(page)
    until(lambda: page.evaluate(COLOURS, "#own-map").count(WATER) > 0)


def test_a_map_that_is_gone_is_told(
    with_map: LiveServer, archive: Path, open_page: OpenPage
) -> None:
    """The plan is on plain ground, and says so."""
    away = archive.rename(archive.with_suffix(".away"))
    page = open_page(base_url=with_map.url)
    plan(page)
    expect(page.locator("#map-note")).to_be_visible()
    expect(page.locator(".map-pin").first).to_be_visible()
    away.rename(archive)
