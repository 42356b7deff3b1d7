"""The plan as it is read: its badges, its buttons, and what one waits for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from itinerary_app.planner.planner import Planner
from tests.browser.test_browser import (
    EDIT,
    MESSAGES,
    WISH,
    by_hand,
    plan,
    said,
    say,
)

OpenPage = Callable[..., Page]


def test_badges_open_by_keyboard(page: Page) -> None:
    """Every promise is a badge below one line; focus and Enter tell what it says."""
    plan(page)
    line = page.locator("#checks > summary")
    expect(line).to_contain_text(
        re.compile(r"Checked: fits, as far as known.*hours known for \d+ of")
    )
    expect(page.locator("#check-open")).to_be_hidden()
    line.focus()
    page.keyboard.press("Enter")
    badges = page.locator(".check")
    assert badges.count() >= 9
    known = page.locator("#check-open")
    expect(known.locator("small")).to_have_text(re.compile(r"hours known for \d+ of"))
    kept = page.locator("#check-once")
    expect(kept.locator(".check-body")).to_be_hidden()
    kept.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(kept.locator(".check-body")).to_have_text(re.compile("No place comes twice"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_badges_fit_a_small_phone(
    open_page: OpenPage, complaints: list[str], scheme: str
) -> None:
    """At 360 pixels an open badge is as wide as the screen, and a finger hits it."""
    page = open_page(width=360, height=740, has_touch=True, color_scheme=scheme)
    plan(page)
    tabs = page.get_by_role("navigation", name="Parts of this page")
    tabs.get_by_role("link", name="Plan").tap()
    page.locator("#checks > summary").tap()
    for badge in page.locator(".check").all():
        summary = badge.locator("summary")
        box = summary.bounding_box()
        assert box
        assert box["height"] >= 43.5
        if badge.get_attribute("open") is None:
            summary.tap()
        body = badge.locator(".check-body")
        body.scroll_into_view_if_needed()
        box = body.bounding_box()
        assert box
        assert box["width"] <= 330
    hand = by_hand(page, page.locator("#stop-1-1"))
    for button in hand.locator(
        "button, input:not([type=hidden]), textarea, .chip"
    ).all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 43.5
    assert page.evaluate("document.documentElement.scrollWidth <= 360")
    assert complaints == []


def test_a_stop_is_swapped_by_its_button(page: Page) -> None:
    """One click says it in the chat; the day changes without a reload."""
    plan(page)
    page.evaluate("window.stillHere = true")
    stop = page.locator("#stop-2-1")
    name = stop.locator("h3").inner_text()
    by_hand(page, stop).get_by_role("button", name="Swap").last.click()
    expect(page.locator(".message.user").last).to_contain_text(f"Swap {name}")
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(page.locator("#day-2")).not_to_contain_text(name)
    assert page.evaluate("window.stillHere") is True


def test_buttons_of_stops_wait_with_the_others(page: Page) -> None:
    """While a message is on its way no second one can be sent by a stop's button."""
    plan(page)
    buttons = by_hand(page, page.locator("#stop-1-1")).locator("button")
    held: list[Route] = []
    page.route("**/acts?*", lambda route: held.append(route))
    buttons.first.click()
    expect(buttons.first).to_be_disabled()
    held[0].continue_()
    expect(page.locator(".message.assistant")).to_have_count(2)
    assert said(page, "user") == 2
    expect(page.locator("#hand")).to_be_hidden()
    expect(page.locator("#summary [form=change]").first).to_be_enabled()


@pytest.mark.skipif(
    not hasattr(Planner, "alternatives"), reason="the planner suggests none yet"
)
def test_an_alternative_is_one_click(page: Page) -> None:
    """ "Swap for Y" puts Y where the stop was."""
    plan(page)
    hand = by_hand(page, page.locator("#stop-1-1"))
    button = hand.get_by_role("button", name="Swap for ").first
    wanted = button.inner_text().removeprefix("Swap for ")
    button.click()
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(page.locator("#plan h3").filter(has_text=wanted)).to_have_count(1)


def test_other_facts_about_the_same_stops_are_shown(page: Page) -> None:
    """A lock changes no pin: the plan is renewed all the same, where it stood."""
    plan(page)
    expect(page.locator(".map-pin").first).to_be_visible()
    place = page.locator("#stop-3-1").get_attribute("data-place")
    session = page.url.split("/trips/")[1].split("#")[0]
    answer = page.request.patch(
        f"/api/v1/sessions/{session}",
        data={"preferences": {"locked": [place]}},
        headers={"Origin": page.url.split("/trips/")[0]},
    )
    assert answer.status == 200
    expect(page.locator(".locked")).to_have_count(0)
    page.locator("#plan").evaluate("it => it.scrollTop = 300")
    page.get_by_role("link", name="Day 3", exact=True).focus()
    say(page, "thank you")
    expect(page.locator("#stop-3-1 .locked")).to_be_visible()
    assert page.locator("#plan").evaluate("it => it.scrollTop") == 300


def test_what_is_waited_for_is_told_after_a_second(page: Page) -> None:
    """At once a sign that it was heard; then, politely, what takes its time."""
    plan(page)
    held: list[Route] = []
    page.route(MESSAGES, lambda route: held.append(route))
    page.clock.install()
    say(page, EDIT)
    progress = page.locator("#progress")
    expect(progress).to_have_text("One moment…")
    expect(progress).to_have_attribute("role", "status")  # polite, as ARIA has it
    page.clock.run_for(1_000)
    expect(progress).to_contain_text("Planning your days…")
    expect(progress.locator(".steps li")).to_have_count(3)
    expect(progress).to_be_in_viewport()
    held[0].continue_()
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(progress).to_be_empty()
    page.clock.run_for(2_000)
    expect(progress).to_be_empty()


def test_badges_and_buttons_need_no_javascript(open_page: OpenPage) -> None:
    """Plain HTML opens a badge; a stop's button is a plain form."""
    page = open_page(java_script_enabled=False)
    page.get_by_label("Where to, how long").fill(WISH)
    page.get_by_role("button", name="Plan my trip").click()
    page.locator("#checks > summary").click()
    page.locator("#check-ways summary").click()
    expect(page.locator("#check-ways .check-body")).to_be_visible()
    stop = page.locator("#stop-1-1")
    name = stop.locator("h3").inner_text()
    stop.locator(".change").click()
    page.get_by_role("button", name="Leave it out").click()
    expect(page.locator(".message.user").last).to_contain_text(f"Leave out {name}")
    expect(page.locator("#plan h3").filter(has_text=name)).to_have_count(0)
