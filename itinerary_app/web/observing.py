"""What each request was, seen from outside the app: the one place that measures it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from flask import Flask, request

from itinerary_app.storage.acting import Acting, acting

Wsgi = Callable[..., Iterable[bytes]]
ROUTE, SESSION = "itinerary_app.route", "itinerary_app.session"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Seen(NamedTuple):
    """`route` is a template, without ids; "" where the app was not reached, or has
    none. `seconds` last until the answer begins, with the wait at the door.
    """

    route: str
    method: str
    status: int
    seconds: float
    session_id: str = ""


def install(app: Flask, *observers: Callable[[Seen], None]) -> None:
    """Tell the observers of every request, also of those that the door refuses.

    Called last: it stands before all else that wraps the app.
    """

    def note_route() -> None:
        if request.url_rule:
            request.environ[ROUTE] = request.url_rule.rule
            session_id = (request.view_args or {}).get("session_id", "")
            request.environ[SESSION] = str(session_id)

    # The first of all: what another one refuses has a route, too.
    app.before_request_funcs.setdefault(None, []).insert(0, note_route)
    app.wsgi_app = _Observed(app.wsgi_app, observers)  # type: ignore[method-assign]  # Flask's way


class _Observed:
    def __init__(
        self, app: Wsgi, observers: tuple[Callable[[Seen], None], ...]
    ) -> None:
        self._app = app
        self._observers = observers

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        acting.set(Acting())  # not that of the thread's last request
        begun = time.perf_counter()
        status = 500

        def start(line: str, *rest: Any) -> Any:
            nonlocal status
            status = int(line[:3])
            return start_response(line, *rest)

        try:
            return self._app(environ, start)
        finally:
            method = environ.get("REQUEST_METHOD", "")
            seen = Seen(
                environ.get(ROUTE, ""),
                method if method in METHODS else "other",
                status,
                time.perf_counter() - begun,
                environ.get(SESSION, ""),
            )
            for observe in self._observers:
                observe(seen)
