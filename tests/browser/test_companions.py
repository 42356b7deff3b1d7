"""Two browsers on one trip: what one changes the other sees, and nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import plan

SOON = 2_500  # milliseconds: two seconds, and some for a busy machine


def invite(page: Page, to: str) -> str:
    """The link that the owner's page shows after a click."""
    page.locator("#companions summary").click()
    page.get_by_role("button", name=f"Invite to {to}").click()
    expect(page.locator("#companions")).to_contain_text("Whoever has this link")
    link = page.locator("#companions a").last.get_attribute("href")
    assert link
    return link


def join(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "You are invited to a trip"
    )
    page.get_by_role("button", name="Open the trip").click()
    expect(page.locator("#plan .stop").first).to_be_visible()


@pytest.fixture
def asha(page: Page) -> Page:
    plan(page)
    return page


def say(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")


def test_a_change_appears_within_two_seconds(asha: Page, open_page: OpenPage) -> None:
    """Both ways, without a reload; what one types meanwhile stays."""
    ben = open_page()
    join(ben, invite(asha, "plan together"))
    expect(asha.locator("#companions")).to_contain_text("Companion 2", timeout=SOON)
    ben.get_by_label("Your message").fill("not sent yet")
    say(asha, "make day 1 calmer")
    expect(asha.locator(".message.assistant")).to_have_count(2)
    expect(ben.locator(".message.assistant")).to_have_count(2, timeout=SOON)
    expect(ben.get_by_label("Your message")).to_have_value("not sent yet")
    expect(ben.locator("#said")).to_contain_text("Its owner changed the trip")
    ben.get_by_label("Your message").fill("")
    say(ben, "lunch at 13:00")
    expect(ben.locator(".message.assistant")).to_have_count(3)
    expect(asha.locator(".message.assistant")).to_have_count(3, timeout=SOON)
    expect(asha.locator("#said")).to_contain_text("Companion 2 changed the trip")
    expect(asha.locator(".sender")).to_have_text(["Companion 2:"])
    colour = "(it) => getComputedStyle(it).borderColor"
    his, hers = (it.locator(".sender + p").first for it in (asha, ben))
    assert his.evaluate(colour) != hers.evaluate(colour)


def test_who_looks_sees_it_too_and_has_no_button(
    asha: Page, open_page: OpenPage
) -> None:
    """Also on a phone."""
    ben = open_page(width=390, height=844, has_touch=True)
    join(ben, invite(asha, "look"))
    expect(ben.get_by_label("Your message")).to_have_count(0)
    for name in ("Undo", "Change", "Keep for 30 days", "Share this plan"):
        expect(ben.get_by_role("button", name=name)).to_have_count(0)
        expect(ben.get_by_role("link", name=name, exact=True)).to_have_count(0)
    before = ben.locator("#plan").inner_text()
    say(asha, "make day 1 calmer")
    expect(ben.locator(".message.assistant")).to_have_count(2, timeout=SOON + 2_000)
    assert ben.locator("#plan").inner_text() != before


def test_what_is_open_is_not_disturbed(asha: Page, open_page: OpenPage) -> None:
    """A notice offers the change instead; it comes by itself when that is closed."""
    ben = open_page()
    join(ben, invite(asha, "plan together"))
    ben.locator("#plan a[data-hand]").first.click()
    hand = ben.locator("#hand")
    expect(hand).to_be_visible()
    say(asha, "make day 1 calmer")
    expect(asha.locator(".message.assistant")).to_have_count(2)
    expect(ben.locator("#said")).to_contain_text("Somebody changed the trip meanwhile")
    expect(hand).to_be_visible()
    expect(ben.locator(".message.assistant")).to_have_count(1)
    ben.keyboard.press("Escape")
    expect(ben.locator(".message.assistant")).to_have_count(2, timeout=SOON)


def test_two_changes_at_once_lose_nothing(asha: Page, open_page: OpenPage) -> None:
    """The later one, made on the plan of before, is offered again: a yes does it."""
    ben = open_page()
    join(ben, invite(asha, "plan together"))

    def nothing_new(route: Route) -> None:
        route.fulfill(status=304)

    ben.route("**/version", nothing_new)  # he learns of hers when he sends his
    say(asha, "lock day 1")
    expect(asha.locator(".message.assistant")).to_have_count(2)
    ben.locator("#next .chips button").first.click()
    expect(ben.locator(".message").last).to_contain_text("The trip changed meanwhile")
    expect(ben.locator("#conversation")).to_contain_text("lock day 1")
    ben.locator("#next .chips button").first.click()
    expect(ben.locator(".message.assistant")).to_have_count(4)
    expect(asha.locator(".message.assistant")).to_have_count(4, timeout=SOON)
    expect(asha.locator("#plan .locked").first).to_be_visible()


def test_dismissed_while_it_is_on_the_screen(open_page: OpenPage) -> None:
    """The page says that it is all that is left."""
    asha, ben = open_page(), open_page()
    plan(asha)
    join(ben, invite(asha, "look"))
    expect(asha.locator("#companions")).to_contain_text("Companion 2", timeout=SOON)
    asha.get_by_role("button", name="Dismiss").click()
    expect(asha.locator("#companions")).not_to_contain_text("Companion 2")
    expect(ben.locator("#keeping")).to_contain_text("all that is left", timeout=SOON)
