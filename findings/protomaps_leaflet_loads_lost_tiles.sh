#!/usr/bin/env bash
# protomaps-leaflet 5.1.0 and Leaflet 1.9.4 (npm), in Debian's Chromium by Playwright 1.65.2 (PyPI).
# Expected: a layer whose tiles cannot be fetched fires "tileerror", as each of Leaflet's own layers does.
# Seen: it fires "tileload" for each of them, and "load" for all; the tiles are painted in the colour of the
# background, and only the console tells. Leaflet's own layer for pictures at the same address fires "tileerror".
# So a page that says "no map just now" by these events never says it.
# We: ask for the archive's header ourselves, before there is a layer (itinerary_app/static/ground.js).
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund leaflet@1.9.4 protomaps-leaflet@5.1.0 >/dev/null
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check playwright==1.65.2
chromium=$(command -v chromium || command -v chromium-headless-shell || command -v google-chrome)
python3 -u -m http.server 0 --bind 127.0.0.1 > served.txt 2>/dev/null &
server=$!
until grep -q port served.txt; do sleep 0.1; done
port=$(grep -oE 'port [0-9]+' served.txt | grep -oE '[0-9]+')

cat > page.html <<'HTML'
<!doctype html>
<link rel="stylesheet" href="node_modules/leaflet/dist/leaflet.css">
<div id="map" style="width: 256px; height: 256px"></div>
<script src="node_modules/leaflet/dist/leaflet.js"></script>
<script src="node_modules/protomaps-leaflet/dist/protomaps-leaflet.js"></script>
<script>
  async function seen(layer) {
    const counts = { tileload: 0, tileerror: 0, load: 0 };
    for (const name of Object.keys(counts)) layer.on(name, () => counts[name]++);
    const map = L.map("map", { attributionControl: false }).setView([0, 0], 3);
    await new Promise((done) => layer.on("load", done).addTo(map));
    map.remove();
    return Object.entries(counts).filter(([, it]) => it).map(([name]) => name).join(" ");
  }
  const archive = () => protomapsL.leafletLayer({ url: "/not-there.pmtiles", flavor: "light" });
  const pictures = () => L.tileLayer("/not-there/{z}/{x}/{y}.png");
</script>
HTML
cat > look.py <<'PY'
import sys
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{sys.argv[2]}/page.html")
    for kind in ("pictures", "archive"):
        print(f"{kind}:", page.evaluate(f"seen({kind}())"))
    browser.close()
PY
seen=$(venv/bin/python look.py "$chromium" "$port")
echo "$seen"
[ "$seen" = "pictures: tileerror load
archive: tileload load" ]
