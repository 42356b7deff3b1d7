#!/usr/bin/env bash
# apispec 6.10.1 with marshmallow 4.4.0 (PyPI), what it describes read by Ajv 8.17.1 (npm).
# Expected: a value is valid by the generated OpenAPI 3.1 (JSON Schema 2020-12) where the marshmallow schema
# takes it; "pattern" is a regular expression of ECMA-262 there (6.3.3) and matches anywhere in the text.
# Seen: Regexp's pattern is copied as Python has it: "\Z" is an error in ECMA-262, so Ajv refuses the whole
# schema, and the anchor of re.match is lost; max_inclusive=False becomes "maximum"; ContainsOnly is an "enum".
# We: write the end of a pattern as (?![\s\S]), which both read alike, and a test reads them in our description.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check apispec==6.10.1 marshmallow==4.4.0
npm install --silent --no-audit --no-fund ajv@8.17.1
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(apispec|marshmallow)=='
npm ls --depth=0 | grep -o 'ajv@.*'

cat > ask.py <<'PY'
import json

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields, validate

CASES = {
    "Regexp end": (fields.String(validate=validate.Regexp(r"[0-9]{4}\Z")), "2027"),
    "Regexp start": (fields.String(validate=validate.Regexp(r"[0-9]{4}")), "in 2027"),
    "Range below 5": (fields.Integer(validate=validate.Range(max=5, max_inclusive=False)), 5),
    "ContainsOnly": (fields.String(validate=validate.ContainsOnly("abc")), "cab"),
}
cases = []
for name, (field, value) in CASES.items():
    schema = Schema.from_dict({"it": field}, name="It")
    spec = APISpec("Trips", "1", "3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.schema("It", schema=schema)
    described = spec.to_dict()["components"]["schemas"]["It"]["properties"]["it"]
    taken = not schema().validate({"it": value})
    cases.append({"name": name, "value": value, "marshmallow": taken, "described": described})
print(json.dumps(cases))
PY
cat > ask.js <<'JS'
const Ajv = require('ajv/dist/2020');
for (const {name, value, marshmallow, described} of require('./cases.json')) {
  let ajv;
  try { ajv = new Ajv().validate(described, value); } catch (error) { ajv = error.name; }
  console.log(`${name} ${JSON.stringify(described)}, ${JSON.stringify(value)}: marshmallow ${marshmallow}, Ajv ${ajv}`);
}
JS
venv/bin/python ask.py > cases.json
node ask.js | tee seen.txt
diff seen.txt - <<'TXT'
Regexp end {"type":"string","pattern":"[0-9]{4}\\Z"}, "2027": marshmallow true, Ajv SyntaxError
Regexp start {"type":"string","pattern":"[0-9]{4}"}, "in 2027": marshmallow false, Ajv true
Range below 5 {"type":"integer","maximum":5}, 5: marshmallow false, Ajv true
ContainsOnly {"type":"string","enum":["a","b","c"]}, "cab": marshmallow true, Ajv false
TXT
echo "As described."
