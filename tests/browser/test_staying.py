"""After a change one stays where one is: the part of the page, the place, the focus."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import WISH, by_hand, plan, say

SAME = 2  # pixels


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """The plan's part of a trip's page on a phone."""
    page = open_page(width=390, height=844, has_touch=True)
    plan(page)
    part(page, "Plan")
    return page


def part(page: Page, name: str) -> None:
    tabs = page.get_by_role("navigation", name="Parts of this page")
    tabs.get_by_role("link", name=name).click()


def top(of: Locator) -> float:
    box = of.bounding_box()
    assert box
    return box["y"]


def swap(page: Page, stop: str = "#stop-2-2") -> float:
    """Swaps a stop by its button; where it stood on the screen."""
    hand = by_hand(page, page.locator(stop))
    before = top(page.locator(stop))
    hand.get_by_role("button", name="Swap").last.click()
    return before


def answers(page: Page, count: int) -> None:
    expect(page.locator(".message.assistant")).to_have_count(count)


def test_a_change_in_the_plan_stays_in_the_plan(phone: Page) -> None:
    """On a phone the swapped stop is where it was, marked, with its control focused."""
    before = swap(phone)
    answers(phone, 2)
    stop = phone.locator("#stop-2-2")
    expect(stop).to_have_class(re.compile("is-changed"))
    assert top(stop) == pytest.approx(before, abs=SAME)
    expect(phone.locator("#chat")).to_be_hidden()
    expect(stop.locator(".change")).to_be_focused()


def test_what_changed_is_said_where_one_is(phone: Page) -> None:
    """A polite notice has the answer's words, and takes the change back."""
    name = phone.locator("#stop-2-2 h3").inner_text()
    swap(phone)
    said = phone.locator("#said")
    expect(said).to_have_attribute("role", "status")
    expect(said).to_contain_text(f"takes the place of {name}")
    said.get_by_role("button", name="Undo").click()
    expect(said).to_contain_text("Undone")
    expect(phone.locator("#stop-2-2 h3")).to_have_text(name)
    expect(phone.locator("#day-2 .change").first).to_be_focused()
    expect(phone.locator("#stop-2-2")).to_be_in_viewport()
    said.get_by_role("button", name="Redo").click()
    expect(phone.locator("#plan h3").filter(has_text=name)).to_have_count(0)


def test_the_notice_waits_to_be_read(phone: Page) -> None:
    """It is there for ten seconds at least, goes by itself, or with Escape."""
    phone.clock.install()
    swap(phone)
    said = phone.locator("#said")
    expect(said).to_contain_text("takes the place")
    phone.mouse.move(0, 0)  # what is hovered stays
    phone.clock.run_for(10_000)
    expect(said).to_be_visible()
    phone.clock.run_for(20_000)
    expect(said).to_be_empty()
    swap(phone)
    expect(said).to_contain_text("takes the place")
    phone.keyboard.press("Escape")
    expect(said).to_be_empty()


def test_a_notice_that_is_used_does_not_go(phone: Page) -> None:
    """While the focus is in it, no time is up; closed, the focus is in the plan."""
    phone.clock.install()
    swap(phone)
    said = phone.locator("#said")
    said.get_by_role("button", name="Close").focus()
    phone.clock.run_for(60_000)
    expect(said).to_be_visible()
    phone.keyboard.press("Enter")
    expect(said).to_be_empty()
    expect(phone.locator("#plan")).to_be_focused()


@pytest.mark.parametrize("width", [390, 1280])
def test_ctrl_z_undoes_but_in_a_text(open_page: OpenPage, width: int) -> None:
    """The key does what the button does, and leaves a text field its own undo."""
    page = open_page(width=width, height=844)
    plan(page)
    if width == 390:
        part(page, "Plan")
    name = page.locator("#stop-2-2 h3").inner_text()
    before = swap(page)
    answers(page, 2)
    page.get_by_label("Your message").press("Control+z")
    page.locator("#stop-2-2 .change").press("Control+z")
    answers(page, 3)
    expect(page.locator("#stop-2-2 h3")).to_have_text(name)
    assert top(page.locator("#stop-2-2")) == pytest.approx(before, abs=SAME)
    expect(page.locator("#stop-2-2 .change")).to_be_focused()


def test_a_day_that_was_gone_to_stays(phone: Page) -> None:
    """After “Make it calmer” the day's heading is where it was, and focused beside."""
    phone.get_by_role("link", name="Day 2", exact=True).click()
    hand = by_hand(phone, phone.locator("#day-2"))
    before = top(phone.locator("#day-2 h2"))
    hand.get_by_role("button", name="Make it calmer").click()
    answers(phone, 2)
    expect(phone.locator("#day-2 h2")).to_contain_text("relaxed pace")
    assert top(phone.locator("#day-2 h2")) == pytest.approx(before, abs=SAME)
    expect(phone.locator("#day-2 .change").first).to_be_focused()


def test_undo_above_the_plan_stays_in_the_plan(phone: Page) -> None:
    """The button at the top neither leads to the chat nor loses the focus."""
    swap(phone)
    answers(phone, 2)
    undo = phone.locator("#summary").get_by_role("button", name="Undo")
    undo.click()
    answers(phone, 3)
    expect(phone.locator("#plan")).to_be_visible()
    expect(undo).to_be_focused()
    expect(undo).to_be_in_viewport()
    expect(phone.locator("#said")).to_contain_text("Undone")


def test_a_button_without_an_answer_says_so(open_page: OpenPage) -> None:
    """Where the chat is hidden the problem is said beside the plan, which stays."""
    page = open_page(width=390, height=844, has_touch=True)
    plan(page)
    part(page, "Plan")

    def lose(route: Route) -> None:
        route.abort()

    page.route("**/acts?*", lose)
    before = swap(page)
    expect(page.locator("#said")).to_contain_text("There was no answer")
    assert top(page.locator("#stop-2-2")) == pytest.approx(before, abs=SAME)
    expect(page.locator(".is-changed")).to_have_count(0)


def test_what_is_typed_is_answered_in_the_chat(phone: Page) -> None:
    """From any part of the page, a day's too, a message leads to its answer."""
    phone.get_by_role("link", name="Day 2", exact=True).click()
    say(phone, "what does it cost?")
    answers(phone, 2)
    expect(phone.locator(".message.assistant").last).to_be_in_viewport()
    expect(phone.locator("#plan")).to_be_hidden()


def test_a_quick_reply_stays_in_the_chat(open_page: OpenPage) -> None:
    """Its answer is in view, and the focus beside it, without a keyboard over it."""
    page = open_page(width=390, height=844, has_touch=True, is_mobile=True)
    plan(page, "I would like to visit Jaipur")
    page.locator("#next .chip").first.tap()
    answers(page, 2)
    expect(page.locator(".message.assistant").last).to_be_in_viewport()
    expect(page.locator("#talk")).to_be_focused()
    expect(page.locator("#said")).to_be_hidden()


def test_on_a_desktop_the_chat_says_it(page: Page) -> None:
    """The answer is in view there: no second notice; the focus stays in the plan."""
    plan(page)
    before = swap(page, "#stop-3-2")
    answers(page, 2)
    assert top(page.locator("#stop-3-2")) == pytest.approx(before, abs=SAME)
    expect(page.locator("#stop-3-2 .change")).to_be_focused()
    expect(page.locator("#stop-3-2 h3")).to_be_in_viewport()
    expect(page.locator("#said")).to_be_hidden()


def test_back_leaves_the_trip_in_one_step(phone: Page) -> None:
    """However often one went to another part of the page, or changed something."""
    swap(phone)
    answers(phone, 2)
    for name in ("Map", "Chat", "Plan"):
        part(phone, name)
    phone.get_by_role("link", name="Day 3", exact=True).click()
    say(phone, "thank you")
    answers(phone, 3)
    phone.go_back()
    expect(phone).to_have_url(re.compile("/$"))


def test_without_javascript_a_change_stays_in_the_plan(open_page: OpenPage) -> None:
    """The next page is at the changed day, says what changed, and takes it back."""
    page = open_page(width=390, height=844, has_touch=True, java_script_enabled=False)
    page.get_by_label("Where to, how long").fill(WISH)
    page.get_by_role("button", name="Plan my trip").click()
    part(page, "Plan")
    name = page.locator("#stop-2-2 h3").inner_text()
    hand = by_hand(page, page.locator("#stop-2-2"))
    hand.get_by_role("button", name="Swap").last.click()
    said = page.locator("#said")
    expect(said).to_contain_text(f"takes the place of {name}")
    expect(page.locator("#day-2 h2")).to_be_in_viewport()
    expect(said.get_by_role("button", name="Close")).to_be_hidden()
    said.get_by_role("button", name="Undo").click()
    expect(page.locator("#stop-2-2 h3")).to_have_text(name)
    expect(page.locator("#plan")).to_be_visible()
    part(page, "Chat")
    page.locator("#summary").get_by_role("button", name="Undo").click()
    expect(page.locator(".message.assistant").last).to_be_in_viewport()
