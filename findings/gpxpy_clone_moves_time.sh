#!/usr/bin/env bash
# gpxpy 1.6.2 (PyPI).
# Expected: GPX.clone() and copy.deepcopy() give the same points at the same moments; GPX 1.1 times are
# xsd:dateTime, which may have an offset ("2027-05-02T10:00:00-03:00").
# Seen: west of Greenwich the copy moves by the whole hours of the offset: -03:00 becomes Z, -03:30 becomes
# -00:30, while east of it all is right. It copies its zone by a name that has lost the minus sign.
# We: write no times into GPX, and neither clone nor copy what was read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check gpxpy==1.6.2
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(gpxpy)=='

cat > ask.py <<'PY'
import gpxpy

for offset in ("+05:30", "Z", "-00:30", "-03:00", "-03:30", "-07:00"):
    gpx = gpxpy.parse(
        '<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1">'
        f'<wpt lat="-22.9" lon="-43.2"><time>2027-05-02T10:00:00{offset}</time></wpt></gpx>'
    )
    before, after = (it.waypoints[0].time for it in (gpx, gpx.clone()))
    written = gpx.clone().to_xml().split("<time>")[1].split("</time>")[0]
    moved = (before - after).total_seconds() / 3600
    print(f"{offset}: the clone is {written}, {moved:g} h away")
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
+05:30: the clone is 2027-05-02T10:00:00+05:30, 0 h away
Z: the clone is 2027-05-02T10:00:00Z, 0 h away
-00:30: the clone is 2027-05-02T10:00:00-00:30, 0 h away
-03:00: the clone is 2027-05-02T10:00:00Z, 3 h away
-03:30: the clone is 2027-05-02T10:00:00-00:30, 3 h away
-07:00: the clone is 2027-05-02T10:00:00Z, 7 h away
TXT
echo "As described."
