#!/usr/bin/env bash
# rapidfuzz 3.14.6 (PyPI).
# Expected: score_cutoff=x keeps what scores x: by its documentation only scores below the cutoff become 0, so
# fuzz.ratio(a, b, score_cutoff=fuzz.ratio(a, b)) is the score again.
# Seen: some scores are not kept by themselves: 83.33… (five letters of six) becomes 0, in extractOne too,
# while 80 and 75 stay. Looking for "as good as the best so far" with that score loses the equal ones.
# We: cutoffs are whole numbers chosen beforehand, or edit distances; no score is another's cutoff.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check rapidfuzz==3.14.6
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(rapidfuzz)=='

cat > ask.py <<'PY'
from rapidfuzz import fuzz, process

for said, name in (("prado", "prada"), ("duomo!", "duomos"), ("museum", "musium"), ("opra", "oper")):
    score = fuzz.ratio(said, name)
    again = fuzz.ratio(said, name, score_cutoff=score)
    found = process.extractOne(said, [name], scorer=fuzz.ratio, score_cutoff=score)
    print(f"{said}, {name}: {score!r}, by its own score {again!r}, extractOne {found}")
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
prado, prada: 80.0, by its own score 80.0, extractOne ('prada', 80.0, 0)
duomo!, duomos: 83.33333333333334, by its own score 0.0, extractOne None
museum, musium: 83.33333333333334, by its own score 0.0, extractOne None
opra, oper: 75.0, by its own score 75.0, extractOne ('oper', 75.0, 0)
TXT
echo "As described."
