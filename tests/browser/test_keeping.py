"""The trip's page warns while there is time that the trip is not kept much longer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import plan
from tests.live import LiveServer

KOLKATA = ZoneInfo("Asia/Kolkata")


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


def test_both_ends_are_told_by_the_clock_of_the_traveller(
    open_page: OpenPage,
) -> None:
    """Not one by theirs and the other by UTC: a day lies between them, and an hour."""
    page = open_page(timezone_id="Asia/Kolkata")
    plan(page)
    kept = page.locator("#kept")
    expect(kept).not_to_contain_text("UTC")
    ends = [
        datetime.fromisoformat(it.get_attribute("datetime") or "").astimezone(KOLKATA)
        for it in kept.locator("p time").all()
    ]
    assert len(ends) == 2
    for end, time in zip(ends, kept.locator("p time").all(), strict=True):
        late = end + timedelta(seconds=30)  # by which the machine's clock is read
        expect(time).to_contain_text(re.compile(f"{end:%H:%M}|{late:%H:%M}"))
    expect(kept.locator("p time").last).to_contain_text(f"{ends[1]:%-d %b %Y}")


def test_the_warning_offers_the_file(trip: Page) -> None:
    """The trip's own file is one click away, to be opened here again later."""
    trip.clock.fast_forward("51:00")
    with trip.expect_download() as download:
        trip.locator("#keeping").get_by_role("link", name="Save it as a file").click()
    assert re.fullmatch(r"trip-.*\.json", download.value.suggested_filename)


def test_after_the_end_the_page_can_be_begun_anew_from(trip: Page) -> None:
    """The page is all that is left, and says so, without a file that is not there:
    plan and talk become a new trip, also where the secret has gone with the old one.
    """
    stops = trip.locator("#plan .stop").all_inner_texts()
    trip.clock.fast_forward("01:01:00")
    notice = trip.locator("#keeping")
    expect(notice).to_contain_text("this page is all that is left of it")
    expect(notice.locator("a")).to_have_count(0)
    trip.context.clear_cookies()
    before = trip.url
    notice.get_by_role("button", name="Begin anew from this page").click()
    trip.wait_for_url(lambda url: "/trips/" in url and url != before)
    expect(trip.locator("#plan .stop")).to_have_count(len(stops))
    assert trip.locator("#plan .stop").all_inner_texts() == stops
    expect(trip.locator(".message")).to_have_count(2)


def test_a_click_keeps_it_for_a_month(trip: Page) -> None:
    """It says so and asks no more: neither in an hour nor in a week; one stays where
    one is, what is typed too, and what was on the page is still for now.
    """
    trip.get_by_label("Your message").fill("not sent yet")
    trip.get_by_role("button", name="Keep for 30 days").click()
    expect(trip.locator("#said")).to_contain_text("Kept 30 days after last use")
    expect(trip.get_by_label("Your message")).to_have_value("not sent yet")
    expect(trip.locator(".message")).to_have_count(2)
    trip.clock.fast_forward("51:00")
    expect(trip.locator("#keeping")).to_be_empty()
    trip.locator("#next .chips button").first.click()
    expect(trip.locator(".message")).to_have_count(4)
    expect(trip.locator("#conversation")).not_to_contain_text("changed meanwhile")
    trip.clock.fast_forward(28 * 24 * 3_600_000 + 60_000)
    notice = trip.locator("#keeping")
    expect(notice).to_contain_text("is kept until")
    expect(notice.get_by_role("button", name="Keep it")).to_be_visible()


def test_kept_only_as_usual_again(trip: Page) -> None:
    """By the button in the place of the other one."""
    trip.get_by_role("button", name="Keep for 30 days").click()
    trip.get_by_role("button", name="Keep only 60 minutes").click()
    expect(trip.locator("#kept")).to_contain_text("Kept 60 minutes after last use")
    trip.clock.fast_forward("51:00")
    expect(trip.locator("#keeping")).to_contain_text("Not used for a while")


def test_the_warning_offers_the_month(trip: Page) -> None:
    """Beside the hour."""
    trip.clock.fast_forward("51:00")
    notice = trip.locator("#keeping")
    notice.get_by_role("button", name="Keep for 30 days").click()
    expect(notice).to_be_empty()
    expect(trip.locator("#kept")).to_contain_text("Kept 30 days after last use")


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
        SESSION_KEEP_DAYS="0",
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
