"""What lets the pages be opened without a network, and installed: the worker that keeps
them (static/worker.js), the page in the place of those that are not kept, the manifest.
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from itinerary_app.config import STATIC
from itinerary_app.language import _
from itinerary_app.web import assets

ICONS = {"icon-192.png": "192x192", "icon-512.png": "512x512"}  # drawn from icon.svg
GROUND = "#f7f5f0"  # as --ground in static/app.css

blueprint = Blueprint("offline", __name__)


@blueprint.get("/worker.js")
def worker() -> Response:
    """Here, as a worker reaches no page above its own folder. Another build has
    another one, which takes its place.
    """
    script = (STATIC / "worker.js").read_text("utf-8")
    answer = Response(
        f'const BUILD = "{assets.version()}";\n{script}', mimetype="text/javascript"
    )
    answer.cache_control.no_cache = True
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@blueprint.get("/offline")
def stand_in() -> str:
    return render_template("offline.html")


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """What an installed app is called and looks like."""
    icons = [
        {
            "src": url_for("static", filename=name),
            "sizes": sizes,
            "type": "image/png",
            "purpose": purpose,
        }
        for name, sizes in ICONS.items()
        for purpose in ("any", "maskable")
    ]
    answer = jsonify(
        id="/",
        name="Itinerary",
        short_name="Itinerary",
        description=_("Plan a trip by chatting, and have it with you."),
        start_url=url_for("pages.list_trips"),
        scope="/",
        display="standalone",
        background_color=GROUND,
        theme_color=GROUND,
        icons=icons,
    )
    answer.mimetype = "application/manifest+json"
    return answer
