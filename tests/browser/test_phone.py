"""On a phone the plan begins on the first screen, and cities are told apart."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import WISH, plan

TOUR = (
    "6 days in Rome and Florence from 24 December 2027, relaxed, vegetarian, history "
    "and food, with two kids, low budget, not before 9:30"
)
Phone = Callable[[str], Page]


@pytest.fixture
def phone(open_page: OpenPage, complaints: list[str]) -> Phone:
    def planned(wish: str) -> Page:
        page = open_page(width=390, height=844, has_touch=True)
        plan(page, wish)
        return page

    return planned


@pytest.mark.parametrize("wish", [WISH, TOUR])
def test_the_first_stop_is_on_the_first_screen(phone: Phone, wish: str) -> None:
    """Whole, above the field that one writes into, however much was wished."""
    page = phone(wish)
    page.get_by_role("link", name="See your plan").tap()
    expect(page.locator("#stop-1-1")).to_be_in_viewport()
    card = page.locator("#stop-1-1 .stop-body").bounding_box()
    field = page.locator("#composer").bounding_box()
    assert card
    assert field
    assert card["y"] + card["height"] <= field["y"]
    summaries = page.locator("#take > details > summary")
    tops = {box["y"] for it in summaries.all() if (box := it.bounding_box())}
    assert len(tops) == 1


@pytest.mark.parametrize("wish", [WISH, TOUR])
def test_the_first_answer_leads_to_the_plan(phone: Phone, wish: str) -> None:
    """Its link is on the first screen, and no notice lies over the plan then."""
    page = phone(wish)
    link = page.get_by_role("link", name="See your plan")
    expect(link).to_be_in_viewport()
    link.tap()
    expect(page.locator("#said")).to_be_empty()


def test_under_way_the_plan_opens_at_today(
    open_page: OpenPage, complaints: list[str]
) -> None:
    """By the calendar of where one is, in plan and links, also after a change; unless
    another part of the page is asked for, and before and after the trip.
    """
    page = open_page(width=390, height=844, has_touch=True, timezone_id="Asia/Tokyo")
    plan(page, TOUR)
    trip = page.url.partition("#")[0]
    page.clock.set_fixed_time("2027-12-24T16:00Z")  # in Tokyo it is the 25th
    page.goto("/trips")
    page.goto(trip)
    expect(page.locator("#stop-2-1")).to_be_in_viewport()
    marked = page.locator("h2, #days a").filter(has_text="today")
    expect(marked).to_have_text(["Day 2today", re.compile("25 Dec *today")])
    expect(page.locator("#days [aria-current]")).to_have_text("Day 2today")
    page.locator("#day-2 .change").first.tap()
    page.get_by_role("button", name="Make it calmer").tap()
    expect(page.locator("#said")).to_contain_text("Day 2")
    expect(marked).to_have_count(2)
    page.goto("/trips")
    page.goto(f"{trip}#chat")
    expect(page.locator("#chat")).to_be_visible()
    page.clock.set_fixed_time("2027-12-28T16:00Z")
    page.goto("/trips")
    page.goto(trip)
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator("#days a", has_text="today")).to_be_in_viewport(ratio=1)
    page.clock.set_fixed_time("2027-12-31T16:00Z")
    page.goto("/trips")
    page.goto(trip)
    expect(page.locator("#chat")).to_be_visible()
    expect(marked).to_have_count(0)
    assert complaints == []


def test_what_is_open_stays_open(phone: Phone) -> None:
    """Sharing shows the link at once; a change folds nothing."""
    page = phone(WISH)
    page.get_by_role("link", name="See your plan").tap()
    page.get_by_text("Share", exact=True).tap()
    page.get_by_role("button", name="Share this plan").tap()
    expect(page.locator("#share-link")).to_be_visible()
    page.get_by_text("Travel together").tap()
    page.locator("#day-1 .change").first.tap()
    page.get_by_role("button", name="Shortest order").tap()
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(page.locator("#share-link")).to_be_visible()
    expect(page.get_by_role("button", name="Invite to look")).to_be_visible()


def test_cities_are_signs_until_one_goes_there(
    phone: Phone, complaints: list[str]
) -> None:
    """A map of both has no heap of pins; each city's own map has all of its stops."""
    page = phone(TOUR)
    page.get_by_role("link", name="Map", exact=True).tap()
    signs = page.locator(".map-city")
    expect(signs).to_have_text(["Rome days 1–3", "Florence days 4–6"])
    expect(page.locator(".map-pin")).to_have_count(0)
    for sign in signs.locator("span").all():
        expect(sign).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Show Florence, days 4–6").press("Enter")
    stops = sum(page.locator(f"#day-{it} .stop").count() for it in (4, 5, 6))
    expect(page.locator(".map-pin")).to_have_count(stops)
    expect(signs).to_have_count(0)
    page.get_by_role("link", name="All days").tap()
    expect(signs).to_have_count(2)
    page.get_by_role("link", name="Plan", exact=True).tap()
    page.locator("#stop-1-1 .pin").tap()
    expect(page.locator(".leaflet-popup")).to_be_visible()
    assert complaints == []
