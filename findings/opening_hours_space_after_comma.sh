#!/usr/bin/env bash
# opening-hours-py 2.1.4 (PyPI) beside opening_hours 3.15.0 (npm, the reference implementation).
# Expected: both read "Mo-Su 10:00-18:00; Sa, Su off" as closed on both days. In the specification ", "
# also begins an additional rule; npm's README says only after a time, a comment or a state, not a day.
# Seen: opening-hours-py makes a rule of its own of "Sa", and a rule without times is open all day: one
# space turns a closed Saturday into one open around the clock, with no error or warning.
# We: take out the space before the library reads the value (catalogue/osm_hours.py).
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
["Mo-Su 10:00-18:00; Sa,Su off", "Mo-Su 10:00-18:00; Sa, Su off"]
JSON
cat > ask.py <<'PY'
import json
from datetime import datetime
from opening_hours import OpeningHours

for value in json.load(open("values.json")):
    hours = OpeningHours(value)
    week = [
        " ".join("open" if hours.is_open(datetime(2027, 6, day, hour)) else "shut" for hour in (3, 12))
        for day in (11, 12, 13)
    ]
    print(f"opening-hours-py {value}: Fr {week[0]}, Sa {week[1]}, Su {week[2]}")
PY
cat > ask.js <<'JS'
const OpeningHours = require('opening_hours');
for (const value of require('./values.json')) {
  const hours = new OpeningHours(value);
  const week = [11, 12, 13].map(day => [3, 12]
    .map(hour => hours.getState(new Date(2027, 5, day, hour)) ? 'open' : 'shut').join(' '));
  console.log(`opening_hours ${value}: Fr ${week[0]}, Sa ${week[1]}, Su ${week[2]}`);
}
JS
echo "At 3:00 and 12:00:"
{ venv/bin/python ask.py; node ask.js; } | tee seen.txt
diff seen.txt - <<'TXT'
opening-hours-py Mo-Su 10:00-18:00; Sa,Su off: Fr shut open, Sa shut shut, Su shut shut
opening-hours-py Mo-Su 10:00-18:00; Sa, Su off: Fr shut open, Sa open open, Su shut shut
opening_hours Mo-Su 10:00-18:00; Sa,Su off: Fr shut open, Sa shut shut, Su shut shut
opening_hours Mo-Su 10:00-18:00; Sa, Su off: Fr shut open, Sa shut shut, Su shut shut
TXT
echo "As described."
