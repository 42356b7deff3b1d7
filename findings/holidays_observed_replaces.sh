#!/usr/bin/env bash
# holidays 0.109 (PyPI) beside opening-hours-py 2.1.4 (PyPI), which has a list of its own.
# Expected: observed=True adds the days off in lieu to the holidays themselves, as its docstring
# ("whether to include the dates when holidays are observed") says and as it does for Great Britain.
# Seen: for Spain it replaces. Madrid's 2 May 2027 (a Sunday) is there as 3 May only, and the national
# 15 August 2027 in none of the 20 parts; opening-hours-py has the Sunday. What is in depends on the country.
# We: catalogue/holidays.py takes the union of observed=True and observed=False.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check holidays==0.109 opening-hours-py==2.1.4
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(holidays|opening[-_]hours[-_]py)=='

cat > ask.py <<'PY'
from datetime import date, datetime

import holidays
from opening_hours import OpeningHours

for country, part, day, in_lieu in (
    ("GB", "ENG", date(2027, 12, 25), date(2027, 12, 27)),
    ("ES", "MD", date(2027, 5, 2), date(2027, 5, 3)),
):
    for observed in (False, True):
        known = holidays.country_holidays(country, subdiv=part, years=2027, observed=observed)
        print(f"{country}-{part} observed={observed}: {day} {day in known}, {in_lieu} {in_lieu in known}")

assumption = date(2027, 8, 15)
parts = holidays.Spain.subdivisions
for observed in (False, True):
    having = sum(
        assumption in holidays.Spain(subdiv=part, years=2027, observed=observed)
        for part in parts
    )
    print(f"ES observed={observed}: {assumption:%A} {assumption} in {having} of {len(parts)} parts")
shut = OpeningHours("00:00-24:00; PH off", country="ES").is_closed(datetime(2027, 8, 15, 12))
print(f"opening-hours-py ES: {assumption} {shut}")
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
GB-ENG observed=False: 2027-12-25 True, 2027-12-27 False
GB-ENG observed=True: 2027-12-25 True, 2027-12-27 True
ES-MD observed=False: 2027-05-02 True, 2027-05-03 False
ES-MD observed=True: 2027-05-02 False, 2027-05-03 True
ES observed=False: Sunday 2027-08-15 in 20 of 20 parts
ES observed=True: Sunday 2027-08-15 in 0 of 20 parts
opening-hours-py ES: 2027-08-15 True
TXT
echo "As described."
