#!/usr/bin/env bash
# opening-hours-py 2.1.4 (PyPI) beside opening_hours 3.15.0 (npm, the reference implementation).
# Expected: "PH Mo" are the public holidays that fall on a Monday, "PH,Mo" the holidays and all
# Mondays (npm's README, "Holidays", as an extension of OpenStreetMap's specification).
# Seen: opening-hours-py reads both as "PH,Mo": with "PH Mo off" a museum is shut on every Monday
# and on every holiday, whether the country is given or not; it prints the value back with the comma.
# We: catalogue/osm_hours.py resolves the rules for "PH" itself before the library reads them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check opening-hours-py==2.1.4
npm install --silent --no-audit --no-fund opening_hours@3.15.0
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(opening[-_]hours[-_]py)=='
npm ls --depth=0 | grep -o 'opening_hours@.*'

cat > days.json <<'JSON'
{"Monday": "2027-07-05", "Tuesday": "2027-07-06", "holiday on a Monday": "2027-03-29", "holiday on a Wednesday": "2027-07-14"}
JSON
cat > ask.py <<'PY'
import json
from datetime import datetime
from opening_hours import OpeningHours

for country in (None, "FR"):
    hours = OpeningHours("10:00-18:00; PH Mo off", country=country)
    print("opening-hours-py", country, str(hours), {
        day: hours.is_open(datetime.fromisoformat(date + "T12:00"))
        for day, date in json.load(open("days.json")).items()
    })
PY
cat > ask.js <<'JS'
const OpeningHours = require('opening_hours');
const france = {lat: '48.85', lon: '2.35', address: {country_code: 'fr', state: ''}};
const hours = new OpeningHours('10:00-18:00; PH Mo off', france);
const open = Object.entries(require('./days.json'))
  .map(([day, date]) => `'${day}': ${hours.getState(new Date(date + 'T12:00')) ? 'True' : 'False'}`);
console.log(`opening_hours fr ${hours.prettifyValue()} {${open.join(', ')}}`);
JS
{ venv/bin/python ask.py; node ask.js; } | tee seen.txt
diff seen.txt - <<'TXT'
opening-hours-py None 10:00-18:00; PH,Mo closed {'Monday': False, 'Tuesday': True, 'holiday on a Monday': False, 'holiday on a Wednesday': True}
opening-hours-py FR 10:00-18:00; PH,Mo closed {'Monday': False, 'Tuesday': True, 'holiday on a Monday': False, 'holiday on a Wednesday': False}
opening_hours fr 10:00-18:00; PH Mo off {'Monday': True, 'Tuesday': True, 'holiday on a Monday': False, 'holiday on a Wednesday': True}
TXT
echo "As described."
