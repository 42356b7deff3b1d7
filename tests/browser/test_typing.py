"""What is typed is not lost, and is said once."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.test_browser import EDIT, MESSAGES, plan, said, say


def test_what_is_typed_survives_a_reload(page: Page) -> None:
    """Until it is sent; then nothing of it is left in the field."""
    plan(page)
    field = page.get_by_label("Your message")
    field.fill("make day 2 calm")
    page.reload()
    page.wait_for_load_state("load")
    expect(field).to_have_value("make day 2 calm")
    field.press("End")
    page.keyboard.type("er")
    page.keyboard.press("Enter")
    expect(page.locator(".message.assistant")).to_have_count(2)
    page.reload()
    page.wait_for_load_state("load")
    expect(field).to_have_value("")


def test_a_lost_answer_is_not_said_twice(page: Page, complaints: list[str]) -> None:
    """The message arrived, its answer did not; sent again after a reload it is one."""
    plan(page)

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.route(MESSAGES, lose)
    say(page, EDIT)
    expect(page.locator("#problem")).to_contain_text("There was no answer")
    page.unroute(MESSAGES)
    page.reload()
    page.wait_for_load_state("load")
    expect(page.get_by_label("Your message")).to_have_value(EDIT)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#progress")).to_be_empty()
    page.reload()
    assert said(page, "user") == 2
    complaints.clear()  # the browser's own word about the lost answer
