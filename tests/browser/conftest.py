"""A real Chromium, and pages that remember what they complained about."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = [
    "--no-sandbox",  # tests also run as root, in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = ("chromium", "google-chrome")
SHELL = "chromium-headless-shell"  # takes half of the time: it draws no window
OpenPage = Callable[..., Page]

expect.set_options(timeout=30_000)  # milliseconds, for machines that are busy


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; without one these tests are skipped, but not in CI."""
    path = next(filter(None, map(shutil.which, (SHELL, *CHROMIUM))), None)
    if path is None:
        missing = "No Chromium on this machine: apt-get install chromium-headless-shell"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """Errors of scripts and of the content security policy, in any page."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, live_url: str, complaints: list[str]
) -> Iterator[OpenPage]:
    """Opens the start page in a browser profile of its own; without the worker that
    keeps pages, unless asked for: it would ask in the place of pages whose requests a
    test holds.
    """
    contexts = []

    def open_page(*, width: int = 1280, height: int = 800, **options: object) -> Page:
        context = browser.new_context(
            **{
                "base_url": live_url,
                "viewport": {"width": width, "height": height},
                "service_workers": "block",
                **options,
            }
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text) if message.type == "error" else None
            ),
        )
        page.goto("/")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage, complaints: list[str]) -> Iterator[Page]:
    """The start page on a desktop. Nothing in it may complain."""
    yield open_page()
    assert complaints == []
