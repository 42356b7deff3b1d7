#!/usr/bin/env bash
# opening_hours 3.15.0 (npm).
# Expected: {lat, lon} as numbers give "sunrise-sunset" by the sun of that place: the package's own
# index.d.ts declares both as `number`, and its README asks for them without naming a type.
# Seen: numbers are ignored without a word and 06:00 to 18:00 is answered everywhere; only strings, as
# Nominatim's JSON has them, count. In Paris on 21 June that is over four hours of daylight lost.
# We: use it only here, as a second opinion, and give it the coordinates as strings.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund opening_hours@3.15.0
npm ls --depth=0 | grep -o 'opening_hours@.*'

grep -A 2 'interface nominatim_object' node_modules/opening_hours/types/index.d.ts | tee types.txt
grep -q 'lat: number' types.txt
cat > ask.js <<'JS'
const OpeningHours = require('opening_hours');
const address = {country_code: 'fr', state: ''};
for (const [lat, lon] of [[48.85, 2.35], ['48.85', '2.35']]) {
  const hours = new OpeningHours('sunrise-sunset', {lat, lon, address});
  const [[from, to]] = hours.getOpenIntervals(new Date('2027-06-21T00:00Z'), new Date('2027-06-22T00:00Z'));
  console.log(typeof lat, from.toISOString().slice(11, 16), to.toISOString().slice(11, 16), 'UTC');
}
JS
TZ=UTC node ask.js | tee seen.txt
grep -qx 'number 06:00 18:00 UTC' seen.txt
grep -qxE 'string 03:4[5-9] (19:5[5-9]|20:0[0-2]) UTC' seen.txt
echo "As described."
