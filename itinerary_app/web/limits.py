"""Nobody crowds out another: how often one may ask, and how much at a time.

By address, as travellers cost nothing to invent; by trip and by traveller besides.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import cache, lru_cache, wraps
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Flask, Response, make_response, request
from flask_limiter import HeaderNames, Limiter, RateLimitExceeded

from itinerary_app.config import Settings
from itinerary_app.errors import TooMany
from itinerary_app.storage.counting import RequestCounts
from itinerary_app.web import errors, limit_store, pages
from itinerary_app.web.door import REFUSED, Door
from itinerary_app.web.gate import Gate
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
POLLS = "joining.version"  # of each page that others change, every other second
POLLS_AS_MANY = 10  # times as many requests as others
FREE = (
    "static",
    "ops.livez",
    "ops.readyz",
    "offline.worker",
    "offline.manifest",
    "tiles.archive",  # some thirty for each look at a map
)
OF_A_TRIP = 2  # of an address's turns in a minute a half may be of one trip
HEADERS = {
    HeaderNames.LIMIT: "RateLimit-Limit",
    HeaderNames.REMAINING: "RateLimit-Remaining",
    HeaderNames.RESET: "RateLimit-Reset",
}
View = Callable[..., Any]


def install(app: Flask, settings: Settings, counts: RequestCounts | None) -> None:
    """Guard the views that are registered by now; `counts` where the database does."""
    gate = Gate(at_once=1, in_line=2)
    for name in (*CREATES, *TURNS):
        app.view_functions[name] = _gated(app.view_functions[name], gate)
    if settings.limit_requests:
        _count(app, settings, counts)


def _gated(view: View, gate: Gate) -> View:
    """One at a time of a traveller, none of whom the door let in to be refused."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            if REFUSED in request.environ:
                raise TooMany
            owner = current_owner()
            with gate.passing(owner) if owner else nullcontext():
                return view(*args, **kwargs)
        except TooMany as exc:
            return _refused(exc)

    return guarded


def _count(app: Flask, settings: Settings, counts: RequestCounts | None) -> None:
    in_database = settings.limit_store_url == f"{limit_store.SCHEME}:"
    given = {"counts": counts, "secret": settings.secret_key}
    options: dict[str, Any] = given if in_database else {}
    limiter = Limiter(
        lambda: _address() or "",
        app=app,
        application_limits=[f"{settings.limit_requests} per minute"],
        application_limits_exempt_when=lambda: _is_hidden() or _is_poll(),
        storage_uri=settings.limit_store_url,
        storage_options=options,
        strategy="sliding-window-counter",
        in_memory_fallback_enabled=settings.limit_store_url != "memory://",
        headers_enabled=True,
        header_name_mapping=HEADERS,
    )
    limiter.request_filter(lambda: request.endpoint in FREE)
    door = app.wsgi_app = Door(app.wsgi_app, _address_of)  # type: ignore[method-assign]  # Flask's way

    @app.errorhandler(RateLimitExceeded)
    def refuse(exceeded: RateLimitExceeded) -> Response:
        address = _address()
        if address and exceeded.limit.limit.amount == settings.limit_requests:
            door.shut(address)
        return _refused(TooMany())

    functions: dict[str, Any] = app.view_functions
    polls = f"{settings.limit_requests * POLLS_AS_MANY} per minute"
    rule = limiter.shared_limit(polls, "polls", exempt_when=_is_hidden)
    functions[POLLS] = rule(functions[POLLS])
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
    return _address_of(request.environ)


def _address_of(environ: Mapping[str, Any]) -> str | None:
    """The network of who asks; None for a proxy that nobody told us of, behind which
    all travellers are one.
    """
    network = _network(environ.get("REMOTE_ADDR"))
    if "HTTP_X_FORWARDED_FOR" in environ and _is_inner(network):
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


def _is_poll() -> bool:
    return request.endpoint == POLLS


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
