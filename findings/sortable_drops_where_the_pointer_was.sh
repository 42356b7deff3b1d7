#!/usr/bin/env bash
# SortableJS 1.15.7 (npm) in fallback mode, in Debian's Chromium by Playwright 1.65.2 (PyPI).
# Expected: what is let go stands beside what the pointer was over when it was let go.
# Seen: with forceFallback the place under the pointer is looked up by a timer, every 50 ms, and not once more
# when the pointer goes up: what is let go sooner than that after the last move stays where it was, and onEnd
# tells of no move. A tenth of a second later it is dropped where it should be.
# We: have it look once more when the pointer goes up (itinerary_app/static/drag.js).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sortablejs@1.15.7 >/dev/null
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check playwright==1.65.2
chromium=$(command -v chromium || command -v google-chrome)
"$chromium" --version --no-sandbox | cut -d. -f1

cat > page.html <<'HTML'
<!doctype html>
<style>li { height: 60px }</style>
<ul><li>one</li><li>two</li><li>three</li></ul>
<script src="node_modules/sortablejs/Sortable.js"></script>
<script>
  const list = document.querySelector("ul");
  Sortable.create(list, { forceFallback: true, animation: 0 });
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  async function drag(pause) {
    const [first, , last] = list.children;
    const middle = (it) => it.getBoundingClientRect().top + 30;
    const send = (type, y, target) =>
      target.dispatchEvent(
        new PointerEvent(type, { bubbles: true, cancelable: true, button: 0, buttons: 1,
          pointerType: "mouse", clientX: 80, clientY: y }));
    const start = middle(first), end = middle(last) + 20;
    send("pointerdown", start, first);
    await wait(100);
    send("pointermove", start + 5, document);
    await wait(200);
    send("pointermove", end, document);
    if (pause) await wait(pause);
    send("pointerup", end, document);
    await wait(100);
    return [...list.children].map((it) => it.textContent).join(" ");
  }
</script>
HTML
cat > drag.py <<'PY'
import pathlib, sys
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
    for pause in (0, 100):
        page = browser.new_page()
        page.goto(pathlib.Path("page.html").resolve().as_uri())
        print(f"let go after {pause} ms:", page.evaluate(f"drag({pause})"))
    browser.close()
PY
seen=$(venv/bin/python drag.py "$chromium")
echo "$seen"
[ "$seen" = "let go after 0 ms: one two three
let go after 100 ms: two three one" ]
