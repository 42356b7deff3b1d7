#!/usr/bin/env bash
# icalendar 7.3.2 (PyPI).
# Expected: EXDATE or RDATE with times of two zones is refused or written as two properties: RFC 5545 has one
# TZID a property (3.2.19), and none beside a time in UTC ("Z").
# Seen: add("exdate", [Madrid 10:00, Tokyo 10:00]) writes both under one zone's TZID; read again, Madrid's
# is 7 hours off. A list with UTC in it stands under a TZID with its Z, and is read as that zone's time.
# We: write an event a stop and no rules or lists of dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check icalendar==7.3.2 tzdata==2026.6
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(icalendar|tzdata)=='

cat > ask.py <<'PY'
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Event

madrid = datetime(2027, 5, 2, 10, tzinfo=ZoneInfo("Europe/Madrid"))
tokyo = datetime(2027, 5, 2, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
utc = datetime(2027, 5, 2, 10, tzinfo=ZoneInfo("UTC"))
for given in ([madrid, tokyo], [tokyo, utc]):
    event = Event()
    event.add("exdate", given)
    written = event.to_ical()
    read = [it.dt for it in Event.from_ical(written)["exdate"].dts]
    print(written.decode().splitlines()[1])
    for before, after in zip(given, read, strict=True):
        print(f"  {before.astimezone(UTC):%H:%M} UTC is read as {after.astimezone(UTC):%H:%M} UTC")
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
EXDATE;TZID=Asia/Tokyo:20270502T100000,20270502T100000
  08:00 UTC is read as 01:00 UTC
  01:00 UTC is read as 01:00 UTC
EXDATE;TZID=Asia/Tokyo:20270502T100000,20270502T100000Z
  01:00 UTC is read as 01:00 UTC
  10:00 UTC is read as 01:00 UTC
TXT
echo "As described."
