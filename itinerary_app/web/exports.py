"""Downloads: a trip's plan as a file, for its owner."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from itinerary_app.current import services
from itinerary_app.exports.files import MEDIA_TYPES, File
from itinerary_app.language import _
from itinerary_app.web.pages import NOBODY
from itinerary_app.web.security import current_owner

KIND = f"<any({','.join(MEDIA_TYPES)}):kind>"  # in a rule: other kinds are 404

blueprint = Blueprint("exports", __name__)


@blueprint.get(f"/trips/<session_id>/plan.{KIND}")
def download(session_id: str, kind: str) -> Response:
    file = services().conversation.export(
        session_id,
        current_owner() or NOBODY,
        kind,
        first_day=request.args.get("first_day"),
    )
    return as_download(file)


def as_download(file: File | None) -> Response:
    """The file as an answer; 404 while there is no plan."""
    if file is None:
        abort(404, _("There is no itinerary yet. Tell where to and for how long."))
    return Response(
        file.content,
        content_type=file.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )
