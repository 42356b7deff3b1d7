#!/usr/bin/env bash
# webargs 8.7.1 under flask-smorest 0.47.0 (PyPI), the API's own description beside what it does.
# Expected: a body that is required and described as application/json only is refused when it is missing or of
# another type: RFC 9110 (15.5.16) has 415 for it, and the generated OpenAPI says "required": true.
# Seen: such a body is read as no body at all. Where no field is required the answer is 200 made of the
# defaults, and what was sent as text/plain or without a type is lost without an error.
# We: web/api.py answers 415 itself to a body that is not JSON.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check flask-smorest==0.47.0 flask==3.1.3 \
  werkzeug==3.1.9 marshmallow==4.4.0 webargs==8.7.1 apispec==6.10.1
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(flask[-_]smorest|flask|werkzeug|marshmallow|webargs|apispec)=='

cat > ask.py <<'PY'
import marshmallow
from flask import Flask
from flask_smorest import Api, Blueprint


class Wishes(marshmallow.Schema):
    days = marshmallow.fields.Integer(load_default=3)


app = Flask(__name__)
app.config.update(API_TITLE="Trips", API_VERSION="1", OPENAPI_VERSION="3.1.0")
trips = Blueprint("trips", __name__)


@trips.post("/trips")
@trips.arguments(Wishes)
@trips.response(200, Wishes)
def plan(wishes):
    return wishes


api = Api(app)
api.register_blueprint(trips)
body = api.spec.to_dict()["paths"]["/trips"]["post"]["requestBody"]
print("described: required", body["required"], *body["content"])
client = app.test_client()
for media_type in ("application/json", "text/plain", None):
    answer = client.post("/trips", data='{"days": 7}', content_type=media_type)
    print(f"{media_type}: {answer.status_code} {answer.json}")
answer = client.post("/trips")
print(f"no body: {answer.status_code} {answer.json}")
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
described: required True application/json
application/json: 200 {'days': 7}
text/plain: 200 {'days': 3}
None: 200 {'days': 3}
no body: 200 {'days': 3}
TXT
echo "As described."
