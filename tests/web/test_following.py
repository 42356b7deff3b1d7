"""A shared plan is followed by the calendars of those who have its link."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from tests.web.test_pages import HTTPS, Page, Traveller
from tests.web.test_sharing import WISH, kept, shares

DATED = f"{WISH}, from 12 March 2027"


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def friend(app: Flask) -> Traveller:
    return Traveller(app.test_client())


def feed(page: Page) -> str:
    """The path that the link for calendars leads to."""
    [href] = re.findall(r'href="(webcal:[^"]+)"', page.html)
    return str(href).removeprefix("webcal:").removeprefix(HTTPS.partition(":")[2])


def summaries(friend: Traveller, path: str) -> list[str]:
    answer = friend.client.get(path, base_url=HTTPS)
    assert answer.content_type == "text/calendar; charset=utf-8"
    calendar: Any = Calendar.from_ical(answer.data)
    assert calendar.refresh_interval is not None
    return [str(it["SUMMARY"]) for it in calendar.walk("VEVENT")]


def test_what_goes_from_the_plan_goes_from_the_calendar(
    app: Flask, asha: Traveller, friend: Traveller
) -> None:
    """Nobody has to download it anew."""
    page = shares(asha, asha.plans(DATED))
    path = feed(page)
    assert any("Amber Fort" in it for it in summaries(friend, path))
    asha.send(page.writing, text="remove Amber Fort")
    assert not any("Amber Fort" in it for it in summaries(friend, path))
    assert kept(app, page).message_count == 4


def test_a_calendar_that_has_it_gets_nothing(
    asha: Traveller, friend: Traveller
) -> None:
    """304 while the plan is as it was."""
    path = feed(shares(asha, asha.plans(DATED)))
    etag = friend.client.get(path, base_url=HTTPS).headers["ETag"]
    again = friend.client.get(path, base_url=HTTPS, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_calendar_ends_with_the_sharing(asha: Traveller, friend: Traveller) -> None:
    """404 from then on, and a plan without dates or link has none."""
    page = shares(asha, asha.plans(DATED))
    path = feed(page)
    asha.send(
        next(it for it in page.forms if it.action.endswith("/share")), shared="false"
    )
    assert friend.client.get(path, base_url=HTTPS).status_code == 404
    assert "webcal:" not in asha.get(page.path).html
    assert "webcal:" not in shares(friend, friend.plans()).html
