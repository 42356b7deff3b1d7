"""The pages for operators: behind one password, whose guesses are counted."""

from __future__ import annotations

import hmac
import math
import time

from flask import Flask, request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from itinerary_app.config import Settings
from itinerary_app.web import audit_page, dashboard

WRONG_PASSWORDS = parse("10 per 15 minutes")  # from one address, in each process


def install(app: Flask, settings: Settings) -> None:
    """Without a password there are no such pages."""
    if not settings.analytics_password:
        return
    gate = Gate(settings.analytics_password)
    for blueprint in (dashboard.blueprint, audit_page.blueprint):
        app.register_blueprint(blueprint)
        app.before_request_funcs.setdefault(blueprint.name, []).append(gate.require)


class Gate:
    """HTTP Basic authentication, whose name does not matter; or as a bearer token."""

    def __init__(self, password: str, *, bearer: bool = False) -> None:
        self._schemes = ("basic", "bearer") if bearer else ("basic",)
        self._password = password.encode()
        self._guesses = FixedWindowRateLimiter(MemoryStorage())

    def require(self) -> None:
        """Let only those pass who know the password and did not guess too often."""
        address = request.remote_addr or ""
        if not self._guesses.test(WRONG_PASSWORDS, address):
            ends, _ = self._guesses.get_window_stats(WRONG_PASSWORDS, address)
            raise TooManyRequests(
                "Too many wrong passwords. Wait, then try again.",
                retry_after=max(1, math.ceil(ends - time.time())),
            )
        given = request.authorization
        known = given is not None and given.type in self._schemes
        password = (given.token or given.password) if given and known else None
        if password and hmac.compare_digest(password.encode(), self._password):
            return
        if password:
            self._guesses.hit(WRONG_PASSWORDS, address)
        raise Unauthorized(
            "This page needs the operator's password.",
            www_authenticate=WWWAuthenticate(
                "basic", {"realm": "analytics", "charset": "UTF-8"}
            ),
        )
