#!/usr/bin/env bash
# astral 3.2 (PyPI).
# Expected: sunrise(observer, date, tzinfo) has a time for every date of the place's own zone; at
# 28.6 degrees north the sun rises every day, and a ValueError is for places where it does not.
# Seen: where sunrise crosses 00:00 UTC in spring, that one day of the year has none: Delhi on 17 May 2027
# is a ValueError between the 5:30 and 5:29 of its neighbours; so are Kathmandu and Dhaka on days of theirs.
# We: take the time of the day before, or after (catalogue/light.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check astral==3.2 tzdata==2026.6
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(astral|tzdata)=='

cat > ask.py <<'PY'
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from astral import Observer
from astral.sun import sunrise


def local(latitude, longitude, day, zone):
    try:
        found = sunrise(Observer(latitude, longitude), day, tzinfo=ZoneInfo(zone))
    except ValueError as error:
        return f"ValueError: {error}"
    assert found.date() == day
    return f"{found:%H:%M}"


for day in range(15, 20):
    it = date(2027, 5, day)
    print("Delhi", it, local(28.6139, 77.209, it, "Asia/Kolkata"))
for name, *place in (
    ("Delhi", 28.6139, 77.209, "Asia/Kolkata"),
    ("Kathmandu", 27.7, 85.3, "Asia/Kathmandu"),
    ("Dhaka", 23.8, 90.4, "Asia/Dhaka"),
    ("Rome", 41.9, 12.5, "Europe/Rome"),
):
    year = [date(2027, 1, 1) + timedelta(n) for n in range(365)]
    times = {str(it): local(*place[:2], it, place[2]) for it in year}
    print(name, "has no sunrise on", [it for it, time in times.items() if time.startswith("V")])
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
Delhi 2027-05-15 05:30
Delhi 2027-05-16 05:30
Delhi 2027-05-17 ValueError: Unable to find a sunrise time on the date specified
Delhi 2027-05-18 05:29
Delhi 2027-05-19 05:28
Delhi has no sunrise on ['2027-05-17']
Kathmandu has no sunrise on ['2027-04-11']
Dhaka has no sunrise on ['2027-03-24']
Rome has no sunrise on []
TXT
echo "As described."
