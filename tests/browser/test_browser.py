"""What a traveller sees and does, in a real browser on a real server."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

WISH = "3 days in Jaipur, we love food and history"
EDIT = "make day 2 calmer"
MESSAGES = "**/trips/*/messages"
LIGHT = 60_000  # bytes of the start page with all that it loads, uncompressed
STILL = 0.05  # cumulative layout shift; 0.1 is what Google calls good


def plan(page: Page, wish: str = WISH) -> None:
    page.get_by_label("Where to, how long").fill(wish)
    page.keyboard.press("Enter")
    # The first plan of a server that has just begun takes a while.
    expect(page.locator("#conversation")).to_be_attached()
    page.wait_for_load_state("load")  # app.js listens from here on


def say(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")


def by_hand(page: Page, part: Locator) -> Locator:
    """What opens for a stop or a day, with all that can be done with it."""
    part.locator(".change").first.click()
    hand = page.locator("#hand, main.hand")  # a page of its own without JavaScript
    expect(hand).to_be_visible()
    return hand


def said(page: Page, role: str) -> int:
    return page.locator(f".message.{role}").count()


def test_typing_a_wish_shows_the_plan_on_a_map(page: Page) -> None:
    """One sentence: three days in the list, and a pin for every stop."""
    plan(page)
    expect(page.locator(".day")).to_have_count(3)
    expect(page.locator(".map-pin").first).to_be_visible()
    expect(page.locator(".map-pin")).to_have_count(page.locator(".stop").count())
    expect(page.locator("path.route")).to_have_count(3)
    expect(page).to_have_title(re.compile("3 days in Jaipur"))


def test_an_example_is_one_click(page: Page) -> None:
    """The first example leads to a plan."""
    page.locator(".examples button").first.click()
    expect(page.locator(".stop").first).to_be_visible()


def test_a_message_is_echoed_at_once_and_sent_once(page: Page) -> None:
    """While the server thinks: the message, a progress line, no second sending."""
    plan(page)
    held: list[Route] = []
    page.route(MESSAGES, lambda route: held.append(route))
    say(page, EDIT)
    expect(page.locator(".message.user").last).to_contain_text(EDIT)
    expect(page.get_by_role("status").filter(has_text="Planning")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    say(page, "typed ahead")
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(page.locator("#progress")).to_be_empty()
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    expect(page.get_by_label("Your message")).to_have_value("typed ahead")
    assert said(page, "user") == 2


def test_an_edit_by_chat_changes_the_plan_without_a_reload(page: Page) -> None:
    """Conversation, days and pins are renewed in place; the page is the same."""
    plan(page)
    expect(page.locator(".map-pin").first).to_be_visible()
    page.evaluate("window.stillHere = true")
    say(page, "make it 2 days")
    expect(page.locator(".day")).to_have_count(2)
    expect(page.locator("path.route")).to_have_count(2)
    expect(page.locator(".map-pin")).to_have_count(page.locator(".stop").count())
    expect(page.locator("h1")).to_have_text("2 days in Jaipur")
    assert page.evaluate("window.stillHere") is True
    page.reload()
    expect(page.locator(".message")).to_have_count(4)


def swap_a_stop_of_day_3(page: Page) -> None:
    by_hand(page, page.locator("#stop-3-1")).get_by_role(
        "button", name="Swap"
    ).last.click()


def test_what_an_edit_changed_is_shown(page: Page) -> None:
    """The one day that changed comes into view, with its new stop marked."""
    plan(page)
    swap_a_stop_of_day_3(page)
    expect(page.locator(".is-changed")).to_have_count(1)
    expect(page.locator("#day-3 .is-changed")).to_be_in_viewport()
    expect(page.locator("#day-3 h2")).to_be_in_viewport()


def test_another_plan_is_shown_from_its_beginning(page: Page) -> None:
    """After all days changed the plan stands at its first day."""
    plan(page)
    swap_a_stop_of_day_3(page)
    expect(page.locator(".is-changed")).to_have_count(1)
    say(page, "make it Rome instead")
    page.get_by_role("button", name="Do it").click()
    expect(page.locator("h1")).to_have_text("3 days in Rome")
    expect(page.locator("#stop-1-1")).to_be_in_viewport()


def test_a_long_talk_scrolls_in_its_own_part(page: Page) -> None:
    """On a desktop the page itself never scrolls, however much was said."""
    plan(page)
    for text in ("what's on day 1?", "what's on day 2?", "show me the plan"):
        messages = page.locator(".message.assistant").count()
        say(page, text)
        expect(page.locator(".message.assistant")).to_have_count(messages + 1)
    page.reload()
    page.wait_for_load_state("load")
    heights = "[document.scrollingElement.scrollHeight, innerHeight]"
    content, window = page.evaluate(heights)
    assert content == window


def test_a_quick_reply_is_one_click(page: Page) -> None:
    """A suggested answer is sent as if it had been typed."""
    plan(page, "I would like to visit Jaipur")
    reply = page.locator("#next .chip").first
    words = reply.inner_text()
    reply.click()
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(page.locator(".message.user").last).to_contain_text(words)


def test_stop_and_pin_point_at_each_other(page: Page) -> None:
    """Pointing at a stop marks its pin, and the reverse, by keyboard too."""
    plan(page)
    expect(page.locator(".map-pin").first).to_be_visible()
    page.locator("#stop-1-1 h3").hover()
    expect(page.locator(".map-pin.is-highlighted")).to_have_count(1)
    pin = page.locator(".map-pin").nth(1)
    page.mouse.move(1, 1)
    pin.focus()
    expect(page.locator("#stop-1-2")).to_have_class(re.compile("is-highlighted"))
    page.keyboard.press("Enter")
    name = page.locator("#stop-1-2 h3").inner_text()
    expect(page.locator(".leaflet-popup")).to_contain_text(name)


def test_one_day_on_the_map(page: Page) -> None:
    """A day's link leaves only that day's pins, and "All days" brings back all."""
    plan(page)
    expect(page.locator(".map-pin").first).to_be_visible()
    page.get_by_role("link", name="Day 2", exact=True).click()
    stops = page.locator("#day-2 .stop").count()
    expect(page.locator(".map-pin")).to_have_count(stops)
    page.get_by_role("link", name="All days").click()
    expect(page.locator(".map-pin")).to_have_count(page.locator(".stop").count())


def test_keyboard_alone_is_enough(page: Page) -> None:
    """From the start page to an edited plan without a mouse; focus can be seen."""
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type(WISH)
    page.keyboard.press("Enter")
    expect(page.locator(".map-pin").first).to_be_visible()
    page.wait_for_load_state("load")
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        ), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.id") == "text":
            break
    page.keyboard.type("first line")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type(EDIT)
    page.keyboard.press("Enter")
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(page.locator(".message.user").last).to_contain_text(f"first line\n{EDIT}")


def lose(route: Route) -> None:
    route.abort()


def fail(route: Route) -> None:
    route.fulfill(status=502, body="<p>Bad gateway", content_type="text/html")


@pytest.mark.parametrize("happens", [lose, fail])
def test_what_could_not_be_sent_is_not_lost(
    open_page: Callable[..., Page], happens: Callable[[Route], None]
) -> None:
    """The text is kept, "Try again" sends it with the same key; it is said once."""
    page = open_page()
    plan(page)
    chips = page.locator("#next .chip").count()
    keys: list[str] = []

    def handle(route: Route) -> None:
        body = route.request.post_data_buffer or b""
        found = re.search(rb'name="turn_key"\r\n\r\n([0-9a-f-]{36})', body)
        keys.append(found[1].decode() if found else "")
        happens(route) if len(keys) == 1 else route.continue_()

    page.route(MESSAGES, handle)
    say(page, EDIT)
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
    expect(page.get_by_label("Your message")).to_have_value(EDIT)
    expect(page.locator("#next .chip")).to_have_count(chips)
    assert said(page, "user") == 1
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(page.get_by_role("alert")).to_be_hidden()
    assert said(page, "user") == 2
    assert len(set(keys)) == 1 < len(keys)
    say(page, "thank you")
    expect(page.locator(".message.assistant")).to_have_count(3)
    assert len(set(keys)) == 2


def test_an_answer_that_got_lost_is_not_asked_for_twice(
    open_page: Callable[..., Page],
) -> None:
    """The server has the message, the answer is lost: trying again says it once."""
    page = open_page()
    plan(page)
    sent: list[int] = []

    def answer_lost(route: Route) -> None:
        sent.append(route.fetch().status)
        route.abort()

    page.route(MESSAGES, answer_lost, times=1)
    say(page, EDIT)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".message.assistant")).to_have_count(2)
    assert sent == [200]
    assert said(page, "user") == 2


def test_a_refused_message_stays_in_the_field(open_page: Callable[..., Page]) -> None:
    """What is too long is refused with the reason, and can be shortened."""
    page = open_page()
    plan(page)
    say(page, "a" * 8_001)
    expect(page.get_by_role("alert")).to_contain_text("8,001")
    expect(page.get_by_label("Your message")).to_have_value("a" * 8_001)
    assert said(page, "user") == 1


def test_a_lost_trip_does_not_take_the_text_along(
    open_page: Callable[..., Page],
) -> None:
    """The trip is gone meanwhile: the text can be sent to a new one."""
    page = open_page()
    plan(page)
    other = page.context.new_page()
    other.goto("/trips")
    other.get_by_text("Delete").first.click()
    other.get_by_role("button", name="Delete this trip").click()
    expect(other.get_by_role("status")).to_contain_text("deleted")
    say(page, "2 days in Kyoto for temples")
    expect(page.locator("h1")).to_have_text("This trip is gone")
    expect(page.get_by_label("Your message")).to_have_value(
        "2 days in Kyoto for temples"
    )
    page.get_by_role("button", name="Begin a new trip").click()
    expect(page.locator(".day")).to_have_count(2)


def test_a_double_click_makes_one_trip(page: Page) -> None:
    """However often "Plan my trip" is clicked, there is one trip."""
    page.get_by_label("Where to, how long").fill(WISH)
    page.get_by_role("button", name="Plan my trip").dblclick()
    expect(page.locator(".stop").first).to_be_visible()
    page.goto("/trips")
    expect(page.locator(".trip-link")).to_have_count(1)


def test_no_text_becomes_markup(page: Page, complaints: list[str]) -> None:
    """What a script writes as markup is refused, with the map's own let through."""
    plan(page)
    expect(page.locator(".leaflet-control-zoom-in")).to_have_text("+")
    refused = page.evaluate(
        """() => [
            () => (document.createElement("div").innerHTML = "<b>bold</b>"),
            () => (document.createElement("script").text = "1"),
            () => trustedTypes.createPolicy("another", {}),
        ].map((attempt) => {
            try { attempt(); } catch (error) { return error.name; }
        })"""
    )
    assert refused == ["TypeError"] * 3
    assert len(complaints) == 3
    complaints.clear()


def test_markup_in_messages_stays_text(page: Page) -> None:
    """Neither the echo nor the answer turns text into elements."""
    plan(page)
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    say(page, evil)
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(page.locator(".message.user").last).to_contain_text(evil)
    assert page.locator(".message img, .message script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_small_phone_never_scrolls_sideways(
    open_page: Callable[..., Page], complaints: list[str], scheme: str
) -> None:
    """At 360 pixels chat, plan and map each fit, and a finger hits the controls."""
    page = open_page(width=360, height=740, has_touch=True, color_scheme=scheme)

    def fits() -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= 360"))

    assert fits()
    plan(page)
    tabs = page.get_by_role("navigation", name="Parts of this page")
    for name, shows in (("Plan", "#plan"), ("Map", "#map"), ("Chat", "#chat")):
        tabs.get_by_role("link", name=name).tap()
        expect(page.locator(shows)).to_be_visible()
        assert fits(), name
        small = page.locator(
            "main button:visible, .tabs a, .days a:visible, .pin:visible"
        )
        boxes = [box.bounding_box() for box in small.all()]
        assert all(box and box["height"] >= 43.5 for box in boxes)
        expect(page.get_by_label("Your message")).to_be_in_viewport()
    tabs.get_by_role("link", name="Map").tap()
    expect(page.locator(".map-pin").first).to_be_visible()
    page.goto("/trips")
    assert fits()
    assert complaints == []


def test_every_city_is_two_taps_away(
    open_page: Callable[..., Page], complaints: list[str]
) -> None:
    """On a phone a continent opens alone, fits, and its cities begin a trip."""
    page = open_page(width=360, height=740, has_touch=True)
    for name in ("Europe", "Asia"):
        page.locator("summary", has_text=name).tap()
        expect(page.locator("details[open]")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= 360")
    controls = page.locator("summary, details[open] button")
    assert all(
        box["height"] >= 43.5 for it in controls.all() if (box := it.bounding_box())
    )
    page.locator("details[open]").get_by_role("button", name="Seoul").tap()
    expect(page.locator(".message").last).to_contain_text("Seoul, good choice!")
    assert complaints == []


def test_nothing_jumps(page: Page) -> None:
    """While the trip page loads and after an answer, what is read stays in place."""
    page.add_init_script(
        """window.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            if (!entry.hadRecentInput) window.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    plan(page)
    expect(page.locator(".map-pin").first).to_be_visible()
    assert page.evaluate("window.shift") < STILL


def test_the_start_page_is_light(open_page: Callable[..., Page]) -> None:
    """All that the start page loads, before compression."""
    page = open_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.reload(wait_until="networkidle")
    assert 0 < sum(sizes) < LIGHT


def test_without_javascript_everything_works(open_page: Callable[..., Page]) -> None:
    """Plan, answer, edit, list and delete: by plain forms."""
    page = open_page(java_script_enabled=False)
    page.get_by_label("Where to, how long").fill(WISH)
    page.get_by_role("button", name="Plan my trip").click()
    expect(page.locator(".day")).to_have_count(3)
    page.get_by_label("Your message").fill("make it 2 days")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".day")).to_have_count(2)
    expect(page).to_have_url(re.compile("#latest$"))
    page.get_by_role("link", name="My trips").click()
    page.get_by_text("Delete").first.click()
    page.get_by_role("button", name="Delete this trip").click()
    expect(page.locator(".trip-link")).to_have_count(0)
