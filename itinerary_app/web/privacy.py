"""What is kept of a traveller, in plain words; to have it, erase it, or sign out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, json, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from itinerary_app.config import Settings
from itinerary_app.current import services
from itinerary_app.errors import SessionNotFound
from itinerary_app.storage.base import KEPT_MOST
from itinerary_app.trips import opening
from itinerary_app.trips.belongings import belongings, companionships, erase
from itinerary_app.trips.opening import SavedTrip
from itinerary_app.web import tiles
from itinerary_app.web.pages import NOBODY
from itinerary_app.web.security import (
    current_owner,
    ensure_owner,
    forget_secret,
    sign_out_others,
)

blueprint = Blueprint("privacy", __name__, url_prefix="/privacy")


@blueprint.get("")
def show() -> str:
    settings, owner = services().settings, current_owner()
    return render_template(
        "privacy.html",
        settings=settings,
        kept_most=KEPT_MOST,
        others=_others(settings),
        trips=services().conversation.trips(owner) if owner else [],
        is_known=owner is not None,
    )


@blueprint.get("/my-data.json")
def download() -> Response:
    return _as_file(my_data(current_owner() or NOBODY), "my-trips")


@blueprint.get("/trips/<session_id>.json")
def download_trip(session_id: str) -> Response:
    data = my_data(current_owner() or NOBODY, session_id)
    if not data["trips"]:
        raise SessionNotFound(session_id)
    return _as_file(data, "trip")


def _as_file(data: dict[str, Any], name: str) -> Response:
    name = f"{name}-{datetime.now(UTC):%Y-%m-%d}.json"
    return Response(
        json.dumps(data, indent=1, ensure_ascii=False),
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.post("/open")
def open_file() -> Response:
    """Trips of a file that was taken away are this traveller's, too."""
    file = request.files.get("file")
    opened = open_saved(file.read() if file else b"", ensure_owner())
    lost = sum(saved.lost_plan for saved in opened.values())
    return redirect(url_for("pages.list_trips", opened=len(opened), lost=lost), 303)


def open_saved(data: bytes, owner: bytes) -> dict[str, SavedTrip]:
    """The trips that the file holds, by the ids that they have now."""
    conversation = services().conversation
    saved = opening.read(data, services().catalogue)
    return {conversation.open_saved(owner, trip): trip for trip in saved}


@blueprint.post("/erase")
def erase_all() -> Response:
    count = erase(services().storage, current_owner() or NOBODY)
    forget_secret()
    return redirect(url_for("privacy.show", erased=count), 303)


@blueprint.post("/sign-out-others")
def sign_out_everywhere_else() -> Response:
    sign_out_others()
    return redirect(url_for("privacy.show", signed_out="others"), 303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    forget_secret()
    return redirect(url_for("privacy.show", signed_out=1), 303)


def my_data(owner: bytes, session_id: str | None = None) -> dict[str, Any]:
    """All that is kept of the owner, or of one trip, as it is downloaded."""
    storage = services().storage
    return {
        "made_at": datetime.now(UTC).isoformat(),
        "trips": belongings(storage, owner, session_id),
        "companion_of": [] if session_id else companionships(storage, owner),
    }


def _others(settings: Settings) -> dict[str, str]:
    """The hosts of others that take part, by what for."""
    urls = {
        "map": tiles.origin(settings).replace("{s}.", ""),
        "assistant": ""
        if settings.assistant_url == "rules:"
        else settings.assistant_url,
        "routing": settings.routing_url,
    }
    return {what: urlsplit(url).hostname or "" for what, url in urls.items() if url}
