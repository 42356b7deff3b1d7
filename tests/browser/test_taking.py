"""The plan leaves the browser: copied, printed, downloaded, and seen by another."""

from __future__ import annotations

import re
from pathlib import Path

import gpxpy
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import WISH, plan
from tests.browser.test_phone import TOUR


def test_a_file_is_downloaded(page: Page) -> None:
    """A click saves the file under its name, and the page stays."""
    plan(page)
    page.get_by_text("Take it with you").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="GPX").click()
    assert download.value.suggested_filename == "3-days-in-jaipur.gpx"
    waypoints = gpxpy.parse(Path(download.value.path()).read_text()).waypoints
    expect(page.locator(".stop")).to_have_count(len(waypoints))


def test_the_plan_is_printed_alone(page: Page) -> None:
    """“Print” opens the browser's dialogue; on paper are the days and nothing else."""
    plan(page)
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_text("Take it with you").click()
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".day")).to_have_count(3)
    expect(page.locator(".day").last).to_be_visible()
    expect(page.locator(".paper:visible")).to_have_count(3)
    expect(page.locator(".credits")).to_be_visible()
    for hidden in ("#chat", "#composer", "#map", ".take", "header.site", ".checks"):
        expect(page.locator(hidden)).to_be_hidden()
    assert not any(it.is_visible() for it in page.locator("button, .change").all())


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("wish", [WISH, TOUR])
def test_a_day_is_a_page_at_the_most(page: Page, paper: str, wish: str) -> None:
    """With what is good to know on the last one: none is nearly empty."""
    plan(page, wish)
    printed = page.pdf(format=paper, prefer_css_page_size=False)
    pages = len(re.findall(rb"/Type /Page\b", printed))
    assert 1 <= pages <= page.locator(".day").count()


def test_another_browser_sees_the_shared_plan(
    open_page: OpenPage, complaints: list[str]
) -> None:
    """The copied link shows days and map to somebody else, on a phone too."""
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    plan(page)
    page.get_by_text("Share", exact=True).click()
    page.get_by_role("button", name="Share this plan").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    visitor = open_page(width=360, height=740)
    visitor.goto(link)
    expect(visitor.locator(".day")).to_have_count(3)
    expect(visitor.locator(".map-pin").first).to_be_visible()
    assert visitor.evaluate("document.documentElement.scrollWidth") == 360
    assert complaints == []
