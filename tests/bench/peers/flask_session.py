"""Flask-Session: one blob (msgpack) for each session, read and written as a whole."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Flask, Request, Response
from flask_session import Session
from werkzeug.test import EnvironBuilder

from tests.bench.contestants import POOL_SIZE, Contestant
from tests.bench.servers import Servers
from tests.bench.workload import ITINERARY, Said, history, pace, said


class FlaskSessions(Contestant):
    """The session interface called as Flask calls it, without the rest of a request."""

    note = "one blob; its session interface, without the HTTP request around it"

    def __init__(self, servers: Servers) -> None:
        self._app = Flask(__name__)
        self._app.config.update(self._config(servers))
        Session(self._app)
        self._interface: Any = self._app.session_interface

    def _config(self, servers: Servers) -> dict[str, Any]:
        raise NotImplementedError

    def conversation(self, messages: int) -> Request:
        key = self._interface.key_prefix + (sid := uuid.uuid4().hex)
        state = {
            "messages": [_message(text) for text in history(messages)],
            "itinerary": ITINERARY,
            "preferences": {},
        }
        with self._app.app_context():
            session = self._interface.session_class(state, sid=sid)
            lifetime = self._app.permanent_session_lifetime
            self._interface._upsert_session(lifetime, session, key)
        cookie = f"{self._app.config['SESSION_COOKIE_NAME']}={sid}"
        return Request(EnvironBuilder(headers={"Cookie": cookie}).get_environ())

    def turn(self, key: Request) -> None:
        with self._app.app_context():
            session = self._interface.open_session(self._app, key)
            session["messages"] += map(_message, said())
            session["preferences"] = {"pace": pace()}
            self._interface.save_session(self._app, session, Response())


class SQLAlchemySessions(FlaskSessions):
    def _config(self, servers: Servers) -> dict[str, Any]:
        from flask_sqlalchemy import SQLAlchemy

        url = servers.sqlalchemy_url("flask_session", "psycopg")
        self._app.config["SQLALCHEMY_DATABASE_URI"] = url
        self._app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": POOL_SIZE}
        database = SQLAlchemy(self._app)
        return {"SESSION_TYPE": "sqlalchemy", "SESSION_SQLALCHEMY": database}


class RedisSessions(FlaskSessions):
    store = "redis"

    def _config(self, servers: Servers) -> dict[str, Any]:
        from redis import Redis

        client = Redis.from_url(servers.redis_url)
        return {"SESSION_TYPE": "redis", "SESSION_REDIS": client}


def _message(text: Said) -> dict[str, str]:
    role, content = text
    return {"role": role, "content": content}
