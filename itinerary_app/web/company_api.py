"""The JSON API of companions: inviting them, joining, dismissing, leaving."""

from __future__ import annotations

from typing import Any

from itinerary_app.current import services
from itinerary_app.model import Right
from itinerary_app.web import schemas
from itinerary_app.web.api_base import ApiBlueprint, accept_json_only, owner
from itinerary_app.web.joining import invitation_url, read_link

blueprint = ApiBlueprint(
    "company", __name__, url_prefix="/api/v1/sessions", description="Companions"
)
blueprint.before_request(accept_json_only)
invitations = ApiBlueprint(
    "invitations",
    __name__,
    url_prefix="/api/v1/invitations",
    description="To sessions of others",
)


@blueprint.post("/<session_id>/invitations")
@blueprint.arguments(schemas.InvitingSchema)
@blueprint.response(201, schemas.InvitationSchema)
def invite(body: dict[str, str], session_id: str) -> dict[str, Any]:
    """Invite others to look at the session or to edit it.

    Whoever has the link can take it up: a person on its page, a program with the last
    part of it by `POST /api/v1/invitations/{token}`.
    """
    made = services().company.invite(session_id, owner(), Right(body["right"]))
    return {"number": made.number, "url": invitation_url(session_id, made)}


@blueprint.delete("/<session_id>/companions/<int(max=2147483647):number>")
@blueprint.response(204)
def dismiss(session_id: str, number: int) -> None:
    """Take back an invitation, or dismiss a companion."""
    services().company.dismiss(session_id, owner(), number)


@blueprint.delete("/<session_id>/companions/mine")
@blueprint.response(204)
def leave(session_id: str) -> None:
    """Be no companion any more. The session's owner deletes it instead."""
    services().company.leave(session_id, owner())


@invitations.post("/<token>")
@invitations.response(201, schemas.JoinedSchema)
def join(token: str) -> dict[str, str]:
    """Take up an invitation, once however often it is sent."""
    session_id, invitation = read_link(token)
    services().company.join(session_id, invitation, owner())
    return {"session_id": session_id}
