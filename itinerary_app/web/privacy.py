"""What is kept of a traveller, in plain words; to have it, erase it, or sign out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, json, redirect, render_template, url_for
from werkzeug.wrappers import Response

from itinerary_app.config import Settings
from itinerary_app.current import services
from itinerary_app.trips.belongings import belongings, erase
from itinerary_app.web.pages import NOBODY
from itinerary_app.web.security import current_owner, forget_secret

blueprint = Blueprint("privacy", __name__, url_prefix="/privacy")


@blueprint.get("")
def show() -> str:
    settings, owner = services().settings, current_owner()
    return render_template(
        "privacy.html",
        settings=settings,
        others=_others(settings),
        trips=services().conversation.trips(owner) if owner else [],
        is_known=owner is not None,
    )


@blueprint.get("/my-data.json")
def download() -> Response:
    name = f"my-trips-{datetime.now(UTC):%Y-%m-%d}.json"
    return Response(
        json.dumps(my_data(current_owner() or NOBODY), indent=1, ensure_ascii=False),
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.post("/erase")
def erase_all() -> Response:
    count = erase(services().storage, current_owner() or NOBODY)
    forget_secret()
    return redirect(url_for("privacy.show", erased=count), 303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    forget_secret()
    return redirect(url_for("privacy.show", signed_out=1), 303)


def my_data(owner: bytes) -> dict[str, Any]:
    """All that is kept of the owner, as it is downloaded."""
    return {
        "made_at": datetime.now(UTC).isoformat(),
        "trips": belongings(services().storage, owner),
    }


def _others(settings: Settings) -> dict[str, str]:
    """The hosts of others that take part, by what for."""
    urls = {
        "map": settings.tile_url.replace("{s}.", ""),
        "assistant": ""
        if settings.assistant_url == "rules:"
        else settings.assistant_url,
        "routing": settings.routing_url,
    }
    return {what: urlsplit(url).hostname or "" for what, url in urls.items() if url}
