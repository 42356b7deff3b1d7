"""The map beside the plan: what is written on it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.test_browser import plan

NAMES_STAND_FREE = """() => {
  const seen = (kind) =>
    [...document.querySelectorAll(kind)].filter((it) => !it.hidden);
  const names = seen('.map-name').map((it) => it.getBoundingClientRect());
  const pins = seen('.map-pin').map((it) => it.getBoundingClientRect());
  const covers = (a, b) => a !== b && a.left < b.right && b.left < a.right
    && a.top < b.bottom && b.top < a.bottom;
  return names.length > 1 && pins.length > names.length
    && !names.some((name) => [...names, ...pins].some((it) => covers(name, it)));
}"""


def test_names_stand_beside_pins_and_cover_nothing(page: Page) -> None:
    """As many as fit; a scale tells how far it is. All for the eye only."""
    plan(page)
    expect(page.locator(".leaflet-control-scale-line").first).to_have_text(
        re.compile(r"\d+ k?m")
    )
    page.locator("#days a[data-day='1']").click()
    page.wait_for_function(NAMES_STAND_FREE)
