#!/usr/bin/env bash
# Flask-Session 0.8.0 (PyPI), SQLAlchemy backend, on Flask 3.1.3.
# Expected: a request that only reads its session leaves what it holds alone; SESSION_REFRESH_EACH_REQUEST
# (on unless turned off) is described as renewing the expiry.
# Seen: at its end it writes back all that it read at its start. A write that another request finished in
# between is gone, with no error: a slow page that was only shown undoes a quick change.
# We: a turn writes its own changes, not the session as it was read, and on a version (storage/).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check flask-session==0.8.0 flask==3.1.3 \
  flask-sqlalchemy==3.1.1 sqlalchemy==2.1.9
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(flask[-_]session|flask|flask[-_]sqlalchemy|sqlalchemy)=='

cat > ask.py <<'PY'
import sys
import threading

from flask import Flask, session
from flask_session import Session
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{sys.argv[1]}/sessions.db"
database = SQLAlchemy(app)
app.config.update(SESSION_TYPE="sqlalchemy", SESSION_SQLALCHEMY=database)
Session(app)
reading, written = threading.Event(), threading.Event()


@app.get("/set/<key>")
def set_(key):
    session[key] = "set"
    return "done"


@app.get("/read-slowly")
def read_slowly():
    found = sorted(session)
    reading.set()
    assert written.wait(10)
    return found


@app.get("/read")
def read():
    return sorted(session)


def client():
    found = app.test_client()
    found.set_cookie("session", cookie)
    return found


first = app.test_client()
first.get("/set/city")
cookie = first.get_cookie("session").value
reader = threading.Thread(target=lambda: client().get("/read-slowly"))
reader.start()
assert reading.wait(10)
client().get("/set/budget")
print("after the write, the reader still reading:", client().get("/read").json)
written.set()
reader.join()
print("after the reader is done:                 ", client().get("/read").json)
PY
venv/bin/python -W ignore ask.py "$folder" | tee seen.txt
diff seen.txt - <<'TXT'
after the write, the reader still reading: ['_permanent', 'budget', 'city']
after the reader is done:                  ['_permanent', 'city']
TXT
echo "As described."
