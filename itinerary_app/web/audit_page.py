"""/audit, for operators: what the database recorded of a session, and its seals."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from itinerary_app.audit import Trail
from itinerary_app.current import services
from itinerary_app.errors import ConfigurationError, StorageUnavailable

SEALS = 10  # the newest

blueprint = Blueprint("audit_page", __name__, url_prefix="/audit")


@blueprint.get("")
def show() -> tuple[str, int]:
    asked = request.args.get("session", "").strip()
    try:
        trail = Trail(services().database())
    except StorageUnavailable:
        raise
    except ConfigurationError as exc:
        return render_template("audit.html", asked=asked, problem=str(exc)), 501
    problem, status = "", 200
    try:
        key = UUID(asked) if asked else None
    except ValueError:
        key, problem, status = None, "A session's id is a UUID.", 422
    events, findings = trail.chain(key) if key else ([], [])
    if key and not events and not findings:
        problem, status = "Nothing is recorded of a session with this id.", 404
    page = render_template(
        "audit.html",
        asked=asked,
        problem=problem,
        events=events,
        findings=findings,
        seals=trail.seals(most=SEALS),
    )
    return page, status
