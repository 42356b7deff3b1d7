#!/usr/bin/env bash
# icalendar 7.3.2 (PyPI).
# Expected: RFC 5545 (3.3.6) keeps days and hours apart: P1D is the same time on the next day, PT24H exactly
# 24 hours, so over the night to 28 March 2027 in Madrid PT24H from noon ends at 13:00 (summer time begins).
# Seen: Event.end adds both to the clock on the wall: PT24H ends at 12:00, 23 hours later, and PT12H from
# 20:00 lasts 11. Writing the event again makes PT24H to P1D, so that other programs see another length.
# We: write DTSTART and DTEND of every event, never DURATION.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check icalendar==7.3.2 tzdata==2026.6
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(icalendar|tzdata)=='

cat > ask.py <<'PY'
from datetime import UTC

from icalendar import Event

for start, duration in (("120000", "P1D"), ("120000", "PT24H"), ("200000", "PT12H")):
    event = Event.from_ical(
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20270101T000000Z\r\n"
        f"DTSTART;TZID=Europe/Madrid:20270327T{start}\r\nDURATION:{duration}\r\nEND:VEVENT\r\n"
    )
    lasting = event.end.astimezone(UTC) - event.start.astimezone(UTC)
    written = next(it for it in event.to_ical().decode().splitlines() if it.startswith("DUR"))
    print(f"{duration}: ends {event.end:%d %H:%M%z}, {lasting.total_seconds() / 3600:.0f} h later, written {written}")
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
P1D: ends 28 12:00+0200, 23 h later, written DURATION:P1D
PT24H: ends 28 12:00+0200, 23 h later, written DURATION:P1D
PT12H: ends 28 08:00+0200, 11 h later, written DURATION:PT12H
TXT
echo "As described."
