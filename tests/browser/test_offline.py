"""Without a network: what was opened opens again, says so, and is nobody else's."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import EDIT, plan, said, say
from tests.browser.test_companions import invite, join
from tests.faults import frozen
from tests.live import ANALYTICS_PASSWORD, LiveServer
from tests.waiting import until

KEPT = """async () => {
  const pages = await caches.open("pages");
  return (await pages.keys()).map(({ url }) => new URL(url).pathname);
}"""
KEPT_TEXT = """async () => {
  const pages = await caches.open("pages");
  return (await pages.match(location.pathname)).text();
}"""
WITHOUT_WORKER = """async () => {
  await (await navigator.serviceWorker.ready).unregister();
  await caches.delete("pages");
}"""
OPERATOR = {"username": "operator", "password": ANALYTICS_PASSWORD}


@pytest.fixture
def trip(open_page: OpenPage) -> Page:
    """A planned trip on a phone, with the pages of its stops kept."""
    page = open_page(width=390, height=844, has_touch=True, service_workers="allow")
    controlled(page)
    plan(page)
    is_kept(page, f"{path(page)}/offline")
    return page


def path(page: Page) -> str:
    return str(page.evaluate("location.pathname"))


def kept(page: Page) -> list[str]:
    """The paths of the pages that this browser keeps, but for the stand-in."""
    return [it for it in page.evaluate(KEPT) if it != "/offline"]


def is_kept(page: Page, path: str) -> None:
    until(lambda: path in kept(page))


def is_forgotten(page: Page, path: str) -> None:
    until(lambda: path not in kept(page))


def controlled(page: Page) -> Page:
    """The page, once the worker stands between it and the network."""
    until(lambda: page.evaluate("navigator.serviceWorker.controller !== null"))
    return page


def without_network(page: Page) -> None:
    """Loaded anew, as one opens it on the street."""
    page.context.set_offline(True)
    page.reload()
    page.wait_for_load_state("load")


def test_a_trip_opens_as_last_seen(trip: Page, complaints: list[str]) -> None:
    """The plan, the pins of its map and the pages of its stops; it says as of when."""
    names = trip.locator(".stop h3").all_inner_texts()
    without_network(trip)
    expect(trip.locator("#offline")).to_contain_text("No connection: this is as of ")
    assert trip.locator(".stop h3").all_inner_texts() == names
    trip.get_by_role("link", name="Map", exact=True).tap()
    expect(trip.locator(".map-pin")).to_have_count(len(names))
    trip.get_by_role("link", name="Plan", exact=True).tap()
    trip.locator("#stop-1-1 .change").tap()
    hand = trip.locator("#hand")
    expect(hand).to_contain_text("No connection: this is as of ")
    expect(hand.get_by_role("link", name="OpenStreetMap")).to_be_visible()
    expect(hand.get_by_role("button", name="Leave it out")).to_be_hidden()
    hand.get_by_text("Back to the plan").tap()
    trip.locator("#day-2 .change").first.tap()
    expect(hand.get_by_role("heading", level=1)).to_have_text("Day 2")
    assert complaints == []


def test_what_was_changed_in_place_is_what_is_kept(trip: Page) -> None:
    """No load of a page is needed after a change."""
    say(trip, "make it 2 days")
    expect(trip.locator(".day")).to_have_count(2)
    until(lambda: 'id="day-3"' not in trip.evaluate(KEPT_TEXT))
    without_network(trip)
    expect(trip.locator("#offline")).to_contain_text("as of")
    expect(trip.locator(".day")).to_have_count(2)
    expect(trip.locator("#said")).to_be_empty()


def test_nothing_is_sent_until_one_is_back_and_then_once(trip: Page) -> None:
    """What is typed stays, is sent when there is a network, and said once."""
    without_network(trip)
    say(trip, EDIT)
    expect(trip.locator("#offline")).to_contain_text("nothing was sent")
    expect(trip.get_by_label("Your message")).to_have_value(EDIT)
    trip.reload()
    trip.wait_for_load_state("load")
    expect(trip.get_by_label("Your message")).to_have_value(EDIT)
    trip.context.set_offline(False)
    expect(trip.locator("#offline")).to_have_count(0)
    expect(trip.get_by_label("Your message")).to_have_value(EDIT)
    trip.get_by_role("button", name="Send").click()
    expect(trip.locator(".message.assistant")).to_have_count(2)
    trip.reload()
    assert said(trip, "user") == 2


def test_the_same_wish_twice_from_a_kept_page_is_two(trip: Page) -> None:
    """The form of a kept page was used already: what it says later is said anew."""
    say(trip, EDIT)
    expect(trip.locator(".message.assistant")).to_have_count(2)
    without_network(trip)
    say(trip, EDIT)
    trip.context.set_offline(False)
    expect(trip.locator("#offline")).to_have_count(0)
    trip.get_by_role("button", name="Send").click()
    expect(trip.locator(".message.assistant")).to_have_count(3)


def test_a_wish_is_not_lost_without_a_network(open_page: OpenPage) -> None:
    """The start page says that it was not sent, and has it after a reload."""
    page = open_page(service_workers="allow")
    controlled(page)
    page.context.set_offline(True)
    page.get_by_label("Where to, how long").fill("2 days in Kyoto for temples")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("nothing was sent")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    field = page.get_by_label("Where to, how long")
    expect(field).to_have_value("2 days in Kyoto for temples")
    field.press("Enter")
    expect(page.locator(".day")).to_have_count(2)
    page.wait_for_load_state("load")
    page.goto("/")
    expect(field).to_have_value("")


def test_a_form_without_a_network_says_that_it_was_not_sent(trip: Page) -> None:
    """Then one is at an address that can be tried again."""
    trip.get_by_role("link", name="Plan", exact=True).tap()
    trip.get_by_text("Share", exact=True).tap()
    trip.context.set_offline(True)
    trip.get_by_role("button", name="Share this plan").tap()
    expect(trip.get_by_role("heading", level=1)).to_have_text("No connection")
    expect(trip.locator("main")).to_contain_text("Nothing was sent")
    trip.context.set_offline(False)
    trip.get_by_role("link", name="Try again").tap()
    expect(trip.get_by_role("heading", level=1)).to_have_text("My trips")


def test_what_is_kept_is_found_from_any_page(trip: Page) -> None:
    """A page that is not kept lists those that are."""
    trip.context.set_offline(True)
    trip.goto("/trips")
    expect(trip.get_by_role("heading", level=1)).to_have_text("No connection")
    trip.locator("#kept-here a").click()
    expect(trip.locator("h1")).to_have_text("3 days in Jaipur")


def test_another_traveller_gets_nothing_of_it(trip: Page) -> None:
    """With another secret in the browser the pages of the one before are gone."""
    address = path(trip)
    trip.context.clear_cookies()
    trip.goto("/")
    is_forgotten(trip, address)
    assert kept(trip) == []


@pytest.mark.parametrize("what", ["Erase everything", "Sign out …"])
def test_who_erases_or_signs_out_keeps_nothing(trip: Page, what: str) -> None:
    """Neither page nor stops, whether the trip is still there or not."""
    trip.goto("/privacy")
    trip.locator("summary", has_text=what).click()
    trip.locator("details[open] .danger").click()
    expect(trip.get_by_role("status")).to_contain_text("signed out")
    assert kept(trip) == []


def test_a_deleted_trip_is_not_kept(trip: Page) -> None:
    """Deleted on the list of trips, it does not open without a network either."""
    address = path(trip)
    trip.goto("/trips")
    trip.get_by_text("Delete").first.click()
    trip.get_by_role("button", name="Delete this trip").click()
    expect(trip.get_by_role("status")).to_contain_text("deleted")
    is_forgotten(trip, address)
    assert kept(trip) == []


def test_a_companion_who_was_dismissed_keeps_nothing(
    trip: Page, open_page: OpenPage
) -> None:
    """From the next time on that there is a network."""
    trip.get_by_role("link", name="Plan", exact=True).tap()
    ben = open_page(service_workers="allow")
    controlled(ben)
    join(ben, invite(trip, "look"))
    address = path(ben)
    is_kept(ben, address)
    ben.goto("/trips")
    trip.reload()
    trip.get_by_role("button", name="Dismiss").click()
    expect(trip.locator("#companions")).not_to_contain_text("Companion 1")
    ben.goto(address)
    is_forgotten(ben, address)


def test_a_shared_plan_is_kept_too(trip: Page, open_page: OpenPage) -> None:
    """By whoever opened its link, even as the first page of all."""
    trip.get_by_role("link", name="Plan", exact=True).tap()
    trip.get_by_text("Share", exact=True).click()
    trip.get_by_role("button", name="Share this plan").click()
    link = trip.locator("#share-link").get_attribute("href")
    assert link
    visitor = open_page(service_workers="allow")
    visitor.context.clear_cookies()
    visitor.goto(link)
    is_kept(visitor, path(visitor))
    without_network(visitor)
    expect(visitor.locator("#offline")).to_contain_text("as of")
    expect(visitor.locator(".day")).to_have_count(3)
    visitor.context.set_offline(False)
    visitor.get_by_role("link", name="Show it as it is now").click()
    expect(visitor.locator(".day")).to_have_count(3)
    expect(visitor.locator("#offline")).to_have_count(0)


def test_a_page_that_the_worker_came_upon_is_kept(trip: Page) -> None:
    """It came from the network just before the worker of another tab was there."""
    address = trip.url
    trip.evaluate(WITHOUT_WORKER)
    trip.goto("about:blank")
    held: list[Route] = []
    trip.route("**/app.js", lambda route: held.append(route))
    trip.goto(address, wait_until="commit")
    other = trip.context.new_page()
    other.goto("/privacy")
    controlled(other)
    controlled(trip)
    held.pop().continue_()
    is_kept(trip, path(trip))


def test_pages_of_operators_are_not_kept(open_page: OpenPage) -> None:
    """Nor lists, privacy, versions and what is only looked at."""
    page = open_page(service_workers="allow", http_credentials=OPERATOR)
    controlled(page)
    for address in ("/analytics", "/audit", "/privacy", "/trips"):
        page.goto(address)
    assert kept(page) == []


@pytest.fixture
def halting(made: Path, tmp_path: Path) -> Iterator[LiveServer]:
    """A server of the test's own."""
    server = LiveServer(tmp_path / "halting", WEB_CONCURRENCY="1")
    server.begin_with(made)
    server.start()
    yield server
    server.stop()


def test_a_slow_network_is_not_waited_for(
    open_page: OpenPage, halting: LiveServer
) -> None:
    """After some seconds the kept page is there; what is new comes by itself."""
    page = open_page(service_workers="allow", base_url=halting.url)
    controlled(page)
    plan(page)
    is_kept(page, f"{path(page)}/offline")
    assert halting.process is not None
    ask = ["pgrep", "-P", str(halting.process.pid)]
    workers = subprocess.run(ask, capture_output=True, text=True, check=True)
    with frozen([int(it) for it in workers.stdout.split()]):
        page.reload()
        expect(page.locator("#offline")).to_contain_text("as of")
        expect(page.locator(".day")).to_have_count(3)
    expect(page.locator("#offline")).to_have_count(0)
