#!/usr/bin/env bash
# opening-hours-py 2.1.4 (PyPI) beside opening_hours 3.15.0 (npm, the reference implementation).
# Expected: "22:00+" has no known end: npm's README ("open end") has it as "unknown", for 8 hours where it
# begins at 22:00 or later, for 10 from 17:00 on. So a bar with "Fr 22:00+" may be open at 0:30.
# Seen: opening-hours-py has it as open, surely, and only to midnight: at 0:30 the bar is closed, surely;
# "Fr 22:00-02:00+" ends at 2:00 with no sign that it goes on.
# We: call it unknown from its beginning to midnight, and nothing is planned there later
# (catalogue/osm_hours.py, checker/reading.py).
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
["Fr 22:00+", "Fr 17:00+", "Fr 22:00-02:00+"]
JSON
cat > ask.py <<'PY'
import json
from datetime import datetime
from opening_hours import OpeningHours

for value in json.load(open("values.json")):
    hours = OpeningHours(value)
    states = [str(hours.state(datetime(2027, 6, day, hour, 30))[0]).lower() for day, hour in ((11, 23), (12, 0), (12, 2))]
    print(f"opening-hours-py {value}: 23:30 {states[0]}, 0:30 {states[1]}, 2:30 {states[2]}")
PY
cat > ask.js <<'JS'
const OpeningHours = require('opening_hours');
for (const value of require('./values.json')) {
  const hours = new OpeningHours(value);
  const states = [[11, 23], [12, 0], [12, 2]].map(([day, hour]) => new Date(2027, 5, day, hour, 30))
    .map(time => hours.getState(time) ? 'open' : hours.getUnknown(time) ? 'unknown' : 'closed');
  console.log(`opening_hours ${value}: 23:30 ${states[0]}, 0:30 ${states[1]}, 2:30 ${states[2]}`);
}
JS
{ venv/bin/python ask.py; node ask.js; } | tee seen.txt
diff seen.txt - <<'TXT'
opening-hours-py Fr 22:00+: 23:30 open, 0:30 closed, 2:30 closed
opening-hours-py Fr 17:00+: 23:30 open, 0:30 closed, 2:30 closed
opening-hours-py Fr 22:00-02:00+: 23:30 open, 0:30 open, 2:30 closed
opening_hours Fr 22:00+: 23:30 unknown, 0:30 unknown, 2:30 unknown
opening_hours Fr 17:00+: 23:30 unknown, 0:30 unknown, 2:30 unknown
opening_hours Fr 22:00-02:00+: 23:30 open, 0:30 open, 2:30 unknown
TXT
echo "As described."
