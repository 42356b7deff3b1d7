"""The trip's page warns while there is time that the trip is not kept much longer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import plan
from tests.live import LiveServer


@pytest.fixture
def trip(page: Page) -> Page:
    """A trip's page whose clock the test owns; the trip was used just now."""
    page.clock.install()
    plan(page)
    return page


def test_a_warning_comes_in_time_and_is_met_by_a_click(trip: Page) -> None:
    """Ten minutes before the end, politely; “Keep it” begins the hour anew."""
    notice = trip.locator("#keeping")
    expect(notice).to_have_attribute("role", "status")
    trip.clock.fast_forward("49:00")
    expect(notice).to_be_empty()
    trip.clock.fast_forward("02:00")
    expect(notice).to_contain_text(re.compile(r"kept until \d\d:\d\d only"))
    notice.get_by_role("button", name="Keep it").click()
    expect(notice).to_be_empty()
    trip.clock.fast_forward("49:00")
    expect(notice).to_be_empty()
    trip.clock.fast_forward("02:00")
    expect(notice).to_be_visible()


def test_the_warning_offers_the_file(trip: Page) -> None:
    """The trip's own file is one click away, to be opened here again later."""
    trip.clock.fast_forward("51:00")
    with trip.expect_download() as download:
        trip.locator("#keeping").get_by_role("link", name="Save it as a file").click()
    assert re.fullmatch(r"trip-.*\.json", download.value.suggested_filename)


def test_after_the_end_nothing_is_offered(trip: Page) -> None:
    """The page is all that is left, and says so, without a file that is not there."""
    trip.clock.fast_forward("01:01:00")
    notice = trip.locator("#keeping")
    expect(notice).to_contain_text("this page is all that is left of it")
    expect(notice.locator("a, button")).to_have_count(0)


def test_any_use_takes_the_warning_away(trip: Page) -> None:
    """After a message the trip is kept for an hour again."""
    trip.clock.fast_forward("51:00")
    expect(trip.locator("#keeping")).to_be_visible()
    trip.get_by_label("Your message").fill("thank you")
    trip.keyboard.press("Enter")
    expect(trip.locator(".message.assistant")).to_have_count(2)
    expect(trip.locator("#keeping")).to_be_empty()


def test_keeping_it_may_fail(open_page: OpenPage) -> None:
    """Without an answer one is told, and may try again; the text stays."""
    trip = open_page()
    trip.clock.install()
    plan(trip)
    trip.get_by_label("Your message").fill("not sent yet")
    trip.clock.fast_forward("51:00")

    def lose(route: Route) -> None:
        route.abort()

    trip.route("**/trips/*", lose, times=1)
    button = trip.get_by_role("button", name="Keep it")
    button.click()
    expect(trip.locator("#keeping")).to_contain_text("There was no answer")
    button.click()
    expect(trip.locator("#keeping")).to_be_empty()
    expect(trip.get_by_label("Your message")).to_have_value("not sent yet")


def test_a_trip_that_is_gone_cannot_be_kept(open_page: OpenPage) -> None:
    """Deleted meanwhile: “Keep it” says that only this page is left."""
    trip = open_page()
    trip.clock.install()
    plan(trip)
    other = trip.context.new_page()
    other.goto("/trips")
    other.get_by_text("Delete").first.click()
    other.get_by_role("button", name="Delete this trip").click()
    expect(other.get_by_role("status")).to_contain_text("deleted")
    trip.clock.fast_forward("51:00")
    trip.get_by_role("button", name="Keep it").click()
    expect(trip.locator("#keeping")).to_contain_text("all that is left")


@pytest.fixture(scope="module")
def short_lived(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server whose trips live for an hour, however much they are used."""
    server = LiveServer(
        tmp_path_factory.mktemp("short"),
        SESSION_IDLE_MINUTES="60",
        SESSION_LIFETIME_HOURS="1",
    )
    server.begin_with(made)
    server.start()
    yield server.url
    server.stop()


def test_the_end_of_its_life_cannot_be_put_off(
    short_lived: str, browser: Browser
) -> None:
    """At the greatest age the notice says so, and offers the file alone."""
    page = browser.new_page(base_url=short_lived)
    page.clock.install()
    page.goto("/")
    plan(page)
    page.clock.fast_forward("51:00")
    notice = page.locator("#keeping")
    expect(notice).to_contain_text("nothing keeps it longer")
    expect(notice.get_by_role("button")).to_have_count(0)
    expect(notice.get_by_role("link", name="Save it as a file")).to_be_visible()
    page.context.close()


def test_without_javascript_the_end_is_a_time_of_day(open_page: OpenPage) -> None:
    """The sentence below the message box says until when, by UTC."""
    page = open_page(java_script_enabled=False)
    page.get_by_label("Where to, how long").fill("2 days in Kyoto")
    page.get_by_role("button", name="Plan my trip").click()
    expect(page.locator("#kept")).to_contain_text(re.compile(r"until \d\d:\d\d UTC"))
    expect(page.locator("#keeping")).to_be_empty()
