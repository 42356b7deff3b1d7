"""Every error as an answer: problem+json (RFC 9457) for programs, a page for people."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    g,
    json,
    make_response,
    render_template,
    request,
)
from marshmallow.exceptions import SCHEMA
from werkzeug.exceptions import (
    HTTPException,
    RequestEntityTooLarge,
    SecurityError,
)

from itinerary_app.errors import (
    CannotPlan,
    CorruptSession,
    InvalidInput,
    ItineraryError,
    NotAllowed,
    PlannerBusy,
    SessionNotFound,
    StorageUnavailable,
    TooMany,
    VersionConflict,
)
from itinerary_app.language import N_, _
from itinerary_app.storage.acting import Acting, acting
from itinerary_app.web.security import API_PREFIX

logger = logging.getLogger(__name__)

PROBLEM_TYPE = "application/problem+json"  # RFC 9457
RETRY_AFTER = "2"  # seconds
UNUSABLE = "Some of what was sent cannot be used; see errors."
OFTEN = (  # what werkzeug says of errors that travellers meet
    N_(
        "The requested URL was not found on the server. If you entered the URL manually"
        " please check your spelling and try again."
    ),
    N_("The method is not allowed for the requested URL."),
    N_("The browser (or proxy) sent a request that this server could not understand."),
    N_("Bad Request"),
    N_("Conflict"),
    N_("Method Not Allowed"),
    N_("Request Entity Too Large"),
    N_("Too Many Requests"),
    N_("Unprocessable Entity"),
)
STATUS: dict[type[ItineraryError], int] = {
    InvalidInput: 422,
    CannotPlan: 422,
    SessionNotFound: 404,
    NotAllowed: 403,
    VersionConflict: 409,
    PlannerBusy: 503,
    StorageUnavailable: 503,
    TooMany: 429,
    CorruptSession: 500,
}


def install(app: Flask) -> None:
    """Answer every error of the app; each request has an id, in its response, in
    logs and in the audit trail.
    """
    app.register_error_handler(ItineraryError, answer)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unexpected)

    @app.before_request
    def tell_audit() -> None:
        acting.set(Acting(f"web:{request.blueprint}", request_id()))

    @app.after_request
    def tell_request_id(response: Response) -> Response:
        response.headers["X-Request-ID"] = request_id()
        return response

    @app.after_request
    def tell_when_to_come_again(response: Response) -> Response:
        if response.status_code in (429, 503):
            response.headers.setdefault("Retry-After", RETRY_AFTER)
        return response


def request_id() -> str:
    """The id of this request, for its logs and its errors."""
    if "request_id" not in g:
        g.request_id = str(uuid.uuid4())
    return str(g.request_id)


def answer(error: ItineraryError) -> Response:
    """The error as a page or a problem document."""
    status = status_of(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("%s in request %s", type(error).__name__, request_id())
    errors = []
    if isinstance(error, InvalidInput) and error.field:
        errors = [{"field": error.field, "detail": str(error)}]
    return _answer(status, str(error), errors)


def status_of(error: ItineraryError) -> int:
    """The HTTP status that the error stands for."""
    known = (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return next(known, 500)


def _answer_http(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):  # no page: it would have links
        return Response("This site has another name.", 400, mimetype="text/plain")
    if error.response is not None:  # made by us already
        return make_response(error.response)
    if isinstance(error, RequestEntityTooLarge):
        most = current_app.config["MAX_CONTENT_LENGTH"] // 1024
        error.description = _(
            "The request is too large; %(most)s KiB is the most.", most=most
        )
    data: dict[str, Any] = getattr(error, "data", None) or {}
    errors = list(_flat(data.get("messages", {})))
    detail = error.description or ""
    if errors:
        detail = UNUSABLE
    # A view that aborts has found the trip, and only a part of it is not there.
    view = request.view_args or {}
    trip_id = view.get("session_id") if error.code == HTTPStatus.NOT_FOUND else None
    response = _answer(
        error.code or 500, data.get("message", _(detail)), errors, trip_id=trip_id
    )
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _answer_unexpected(error: Exception) -> Response:
    logger.error("Unexpected error in request %s", request_id(), exc_info=error)
    return _answer(500, _("Something went wrong on our side. Please try again."))


def _answer(
    status: int,
    detail: str,
    errors: list[dict[str, str]] | None = None,
    *,
    trip_id: str | None = None,
) -> Response:
    title = HTTPStatus(status).phrase
    if not wants_json():
        page = render_template(
            "error.html", title=title, detail=detail, trip_id=trip_id
        )
        return make_response(page, status)
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"urn:uuid:{request_id()}",
    }
    if errors:
        problem["errors"] = errors
    return Response(json.dumps(problem), status, mimetype=PROBLEM_TYPE)


def wants_json() -> bool:
    """Whether a program asks: by path, or by what it accepts."""
    if request.path.startswith(API_PREFIX):
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def _flat(messages: Any, path: str = "") -> Iterator[dict[str, str]]:
    """marshmallow's nested messages as a list of fields with their faults."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            nameless = name == SCHEMA or (
                not path and name in ("json", "query", "headers")
            )
            yield from _flat(inner, path if nameless else f"{path}.{name}".strip("."))
    elif isinstance(messages, list):
        for message in messages:
            yield from _flat(message, path)
    else:
        yield {"field": path, "detail": str(messages)}
