"""A bare Flask app: the raw driver's two round trips, and JSON as long as ours.

Of RAW_DSN's database, whose tables are those of tests.bench.limits; a GET reads alone.
"""

from __future__ import annotations

import json
import os
import threading
from typing import Any

import psycopg
from flask import Flask, Response, jsonify, request

from tests.bench.limits import LOAD, SAVE

USER, REPLY = "thanks", "r" * 200
_own = threading.local()


def create_app() -> Flask:
    app = Flask(__name__)
    lengths = json.loads(os.environ["RAW_LENGTHS"])  # bytes of an answer, by its kind

    @app.route("/<kind>/<uuid:key>", methods=["GET", "POST"])
    def turn(kind: str, key: Any) -> Response:
        row = _execute(LOAD, {"id": key})
        if request.method == "POST":
            prefs = json.dumps({"pace": (request.json or {}).get("text", "packed")})
            given = {"id": key, "version": row[3], "prefs": prefs}
            _execute(SAVE, {**given, "user": USER, "reply": REPLY})
        return jsonify(answer="a" * lengths[kind])

    return app


def _execute(statement: str, parameters: dict[str, Any]) -> Any:
    if not hasattr(_own, "connection"):
        dsn = os.environ["RAW_DSN"]
        _own.connection = psycopg.connect(dsn, autocommit=True, prepare_threshold=0)
    return _own.connection.execute(statement, parameters, binary=True).fetchone()
