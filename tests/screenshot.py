"""`make screenshot`: plan a trip in a real browser and take README's pictures."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS
from tests.live import ROOT, LiveServer

WISH = "3 days in Jaipur, we love food and culture, relaxed, moderate budget"
TRIP = ROOT / "deploy" / "screenshot.png"
ANALYTICS = ROOT / "deploy" / "analytics.png"
PASSWORD = "for the picture only"
DEMO = ["--app", "wsgi", "demo", "--sessions", "1500", "--days", "30"]


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("A screenshot needs Chromium: apt install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = LiveServer(Path(folder), ANALYTICS_PASSWORD=PASSWORD)
        server.migrate()
        server.start()
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(server.url)
        page.locator("textarea[name=text]").fill(WISH)
        page.keyboard.press("Enter")
        page.locator("#plan").get_by_text("Day 3").first.wait_for()
        page.wait_for_load_state("load")
        page.locator("textarea[name=text]").fill("make day 2 more relaxed")
        page.keyboard.press("Enter")
        page.locator(".message").nth(3).wait_for()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=TRIP)
        demo = [sys.executable, "-m", "flask", *DEMO]
        subprocess.run(demo, cwd=ROOT, env=server.env, check=True)
        page = browser.new_page(
            viewport={"width": 1280, "height": 1080},
            http_credentials={"username": "operator", "password": PASSWORD},
        )
        page.goto(f"{server.url}/analytics")
        page.screenshot(path=ANALYTICS)
        browser.close()
        server.stop()
    print(f"written: {TRIP.relative_to(ROOT)}, {ANALYTICS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
