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


def test_an_outing_is_named_at_the_rim(page: Page) -> None:
    """The city fills the map; what leads to the outing shows it, on its day, too."""
    plan(page, "2 days in Vienna, art, with Melk Abbey")
    away = page.locator(".map-rim").get_by_role("button", name="Melk Abbey")
    expect(away).to_contain_text("km")
    boxes = [it.bounding_box() for it in page.locator(".map-pin").all()]
    seen = [it for it in boxes if it and it["x"] > 800]
    assert max(it["x"] for it in seen) - min(it["x"] for it in seen) > 200
    away.click()
    expect(away).to_have_count(0)


def test_what_is_near_each_other_is_named_at_the_rim_once(page: Page) -> None:
    """Fatehpur Sikri with its mosque and where one eats there is one name."""
    plan(page, "2 days in Agra, history, with Fatehpur Sikri and its Jama Masjid")
    expect(page.locator(".map-rim button")).to_have_count(1)
    expect(page.locator(".map-rim button")).to_contain_text("Fatehpur Sikri")


def test_a_long_first_answer_is_read_from_its_beginning(page: Page) -> None:
    """Its list of days is folded until one asks for more; what follows is not."""
    plan(page, "6 days in Vienna, art and xylophones")
    answer = page.locator("#latest")
    expect(answer).to_contain_text("Here is your plan")
    expect(answer.locator(".folded")).to_be_in_viewport(ratio=1)
    low = answer.locator(".folded").bounding_box()
    answer.get_by_role("button", name="More").click()
    high = answer.locator(".folded").bounding_box()
    assert low
    assert high
    assert high["height"] > low["height"]
