#!/usr/bin/env bash
# holidays 0.109 and opening-hours-py 2.1.4 (both PyPI), each with a list of public holidays by country.
# Expected: the same days, for "PH" in opening_hours is by its specification a public holiday.
# Seen: each lacks days that the other has. Japan's law makes a day between two holidays one too
# (22 September 2026): only `holidays` has it. Good Friday is a general holiday in Hong Kong: there
# `holidays` has it in the category "optional" only, and its "public" (the default) goes without it.
# We: count holidays with one list, `holidays`, with those categories named by country.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check holidays==0.109 opening-hours-py==2.1.4
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(holidays|opening[-_]hours[-_]py)=='

cat > ask.py <<'PY'
from datetime import date, datetime, time

import holidays
from opening_hours import OpeningHours

for country, day in (
    ("JP", date(2026, 9, 21)),
    ("JP", date(2026, 9, 22)),
    ("JP", date(2026, 9, 23)),
    ("HK", date(2027, 3, 26)),
    ("HK", date(2027, 10, 1)),
):
    hours = OpeningHours("00:00-24:00; PH off", country=country)
    public = holidays.country_holidays(country, years=day.year)
    print(
        country, day,
        "opening-hours-py", hours.is_closed(datetime.combine(day, time(12))),
        "holidays", day in public,
    )
optional = holidays.country_holidays("HK", years=2027, categories=("optional",))
print("HK 2027-03-26 holidays, optional:", date(2027, 3, 26) in optional)
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
JP 2026-09-21 opening-hours-py True holidays True
JP 2026-09-22 opening-hours-py False holidays True
JP 2026-09-23 opening-hours-py True holidays True
HK 2027-03-26 opening-hours-py True holidays False
HK 2027-10-01 opening-hours-py True holidays True
HK 2027-03-26 holidays, optional: True
TXT
echo "As described."
