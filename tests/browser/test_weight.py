"""What a first visit costs on a phone's network, served as in production."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import plan
from tests.live import LiveServer

START, TRIP = 60_000, 110_000  # bytes with all that the page loads, compressed


@pytest.fixture
def production(made: Path, tmp_path: Path) -> Iterator[str]:
    server = LiveServer(
        tmp_path / "production",
        APP_ENV="production",
        SECRET_KEY="Zq3vJx8mKp2Lw7nRt5yBc9dFg4hAs6eU",
        ALLOWED_HOSTS="localhost",
    )
    server.begin_with(made)
    server.start()
    yield server.url
    server.stop()


def transferred(page: Page, url: str) -> int:
    """The bytes of a load, with headers."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []

    def note(event: dict[str, Any]) -> None:
        sizes.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", note)
    page.goto(url, wait_until="networkidle")
    return sum(sizes)


def test_a_first_visit_is_light(open_page: OpenPage, production: str) -> None:
    """The start page, and a trip that one never saw: with the map's code, in kB."""
    page = open_page(base_url=production)
    plan(page, "4 days in Rome, we love history and food")
    trip = page.url.partition("#")[0]
    fresh = open_page(base_url=production)
    fresh.context.add_cookies(page.context.cookies())
    fresh.goto("about:blank")
    fresh.context.new_cdp_session(fresh).send("Network.clearBrowserCache")
    assert 80_000 < transferred(fresh, trip) < TRIP
    fresh.goto("about:blank")
    fresh.context.new_cdp_session(fresh).send("Network.clearBrowserCache")
    assert 30_000 < transferred(fresh, "/") < START
