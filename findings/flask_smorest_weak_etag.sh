#!/usr/bin/env bash
# flask-smorest 0.47.0 (PyPI) on Flask 3.1.3 and Werkzeug 3.1.9.
# Expected: If-None-Match: W/"x" is answered 304 where the ETag is "x": RFC 9110 (13.1.2) compares weakly
# there, for a proxy that compresses makes ETags weak (nginx does); Werkzeug's make_conditional gives 304.
# Seen: the ETags of flask-smorest compare strongly: 200 with the whole body. Behind such a proxy no
# request is ever answered 304, and nothing else tells of it.
# We: ETags are versions of ours, asked back by If-Match only, where weak ones must not do.
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
from flask import Flask, make_response, request
from flask_smorest import Api, Blueprint


class Trip(marshmallow.Schema):
    days = marshmallow.fields.Integer()


app = Flask(__name__)
app.config.update(API_TITLE="Trips", API_VERSION="1", OPENAPI_VERSION="3.1.0")
trips = Blueprint("trips", __name__)


@trips.get("/flask-smorest")
@trips.etag
@trips.response(200, Trip)
def by_flask_smorest():
    return {"days": 3}


@app.get("/werkzeug")
def by_werkzeug():
    response = make_response({"days": 3})
    response.set_etag("x")
    return response.make_conditional(request)


Api(app).register_blueprint(trips)
client = app.test_client()
for path in ("/flask-smorest", "/werkzeug"):
    etag = client.get(path).headers["ETag"]
    strong, weak = (
        client.get(path, headers={"If-None-Match": it}).status_code
        for it in (etag, f"W/{etag}")
    )
    print(f"{path}: the ETag {strong}, the same as a weak one {weak}")
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
/flask-smorest: the ETag 304, the same as a weak one 200
/werkzeug: the ETag 304, the same as a weak one 304
TXT
echo "As described."
