"""What lies below the plan on the map: the tiles of a server, or an archive of them all
in one file (PMTiles, version 3), which we hand out in parts or another host does.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, request, send_file, url_for

from itinerary_app.config import ARCHIVE, Settings, archive_file
from itinerary_app.current import services

MIMETYPE = "application/vnd.pmtiles"
LARGEST_PART = 4 * 1024 * 1024  # bytes; directories and tiles are far smaller
HOUR = 3600  # seconds

blueprint = Blueprint("tiles", __name__)


@blueprint.get("/map.pmtiles")
def archive() -> Response:
    """A part of the archive, by the header Range; nobody gets it whole from here."""
    path = archive_file(services().settings)
    if path is None or not os.path.isfile(path):
        abort(404)
    part = request.range
    asked = part.ranges if part and part.units == "bytes" else []
    (begins, ends) = asked[0] if len(asked) == 1 else (0, None)
    if ends is None or ends - begins > LARGEST_PART:
        abort(416)
    return send_file(path, MIMETYPE, conditional=True, max_age=HOUR)


def for_map(settings: Settings) -> str:
    """What static/ground.js draws: "pmtiles:" and an address, that of tiles, or ""."""
    if archive_file(settings):
        return f"{ARCHIVE}{url_for('tiles.archive')}"
    return settings.tile_url


def origin(settings: Settings) -> str:
    """The scheme and host from which browsers fetch it, {s} in it; "" for ours."""
    if archive_file(settings):
        return ""
    parts = urlsplit(settings.tile_url.removeprefix(ARCHIVE))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
