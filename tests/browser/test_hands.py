"""The plan changed by hand: dragged, by keys, and in what opens above it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_browser import WISH, by_hand, plan
from tests.browser.test_staying import part


def names(page: Page, day: int) -> list[str]:
    return page.locator(f"#day-{day} h3").all_inner_texts()


def drag(page: Page, handle: Locator, onto: Locator, down: float = 0.9) -> None:
    """With the mouse, to so far down in another element, until it stands beside it."""
    handle.hover()
    page.mouse.down()
    box = onto.bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] * down, steps=12)
    side = "following" if down > 0.5 else "preceding"
    beside = onto.locator(f"xpath=/{side}-sibling::*[1]")
    expect(beside).to_have_class(re.compile("is-dropped"))
    page.mouse.up()


def grip(page: Page, stop: str) -> Locator:
    handle = page.locator(f"#stop-{stop} .grip")
    handle.hover()  # by which what drags comes
    expect(page.locator("#days [draggable=false]").first).to_be_attached()
    return handle


def answers(page: Page, count: int) -> None:
    expect(page.locator(".message.assistant")).to_have_count(count)


def test_a_stop_is_dragged_within_its_day(page: Page) -> None:
    """Dropped behind the second, the first stop is there, with new times, told."""
    plan(page)
    first, second, *_ = names(page, 1)
    drag(page, grip(page, "1-1"), page.locator("#stop-1-2"))
    answers(page, 2)
    assert names(page, 1)[:2] == [second, first]
    expect(page.locator(".message.assistant").last).to_contain_text(first)


def test_a_stop_is_dragged_to_another_day(open_page: OpenPage) -> None:
    """It leaves its day and stands where it was dropped."""
    page = open_page(width=1280, height=2400)
    plan(page)
    moved, aim = names(page, 1)[0], names(page, 2)[0]
    drag(page, grip(page, "1-1"), page.locator("#stop-2-1"))
    answers(page, 2)
    assert moved not in names(page, 1)
    assert names(page, 2)[:2] == [aim, moved]


def test_what_cannot_be_goes_back(page: Page) -> None:
    """A locked stop stays where it was, and the answer says why."""
    plan(page)
    before = names(page, 1)
    by_hand(page, page.locator("#stop-1-1")).get_by_role("button", name="Lock").click()
    answers(page, 2)
    drag(page, grip(page, "1-1"), page.locator("#stop-1-2"))
    answers(page, 3)
    expect(page.locator(".message.assistant").last).to_contain_text("locked")
    assert names(page, 1) == before


def test_a_drop_without_an_answer_goes_back(page: Page, complaints: list[str]) -> None:
    """Where the connection is down the stop is where the server has it."""
    plan(page)
    before = names(page, 1)

    def lose(route: Route) -> None:
        route.abort()

    page.route("**/acts?*", lose)
    drag(page, grip(page, "1-1"), page.locator("#stop-1-2"))
    expect(page.locator("#problem")).to_contain_text("There was no answer")
    assert names(page, 1) == before
    complaints.clear()  # the browser's own word about the lost request


def test_arrow_keys_move_a_stop(page: Page) -> None:
    """Down and up again, the focus staying on the handle of what moves."""
    plan(page)
    first, second, *_ = names(page, 1)
    grip(page, "1-1").press("ArrowDown")
    answers(page, 2)
    assert names(page, 1)[:2] == [second, first]
    moved = page.locator("#stop-1-2 .grip")
    expect(moved).to_be_focused()
    expect(moved).to_have_accessible_name(f"Move {first}")
    moved.press("ArrowUp")
    answers(page, 3)
    assert names(page, 1)[:2] == [first, second]


def test_quick_presses_of_a_key_all_count(page: Page) -> None:
    """What is pressed while the answer is awaited is sent after it, as one change."""
    plan(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/acts?*", hold)
    first = page.locator("#stop-1-1").get_attribute("data-place")
    aim = page.locator("#stop-1-4 h3").inner_text()
    grip(page, "1-1").press("ArrowDown")
    moved = page.locator(f"[data-place='{first}'] .grip")
    for _ in range(2):
        expect(moved).to_be_focused()
        moved.press("ArrowDown")
    held[0].continue_()
    answers(page, 3)
    expect(page.locator(".message.user").last).to_contain_text(aim)
    expect(moved).to_be_focused()


def test_days_are_dragged(page: Page) -> None:
    """Day 3 before day 1: the others follow in their order, by one undo all back."""
    plan(page)
    before = [names(page, day) for day in (1, 2, 3)]
    grip(page, "1-1")
    days = page.locator("#days")
    drag(page, days.get_by_text("Day 3"), days.get_by_text("Day 1"), 0.5)
    answers(page, 2)
    assert set(names(page, 1)) == set(before[2])
    assert set(names(page, 2)) == set(before[0])
    page.locator("#summary").get_by_role("button", name="Undo").click()
    answers(page, 3)
    assert [names(page, day) for day in (1, 2, 3)] == before
    page.keyboard.press("Control+Shift+Z")
    answers(page, 4)
    assert set(names(page, 1)) == set(before[2])


def test_time_length_and_note_are_set_by_hand(page: Page) -> None:
    """Each is a field; what was set is seen at the stop, and in its field again."""
    plan(page)
    stop = page.locator("#stop-1-3")
    hand = by_hand(page, stop)
    hand.get_by_label("Your note").fill("Ask for the garden")
    hand.get_by_role("button", name="Keep the note").click()
    expect(stop.locator(".note")).to_contain_text("Ask for the garden")
    by_hand(page, stop)
    expect(hand.get_by_label("Your note")).to_have_value("Ask for the garden")
    place = stop.get_attribute("data-place")
    hand.get_by_label("Minutes there").fill("50")
    hand.get_by_role("button", name="Stay so long").click()
    expect(page.locator(".message.assistant").last).to_contain_text("50 min")
    chosen = page.locator(f'.stop[data-place="{place}"]')
    times = chosen.locator(".when time").all_inner_texts()
    start, end = (int(it[:2]) * 60 + int(it[3:]) for it in times)
    assert end - start == 50
    by_hand(page, chosen)
    hand.get_by_label("Begin at").fill(times[0])
    hand.get_by_role("button", name="Fix this time").click()
    expect(chosen.get_by_text("fixed", exact=True)).to_be_visible()


def test_what_is_refused_stays_open_as_typed(page: Page, complaints: list[str]) -> None:
    """The dialog says why, and has what was typed."""
    plan(page)
    hand = by_hand(page, page.locator("#stop-1-1"))
    field = hand.get_by_label("Minutes there")
    field.evaluate("it => { it.max = it.min = ''; it.type = 'text' }")
    field.fill("some")
    hand.get_by_role("button", name="Stay so long").click()
    expect(hand.get_by_role("alert")).to_contain_text("minutes")
    expect(field).to_have_value("some")
    complaints.clear()  # the browser's own word about the refusal
    page.keyboard.press("Escape")
    expect(hand).to_be_hidden()
    expect(page.locator("#stop-1-1 .change")).to_be_focused()


def test_what_else_was_typed_is_not_lost(page: Page) -> None:
    """One field is kept and the dialog stays with the other; leaving it asks once."""
    plan(page)
    hand = by_hand(page, page.locator("#stop-1-1"))
    hand.get_by_label("Your note").fill("Ask for the garden")
    hand.get_by_label("Minutes there").fill("50")
    hand.get_by_role("button", name="Stay so long").click()
    expect(hand.get_by_role("alert")).to_contain_text("not kept yet")
    expect(hand.get_by_label("Your note")).to_have_value("Ask for the garden")
    hand.get_by_role("button", name="Keep the note").click()
    expect(hand).to_be_hidden()
    expect(page.locator(".note")).to_have_count(1)
    by_hand(page, page.locator("#stop-1-2"))
    hand.get_by_label("Your note").fill("Bring water")
    page.keyboard.press("Escape")
    expect(hand.get_by_role("alert")).to_contain_text("Leave once more")
    page.keyboard.press("Escape")
    expect(hand).to_be_hidden()


def test_back_closes_what_is_open(page: Page) -> None:
    """It leaves the dialog, not the trip; however often, the history is not longer."""
    plan(page)
    trip, hand = page.url, by_hand(page, page.locator("#stop-1-1"))
    longer = page.evaluate("history.length")
    page.go_back()
    expect(hand).to_be_hidden()
    assert page.url == trip
    by_hand(page, page.locator("#stop-1-2"))
    page.keyboard.press("Escape")
    expect(hand).to_be_hidden()
    by_hand(page, page.locator("#stop-1-1")).get_by_role("button", name="Lock").click()
    answers(page, 2)
    expect(hand).to_be_hidden()
    assert page.evaluate("history.length") == longer
    page.go_back()
    expect(page.get_by_label("Where to, how long")).to_be_visible()


def test_what_another_window_took_out_is_told(
    page: Page, complaints: list[str]
) -> None:
    """Other windows show it soon; who opens it at once is led back to the trip."""
    plan(page)
    other = page.context.new_page()
    other.goto(page.url)
    taken = page.locator("#stop-1-2 h3").inner_text()
    stale = other.locator("#stop-1-2 .change").get_attribute("href")
    hand = by_hand(page, page.locator("#stop-1-2"))
    hand.get_by_role("button", name="Leave it out").click()
    expect(other.locator("h3").get_by_text(taken, exact=True)).to_have_count(0)
    other.locator("#stop-1-1 .change").evaluate("(it, url) => (it.href = url)", stale)
    other.locator("#stop-1-1 .change").click()
    expect(other.locator("#hand")).to_contain_text("no longer in the plan")
    other.get_by_role("link", name="Back to the trip").click()
    expect(other.locator("#hand")).to_be_hidden()
    other.goto(stale or "")
    other.get_by_role("link", name="Back to the trip").click()
    expect(other.locator("#day-1")).to_be_visible()
    complaints.clear()  # the browser's own word about what is gone


def test_a_note_is_emptied(page: Page) -> None:
    """It is gone from the stop, and the answer says so."""
    plan(page)
    stop = page.locator("#stop-1-1")
    for text in ("Bring water", ""):
        hand = by_hand(page, stop)
        hand.get_by_label("Your note").fill(text)
        hand.get_by_role("button", name="Keep the note").click()
        expect(stop.locator(".note")).to_have_count(1 if text else 0)
    told = page.locator(".message.assistant").last
    expect(told).to_contain_text("No longer noted")


def test_days_of_a_city_are_dragged_among_each_other(page: Page) -> None:
    """Also in a trip to several cities; into another city they cannot go."""
    plan(page, "2 days in Rome and 2 days in Florence, art")
    before = [names(page, day) for day in (1, 2, 3)]
    grip(page, "1-1")
    days = page.locator("#days")
    drag(page, days.get_by_text("Day 2"), days.get_by_text("Day 1"), 0.5)
    answers(page, 2)
    assert set(names(page, 1)) == set(before[1])
    drag(page, days.get_by_text("Day 3"), days.get_by_text("Day 1"), 0.5)
    answers(page, 3)
    expect(page.locator(".message.assistant").last).to_contain_text("one city")
    assert names(page, 3) == before[2]
    assert days.locator("a").all_inner_texts()[2:4] == ["Day 1", "Day 2"]


def test_a_place_is_found_and_added(page: Page) -> None:
    """By part of its name, without its accents; then it is on that day."""
    plan(page)
    hand = by_hand(page, page.locator("#day-2"))
    hand.get_by_role("link", name="Add a place").click()
    expect(hand.get_by_role("heading", level=1)).to_have_text("Add to day 2")
    hand.get_by_label("Part of its name").fill("anokhi")
    page.keyboard.press("Enter")
    expect(hand.get_by_role("status")).to_contain_text(re.compile("^2 places"))
    expect(hand.get_by_label("Part of its name")).to_be_focused()
    hand.get_by_role("button", name="Add Anokhi Museum").click()
    expect(page.locator("#day-2 h3").filter(has_text="Anokhi Museum")).to_have_count(1)
    expect(hand).to_be_hidden()


def test_what_did_not_open_is_asked_for_again(
    page: Page, complaints: list[str]
) -> None:
    """Where there was no answer the dialog says so, and opens by one click more."""
    plan(page)
    page.route("**/stops/*", lambda route: route.abort(), times=1)
    hand = by_hand(page, page.locator("#stop-1-1"))
    expect(hand).to_contain_text("There was no answer")
    hand.get_by_role("link", name="Try again").click()
    name = page.locator("#stop-1-1 h3").inner_text()
    expect(hand.get_by_role("heading", level=1)).to_have_text(name)
    complaints.clear()


def test_the_way_out_stays_in_view(open_page: OpenPage) -> None:
    """On a phone, however far down one has read what can be changed."""
    page = open_page(width=390, height=844, has_touch=True)
    plan(page)
    page.get_by_role("link", name="Plan", exact=True).tap()
    hand = by_hand(page, page.locator("#stop-1-1"))
    hand.get_by_role("link", name="Apple Maps").scroll_into_view_if_needed()
    leave = hand.get_by_role("link", name="Back to the plan")
    expect(leave).to_be_in_viewport(ratio=1)
    leave.tap()
    expect(hand).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
def test_an_older_plan_is_looked_at_and_restored(
    open_page: OpenPage, width: int
) -> None:
    """From the list of changes: its days and pins, and a button that brings it back."""
    page = open_page(width=width, height=844)
    plan(page)
    if width == 390:
        part(page, "Plan")
    before = names(page, 1)
    by_hand(page, page.locator("#day-1")).get_by_role("button", name="Other").click()
    answers(page, 2)
    assert names(page, 1) != before
    page.get_by_role("link", name="All changes").click()
    page.get_by_role("link", name="Look at it").last.click()
    expect(page.locator("#day-1 h3")).to_have_text(before)
    expect(page.locator(".map-pin").first).to_be_attached()
    expect(page.locator(".change")).to_have_count(0)
    page.get_by_role("button", name="Back to this").click()
    expect(page).to_have_url(re.compile("/trips/[^/]+#"))
    expect(page.locator("#day-1 h3")).to_have_text(before)


def test_all_of_it_needs_no_javascript(open_page: OpenPage) -> None:
    """A stop and a day have pages of their own; their forms lead back to the plan."""
    page = open_page(java_script_enabled=False)
    page.get_by_label("Where to, how long").fill(WISH)
    page.get_by_role("button", name="Plan my trip").click()
    page.locator("#stop-1-1 .change").click()
    page.get_by_label("Your note").fill("Bring water")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator("#stop-1-1 .note")).to_contain_text("Bring water")
    expect(page.locator("#plan .grip:visible")).to_have_count(0)
    page.locator("#day-2 .change").first.click()
    page.get_by_role("link", name="Add a place").click()
    page.get_by_label("Kind").select_option("museum")
    page.get_by_role("button", name="Show", exact=True).click()
    button = page.get_by_role("button", name="Add ").first
    added = button.inner_text().removeprefix("Add ")
    button.click()
    expect(page.locator("#day-2 h3").filter(has_text=added)).to_have_count(1)


def test_a_time_is_kept_free_by_hand(page: Page) -> None:
    """Its hours are two fields of the day; the day says so, and gives it back."""
    plan(page)
    day = page.locator("#day-1")
    hand = by_hand(page, day)
    hand.get_by_label("Free from").fill("14:00")
    hand.locator("#hand-rest-end").fill("15:30")
    hand.get_by_role("button", name="Keep it free").click()
    expect(day).to_contain_text("14:00–15:30 kept free")
    by_hand(page, day)
    hand.get_by_role("button", name="14:00–15:30 needn’t be free").click()
    expect(day).not_to_contain_text("kept free")
