#!/usr/bin/env bash
# msgspec 0.22.0 and marshmallow 4.4.0 with apispec 6.10.1 (PyPI), what they describe read by Ajv 8.17.1 (npm).
# Expected: JSON that is valid by the schema that a library gives out of a type is decoded to that type.
# JSON Schema 2020-12 (6.1.1, "integer" matches any number with a zero fractional part) takes 3.0 and 3e0.
# Seen: both describe a whole number as {"type": "integer"}, and refuse 3.0 and 3e0: msgspec always when it
# decodes JSON, marshmallow with strict=True; without it marshmallow makes 3 of 3.5, which Ajv refuses.
# We: read numbers without a fraction as whole ones when the request's JSON is parsed, before either sees them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check msgspec==0.22.0 marshmallow==4.4.0 apispec==6.10.1
npm install --silent --no-audit --no-fund ajv@8.17.1
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(apispec|marshmallow|msgspec)=='
npm ls --depth=0 | grep -o 'ajv@.*'

cat > ask.py <<'PY'
import json

import msgspec
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, ValidationError, fields


def by_msgspec(text):
    try:
        return msgspec.json.decode(text, type=int)
    except msgspec.ValidationError:
        return "refused"


def by_marshmallow(strict):
    def load(text):
        try:
            return schema().load({"it": json.loads(text)})["it"]
        except ValidationError:
            return "refused"

    schema = Schema.from_dict({"it": fields.Integer(strict=strict)}, name=f"It{strict}")
    spec = APISpec("Trips", "1", "3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.schema("It", schema=schema)
    return load, spec.to_dict()["components"]["schemas"]["It"]["properties"]["it"]


ways = {
    "msgspec": (by_msgspec, msgspec.json.schema(int)),
    "marshmallow strict": by_marshmallow(True),
    "marshmallow": by_marshmallow(False),
}
print(json.dumps([
    {"way": way, "text": text, "schema": schema, "read": read(text)}
    for way, (read, schema) in ways.items()
    for text in ("3", "3.0", "3e0", "3.5")
]))
PY
cat > ask.js <<'JS'
const Ajv = require('ajv/dist/2020');
for (const {way, text, schema, read} of require('./cases.json')) {
  const valid = new Ajv().validate(schema, JSON.parse(text));
  console.log(`${way} ${JSON.stringify(schema)}: ${text} is ${read}, by its schema ${valid ? 'valid' : 'not valid'}`);
}
JS
venv/bin/python ask.py > cases.json
node ask.js | tee seen.txt
diff seen.txt - <<'TXT'
msgspec {"type":"integer"}: 3 is 3, by its schema valid
msgspec {"type":"integer"}: 3.0 is refused, by its schema valid
msgspec {"type":"integer"}: 3e0 is refused, by its schema valid
msgspec {"type":"integer"}: 3.5 is refused, by its schema not valid
marshmallow strict {"type":"integer"}: 3 is 3, by its schema valid
marshmallow strict {"type":"integer"}: 3.0 is refused, by its schema valid
marshmallow strict {"type":"integer"}: 3e0 is refused, by its schema valid
marshmallow strict {"type":"integer"}: 3.5 is refused, by its schema not valid
marshmallow {"type":"integer"}: 3 is 3, by its schema valid
marshmallow {"type":"integer"}: 3.0 is 3, by its schema valid
marshmallow {"type":"integer"}: 3e0 is 3, by its schema valid
marshmallow {"type":"integer"}: 3.5 is 3, by its schema not valid
TXT
echo "As described."
