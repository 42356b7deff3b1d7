"""A place of one's own is pointed out on a map, by a tap or by keys."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import by_hand, plan


def adding(page: Page) -> Locator:
    """What opens to add to day 2, with the map of it."""
    hand = by_hand(page, page.locator("#day-2"))
    hand.get_by_role("link", name="Add a place").click()
    expect(hand.locator("#own-map .leaflet-map-pane")).to_be_attached()
    hand.get_by_label("Its name", exact=True).fill("Anna's flat")
    return hand


def is_added(page: Page) -> None:
    expect(page.locator("#day-2 h3", has_text="Anna's flat")).to_be_visible()
    expect(page.locator("#day-2")).to_contain_text("own place")
    expect(page.locator(".map-pin.is-own")).to_have_count(1)


def test_a_tap_says_where_it_is(open_page: OpenPage, complaints: list[str]) -> None:
    """The point is in the fields, and the place in the plan; it can be undone."""
    page = open_page(width=390, height=844, has_touch=True)
    plan(page)
    page.get_by_role("link", name="Plan", exact=True).tap()
    hand = adding(page)
    picture = hand.locator("#own-map")
    picture.scroll_into_view_if_needed()
    picture.tap(position={"x": 200, "y": 90})
    assert hand.get_by_label("Latitude").input_value().startswith("26.")
    assert hand.get_by_label("Longitude").input_value().startswith("75.")
    hand.get_by_role("button", name="Add it to day 2").tap()
    is_added(page)
    added = page.locator(".stop-body", has_text="Anna's flat").bounding_box()
    notice = page.locator("#said").bounding_box()
    assert added
    assert notice
    assert 0 < added["y"] < added["y"] + added["height"] <= notice["y"]
    page.locator("#said").get_by_role("button", name="Undo").tap()
    expect(page.locator("#plan")).not_to_contain_text("Anna's flat")
    assert complaints == []


def test_keys_say_where_it_is(page: Page) -> None:
    """The map is moved by arrow keys, and its middle taken by a button."""
    plan(page)
    hand = adding(page)
    canvas = hand.locator("#own-map")
    before = canvas.get_attribute("data-lon")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    hand.get_by_role("button", name="Take the middle").press("Enter")
    assert float(hand.get_by_label("Longitude").input_value()) > float(before or 0)
    hand.get_by_role("button", name="Add it to day 2").press("Enter")
    is_added(page)


def test_a_point_too_far_out_stays_to_be_mended(open_page: OpenPage) -> None:
    """The dialog says why, and keeps what was typed."""
    page = open_page()
    plan(page)
    hand = adding(page)
    hand.get_by_label("Latitude").fill("41,89")
    hand.get_by_label("Longitude").fill("12,47")
    hand.get_by_role("button", name="Add it to day 2").click()
    expect(hand.get_by_role("alert")).to_contain_text("choose one within")
    expect(hand.get_by_label("Its name", exact=True)).to_have_value("Anna's flat")


def test_without_javascript_a_stop_says_where(open_page: OpenPage) -> None:
    """Or numbers do; there is no map."""
    page = open_page(java_script_enabled=False)
    plan_without_script(page)
    hand = by_hand(page, page.locator("#day-2"))
    hand.get_by_role("link", name="Add a place").click()
    expect(page.locator("#own-map")).to_be_hidden()
    page.get_by_label("Its name", exact=True).fill("Anna's flat")
    page.get_by_label("or at").select_option(index=1)
    page.get_by_role("button", name="Add it to day 2").click()
    expect(page.locator("#day-2 h3", has_text="Anna's flat")).to_be_attached()


def plan_without_script(page: Page) -> None:
    page.get_by_label("Where to, how long").fill("3 days in Jaipur, we love food")
    page.get_by_role("button", name="Plan my trip").click()
