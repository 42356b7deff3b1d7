#!/usr/bin/env bash
# opening-hours-py 2.1.4 (PyPI) beside opening_hours 3.15.0 (npm, the reference implementation).
# Expected: a rule with a comment and no state is "unknown" (rule modifiers in OpenStreetMap's
# Key:opening_hours/specification; npm's README, "Comments"): one has to ask.
# Seen: opening-hours-py takes such a rule for "open". A place that writes only "by appointment" is
# open around the clock, at 3 in the morning too, and the fallback || "by appointment" opens what is shut.
# We: take such a value as unknown (catalogue/osm_hours.py), and so does the checker.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check opening-hours-py==2.1.4
npm install --silent --no-audit --no-fund opening_hours@3.15.0
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(opening[-_]hours[-_]py)=='
npm ls --depth=0 | grep -o 'opening_hours@.*'

cat > values.json <<'JSON'
["\"by appointment\"", "Mo-Fr 10:00-18:00 || \"by appointment\"", "Mo-Su unknown \"by appointment\""]
JSON
cat > ask.py <<'PY'
import json
from datetime import datetime
from opening_hours import OpeningHours

SUNDAY_NIGHT = datetime(2027, 6, 13, 3)
for value in json.load(open("values.json")):
    print("opening-hours-py", value, "->", str(OpeningHours(value).state(SUNDAY_NIGHT)[0]))
PY
cat > ask.js <<'JS'
const OpeningHours = require('opening_hours');
for (const value of require('./values.json')) {
  console.log('opening_hours   ', value, '->', new OpeningHours(value).getStateString(new Date(2027, 5, 13, 3)));
}
JS
{ venv/bin/python ask.py; node ask.js; } | tee seen.txt
diff -i seen.txt - <<'TXT'
opening-hours-py "by appointment" -> open
opening-hours-py Mo-Fr 10:00-18:00 || "by appointment" -> open
opening-hours-py Mo-Su unknown "by appointment" -> unknown
opening_hours    "by appointment" -> unknown
opening_hours    Mo-Fr 10:00-18:00 || "by appointment" -> unknown
opening_hours    Mo-Su unknown "by appointment" -> unknown
TXT
echo "As described."
