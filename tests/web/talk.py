"""Callers of the JSON API for its tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

SESSIONS = "/api/v1/sessions"
WISH = "2 days in Jaipur, we love food and history"


@dataclass
class Caller:
    """A program with (or without) a bearer token."""

    client: FlaskClient
    token: str | None = None

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = dict(options.pop("headers", {}))
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        return self.client.open(path, method=method, headers=headers, **options)

    def create(self, **options: Any) -> TestResponse:
        return self.call("POST", SESSIONS, **options)

    def begin(self) -> str:
        """A new session's path; its token is this caller's from now on."""
        created = self.create()
        assert created.status_code == 201
        self.token = self.token or created.json["token"]
        return f"{SESSIONS}/{created.json['session_id']}"

    def say(self, path: str, text: str, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.call("POST", f"{path}/messages", json={"text": text}, headers=named)
