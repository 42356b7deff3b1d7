#!/usr/bin/env bash
# opening-hours-py 2.1.4 (PyPI).
# Expected: "When [coords] is specified together with a timezone sun events will be accurate"
# (docstring); auto_timezone only says whether the time zone is to be found from the coordinates.
# Seen: with auto_timezone=False the coordinates given beside a time zone are dropped without a word, and
# "sunrise-sunset" is 7:00 to 19:00 on every day of the year: in Paris on 21 June four hours too little.
# We: leave auto_timezone alone where the sun counts (checker/reading.py); the planner puts the times of
# astral in place of the words (catalogue/osm_hours.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check opening-hours-py==2.1.4
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(opening[-_]hours[-_]py)=='

cat > ask.py <<'PY'
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from opening_hours import OpeningHours

PARIS = {"timezone": ZoneInfo("Europe/Paris"), "coords": (48.85, 2.35)}
midnight = datetime(2027, 6, 21)
for more in ({}, {"auto_country": False}, {"auto_timezone": False}):
    hours = OpeningHours("sunrise-sunset", **PARIS, **more)
    _, (opens, closes, *_), _ = hours.intervals(midnight, midnight + timedelta(days=1))
    print(more, f"{opens:%H:%M}-{closes:%H:%M}")
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
{} 05:46-21:57
{'auto_country': False} 05:46-21:57
{'auto_timezone': False} 07:00-19:00
TXT
echo "As described."
