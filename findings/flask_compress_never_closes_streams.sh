#!/usr/bin/env bash
# Flask-Compress 1.25 with Flask 3.1.3, Brotli 1.2.0 (PyPI).
# Expected: a streamed body is closed once it was sent, compressed or not: WSGI (PEP 3333) has the server call
# close() of what the application returned, by which a body frees the file or cursor that it reads from.
# Seen: what is returned is a generator around the body; its close() does not reach the body, so a body that is
# compressed is never closed, read to its end or broken off.
# We: hand our files over whole, so that none is a stream.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check flask==3.1.3 flask-compress==1.25 brotli==1.2.0
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(flask|flask-compress|brotli)=='

cat > ask.py <<'PY'
from flask import Flask
from flask_compress import Compress

app = Flask(__name__)
Compress(app)
closed = []


class Body:
    def __iter__(self):
        yield from (b"a line of text\n" for _ in range(1_000))

    def close(self):
        closed.append(True)


@app.get("/")
def text():
    return app.response_class(Body(), mimetype="text/plain")


for encoding in ("identity", "br"):
    for read_whole in (True, False):
        closed.clear()
        answer = app.test_client().get("/", headers={"Accept-Encoding": encoding}, buffered=False)
        parts = iter(answer.response)
        next(parts)
        if read_whole:
            list(parts)
        answer.close()
        how = "whole" if read_whole else "broken off"
        print(f"{encoding}, {how}: closed {len(closed)} times")
PY
seen=$(venv/bin/python ask.py)
echo "$seen"
[ "$seen" = "identity, whole: closed 1 times
identity, broken off: closed 1 times
br, whole: closed 0 times
br, broken off: closed 0 times" ]
