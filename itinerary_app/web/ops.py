"""What a load balancer asks: does the process live, can it reach its storage. And whom
to tell of a hole (RFC 9116).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, abort

from itinerary_app.current import services

GOOD_FOR = timedelta(days=180)

blueprint = Blueprint("ops", __name__)


@blueprint.get("/livez")
def livez() -> dict[str, str]:
    """200 as long as the process answers at all."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def readyz() -> dict[str, str]:
    """200 when trips can be written; 503 while the storage is away, or only reads, or
    does not tell in time.
    """
    services().readiness.verify()
    return {"status": "ready"}


@blueprint.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Whom to tell of a hole: SECURITY_CONTACT, 404 without."""
    contact = services().settings.security_contact
    if not contact:
        abort(404)
    expires = (datetime.now(UTC) + GOOD_FOR).replace(hour=0, minute=0, second=0)
    return Response(
        f"Contact: {contact}\nExpires: {expires:%Y-%m-%dT%H:%M:%SZ}\n",
        mimetype="text/plain",
    )
