"""Nothing keeps anybody out: axe finds no fault in any page, state and theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import EDIT, plan, say
from tests.browser.test_companions import invite, join
from tests.browser.test_languages import write
from tests.browser.test_offline import OPERATOR, controlled, is_kept, path
from tests.browser.test_own import adding

AXE = Path(__file__).resolve().parent.parent / "node_modules/axe-core/axe.min.js"
TOUR = "4 days in Rome and 2 in Florence from 24 December 2027, history and food"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FAULTS = """async (runOnly) => {
  const { violations } = await axe.run(document, { runOnly });
  return violations.flatMap(
    ({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`),
  );
}"""
HEIGHT = """Math.max(...[...document.querySelectorAll("html, #plan, #talk, #hand")]
  .map((it) => it.scrollHeight + Math.ceil(it.getBoundingClientRect().top)))"""
NOTICE = """(what) => {
  const { href } = document.querySelector("link[href$='notices.js']");
  return import(href).then(({ show }) => show(what));
}"""
Look = Callable[[Page, str], None]


@pytest.fixture(params=[("light", 390), ("dark", 1280)], ids=["phone", "desktop"])
def opened(request: pytest.FixtureRequest, open_page: OpenPage) -> Callable[..., Page]:
    """Opens the start page in a theme, on a phone or a desktop."""
    scheme, width = request.param

    def opened(**options: object) -> Page:
        # Its policy would keep axe out, too.
        return open_page(
            width=width,
            height=844,
            has_touch=width < 500,
            color_scheme=scheme,
            reduced_motion="reduce",  # half faded in has half of the contrast
            bypass_csp=True,
            **options,
        )

    return opened


@pytest.fixture
def look() -> Iterator[Look]:
    """Notes the faults of a page in a state; there are none in the end."""
    faults: list[str] = []

    def look(page: Page, state: str) -> None:
        size = page.viewport_size
        assert size
        page.wait_for_load_state("load")
        # So tall that nothing is half behind what sticks to an edge.
        tall = min(page.evaluate(HEIGHT) + 200, 16_000)
        page.set_viewport_size({"width": size["width"], "height": tall})
        page.evaluate(AXE.read_text())
        faults.extend(f"{state}: {it}" for it in page.evaluate(FAULTS, RULES))
        page.set_viewport_size(size)

    yield look
    assert faults == []


def to(page: Page, part: str) -> None:
    """To a part of the trip, of which a phone shows one at a time."""
    link = page.locator(".tabs").get_by_role("link", name=part)
    if link.is_visible():
        link.click()


def test_pages(opened: Callable[..., Page], look: Look) -> None:
    """Start, lists, privacy, what is missing, without a network, and operators'."""
    page = opened(http_credentials=OPERATOR)
    look(page, "start")
    page.locator("textarea").fill("a" * 8_001)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("8,001")
    look(page, "start refused")
    for address in ("trips", "privacy", "offline", "nothing", "audit", "analytics"):
        page.goto(f"/{address}")
        look(page, address)


def test_a_trip(opened: Callable[..., Page], look: Look) -> None:
    """Talk, plan, map, all that opens, what was done, and what went wrong."""
    page = opened()
    plan(page, TOUR)
    look(page, "chat")
    to(page, "Plan")
    look(page, "plan")
    page.evaluate(
        "document.querySelectorAll('#plan details').forEach((it) => (it.open = true))"
    )
    look(page, "all unfolded")
    page.locator("#stop-1-1 .change").click()
    expect(page.locator("#hand h1")).to_be_visible()
    look(page, "a stop's dialog")
    page.keyboard.press("Escape")
    hand = adding(page)
    look(page, "the dialog to add")
    hand.get_by_label("Latitude").fill("1")
    hand.get_by_label("Longitude").fill("1")
    hand.get_by_role("button", name="Add it to day 2").click()
    expect(hand.get_by_role("alert")).to_contain_text("choose one within")
    look(page, "refused in the dialog")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("#day-1 .change").first.click()
    look(page, "a day's dialog")
    page.get_by_role("button", name="Shortest order").click()
    expect(page.locator(".message.assistant")).to_have_count(2)
    look(page, "told back")
    to(page, "Map")
    look(page, "a map of cities")
    page.get_by_role("button", name="Show Rome").press("Enter")
    look(page, "a city's map")
    page.get_by_role("link", name="Day 1", exact=True).click()
    page.locator(".map-pin").first.press("Enter")
    expect(page.locator(".leaflet-popup")).to_be_visible()
    # Pins that it covers are free again without it.
    page.evaluate("document.querySelector('.leaflet-marker-pane').remove()")
    look(page, "a pin's popup")
    for notice in ("ending", "ended"):
        page.evaluate(NOTICE, notice)
        look(page, notice)
    page.route("**/messages", lambda route: route.abort())
    to(page, "Chat")
    say(page, EDIT)
    expect(page.locator("#problem")).to_contain_text("There was no answer")
    look(page, "not sent")
    trip = path(page)
    for part in ("/versions", "/versions/1", "/days/1", "/days/1/places", "/days/9"):
        page.goto(trip + part)
        look(page, part)
    page.goto("/trips")
    page.locator("summary").first.click()
    look(page, "a trip to delete")


def test_with_others(opened: Callable[..., Page], look: Look) -> None:
    """Shared, invited, joined, looked at; without a network."""
    page = opened(service_workers="allow")
    controlled(page)
    plan(page)
    to(page, "Plan")
    page.get_by_text("Share", exact=True).click()
    page.get_by_role("button", name="Share this plan").click()
    link = page.locator("#share-link").get_attribute("href")
    look(page, "shared")
    invitation = invite(page, "look")
    look(page, "invited")
    is_kept(page, f"{path(page)}/offline")
    ben = opened()
    ben.goto(invitation)
    look(ben, "an invitation")
    join(ben, invitation)
    look(ben, "a companion's trip")
    ben.goto(str(link))
    look(ben, "a shared plan")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#offline")).to_contain_text("as of")
    look(page, "without a network")
    page.locator("#stop-1-1 .change").click()
    expect(page.locator("#hand")).to_contain_text("as of")
    look(page, "a dialog without a network")
    page.goto("/trips")
    expect(page.locator("#kept-here a")).to_be_visible()
    look(page, "what is kept")


@pytest.mark.parametrize(
    ("locale", "width", "scheme"), [("de-AT", 390, "light"), ("es-MX", 1280, "dark")]
)
def test_in_other_languages(
    open_page: OpenPage, look: Look, locale: str, width: int, scheme: str
) -> None:
    """The main pages and states, as whose browser asks for German or Spanish sees
    them; what is English there is marked, and nothing is wider than a small phone.
    """
    page = open_page(
        width=width,
        height=844,
        locale=locale,
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    assert page.locator("html").get_attribute("lang") == locale[:2]
    look(page, "start")
    page.locator(".languages summary").click()
    look(page, "the choice of languages")
    write(page, "3 days in Jaipur, we love food and history")
    page.wait_for_load_state("load")
    to(page, "Plan")
    page.evaluate(
        "document.querySelectorAll('#plan details').forEach((it) => (it.open = true))"
    )
    look(page, "all unfolded")
    page.locator("#stop-1-1 .change").click()
    expect(page.locator("#hand h1")).to_be_visible()
    look(page, "a stop's dialog")
    page.set_viewport_size({"width": 320, "height": 640})
    for address in ("", "/trips", "/privacy", page.url):
        page.goto(address or "/")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over == 0, address
