"""The operators' page in a real browser: it draws, fits, and nothing complains."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.live import ANALYTICS_PASSWORD

CREDENTIALS = {"username": "operator", "password": ANALYTICS_PASSWORD}
SURFACE = {"light": "rgb(255, 255, 255)", "dark": "rgb(25, 35, 42)"}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_charts_fit_every_screen(
    open_page: OpenPage, complaints: list[str], width: int, scheme: str
) -> None:
    """No error, no breach of the policy, no scrolling sideways, also with a table
    open; the arrow keys read the days."""
    page = open_page(width=width, color_scheme=scheme, http_credentials=CREDENTIALS)
    page.goto("/analytics")
    expect(page.locator(".chart")).to_have_count(12)
    expect(page.locator(".chart").first).to_have_css(
        "background-color", SURFACE[scheme]
    )
    day = page.get_by_role("slider", name="Day")
    day.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    readout = re.compile(r"^\d{4}-\d\d-\d\d: \d+ started, \d+ planned, \d+ abandoned$")
    expect(page.locator("[data-readout]")).to_have_text(readout)
    expect(day).to_have_attribute("aria-valuenow", "2")
    page.locator("#days summary").click()
    expect(page.locator("#days table")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert complaints == []


def test_a_download_is_the_table(open_page: OpenPage, complaints: list[str]) -> None:
    """The link beside a chart saves its CSV, with the password already given."""
    page = open_page(http_credentials=CREDENTIALS)
    page.goto("/analytics")
    with page.expect_download() as download:
        page.locator("#funnel").get_by_role("link").click()
    assert download.value.suggested_filename.startswith("funnel_")
    told = download.value.path().read_text()
    assert told.startswith("step,sessions,percent of started")
    assert complaints == []
