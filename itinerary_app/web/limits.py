"""Nobody crowds out another: how often one may ask, and how much at a time.

By address, as travellers cost nothing to invent; by trip and by traveller besides.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, lru_cache, wraps
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Flask, Response, make_response, request
from flask_limiter import HeaderNames, Limiter, RateLimitExceeded

from itinerary_app.config import Settings
from itinerary_app.errors import TooMany
from itinerary_app.web import errors, pages
from itinerary_app.web.door import Door
from itinerary_app.web.security import current_owner

logger = logging.getLogger(__name__)

CREATES = (
    "pages.create_trip",
    "api.create",
    "privacy.open_file",
    "my_data.open_my_data",
)
TURNS = (  # what may need a plan
    "pages.send_message",
    "changes.carry_out",
    "api.say",
    "api.act",
    "api.change",
)
FREE = ("static", "ops.livez", "ops.readyz")
OF_A_TRIP = 2  # of an address's turns in a minute a half may be of one trip
PATIENCE = 10.0  # seconds in which a turn has to get through the gates
HEADERS = {
    HeaderNames.LIMIT: "RateLimit-Limit",
    HeaderNames.REMAINING: "RateLimit-Remaining",
    HeaderNames.RESET: "RateLimit-Reset",
}
View = Callable[..., Any]
Key = Callable[[], object]  # None: whom no gate is for


def install(app: Flask, settings: Settings) -> None:
    """Guard the views that are registered by now."""
    gates: list[tuple[Key, Gate]] = [(current_owner, Gate(at_once=1, in_line=2))]
    if settings.limit_requests:
        gates.append((_address, Gate(at_once=2, in_line=4)))
    for name in (*CREATES, *TURNS):
        app.view_functions[name] = _gated(app.view_functions[name], gates)
    if settings.limit_requests:
        _count(app, settings)


class Gate:
    """So many at once for each key, in this process; some more wait, for a while."""

    def __init__(self, at_once: int, in_line: int, patience: float = PATIENCE) -> None:
        self._at_once, self._most = at_once, at_once + in_line
        self._patience = patience
        self._here: Counter[object] = Counter()  # inside and in line, by key
        self._inside: Counter[object] = Counter()
        self._changed = threading.Condition()

    @contextmanager
    def passing(self, key: object) -> Iterator[None]:
        """Inside, or TooMany for who is too many even to wait, or waits too long."""
        with self._changed:
            if self._here[key] >= self._most:
                raise TooMany
            self._here[key] += 1
            free = self._changed.wait_for(
                lambda: self._inside[key] < self._at_once, self._patience
            )
            if not free:
                self._left(self._here, key)
                raise TooMany
            self._inside[key] += 1
        try:
            yield
        finally:
            with self._changed:
                self._left(self._inside, key)
                self._left(self._here, key)
                self._changed.notify_all()

    def count(self, key: object) -> int:
        """How many of this key are inside or wait."""
        return self._here[key]

    @staticmethod
    def _left(counter: Counter[object], key: object) -> None:
        counter[key] -= 1
        if not counter[key]:
            del counter[key]


def _gated(view: View, gates: Sequence[tuple[Key, Gate]]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        with ExitStack() as stack:
            try:
                for key_of, gate in gates:
                    if (key := key_of()) is not None:
                        stack.enter_context(gate.passing(key))
            except TooMany as exc:
                return _refused(exc)
            return view(*args, **kwargs)

    return guarded


def _count(app: Flask, settings: Settings) -> None:
    limiter = Limiter(
        lambda: _address() or "",
        app=app,
        application_limits=[f"{settings.limit_requests} per minute"],
        application_limits_exempt_when=_is_hidden,
        storage_uri=settings.limit_store_url,
        strategy="sliding-window-counter",
        in_memory_fallback_enabled=settings.limit_store_url != "memory://",
        headers_enabled=True,
        header_name_mapping=HEADERS,
    )
    limiter.request_filter(lambda: request.endpoint in FREE)
    door = app.wsgi_app = Door(app.wsgi_app, _network, settings.threads)  # type: ignore[method-assign]  # Flask's way

    @app.errorhandler(RateLimitExceeded)
    def refuse(exceeded: RateLimitExceeded) -> Response:
        if exceeded.limit.limit.amount == settings.limit_requests:
            door.shut(_address())
        return _refused(TooMany())

    functions: dict[str, Any] = app.view_functions
    for name, views, count, key in (
        ("creates", CREATES, settings.limit_new_trips, None),
        ("turns", TURNS, settings.limit_turns, None),
        ("turns of a trip", TURNS, settings.limit_turns // OF_A_TRIP, _trip),
    ):
        rule = limiter.shared_limit(
            f"{count} per minute", name, key_func=key, exempt_when=_is_hidden
        )
        for view in views:
            functions[view] = rule(functions[view])


def _address() -> str | None:
    """The network of who asks; None for a proxy that nobody told us of, behind which
    all travellers are one.
    """
    network = _network(request.remote_addr)
    if "X-Forwarded-For" in request.headers and _is_inner(network):
        _tell_of_proxy()
        return None
    return network


@lru_cache(maxsize=4_096)
def _network(address: str | None) -> str:
    try:
        found = ip_address(address or "::1")
    except ValueError:  # as a proxy of ours told it
        return str(address)
    if found.version == 4:
        return str(found)
    return str(ip_network((found, 64), strict=False))  # one's own has 2^64 addresses


def _is_inner(network: str) -> bool:
    try:
        return not ip_network(network).is_global
    except ValueError:
        return False


@cache
def _tell_of_proxy() -> None:
    """Once is enough."""
    logger.warning(
        "Requests are not limited by address: they come from a proxy that "
        "TRUSTED_PROXIES does not count."
    )


def _is_hidden() -> bool:
    return _address() is None


def _trip() -> str:
    return str((request.view_args or {}).get("session_id"))


def _refused(error: TooMany) -> Response:
    """What was typed stands in a form, ready to be sent again."""
    if request.endpoint == "pages.create_trip":
        return make_response(pages.start_page(pages.Draft.posted(), error))
    if request.endpoint == "pages.send_message":
        trip, owner = _trip(), current_owner() or pages.NOBODY
        return make_response(pages.not_sent(trip, owner, pages.Draft.posted(), error))
    return errors.answer(error)
