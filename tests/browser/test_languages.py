"""Another language in the browser: chosen by a link, and spoken by scripts, too."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage


def write(page: Page, text: str) -> None:
    """Into the page's field, whatever it is called, and send it."""
    page.locator("#text").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#conversation")).to_be_attached()


def test_a_language_is_chosen_and_kept(open_page: OpenPage) -> None:
    """A click at the top of a page shows it in German, and every page from then on."""
    page = open_page()
    page.locator(".languages summary").click()
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.goto("/privacy")
    expect(page.locator("h1")).to_have_text("Datenschutz")


def test_scripts_speak_it(open_page: OpenPage) -> None:
    """What is said without the server is in the page's language."""
    page = open_page(locale="de-DE")
    write(page, "3 days in Jaipur, we love food and history")
    page.wait_for_load_state("load")
    pin = page.locator(".map-pin").first
    expect(pin).to_have_attribute("aria-label", re.compile("^Tag 1, Stopp 1: "))
    page.route("**/messages", lambda route: route.abort())
    write(page, "make day 1 calmer")
    expect(page.locator("#problem")).to_contain_text("Es kam keine Antwort")
