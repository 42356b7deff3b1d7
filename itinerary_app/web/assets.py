"""What the browser gets besides pages: files under a name that changes with them.

So each is asked for once: browsers keep it for a year, a new build has other names.
Pages and files are compressed as the browser can.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, send_from_directory
from flask_compress import Compress

ENDPOINT = "static"
FOLDER = Path(__file__).parent.parent / "static"
YEAR = 365 * 24 * 3600  # seconds


def install(app: Flask, *, keep: bool) -> None:
    """Serve the files; a browser keeps them only with `keep`, as one that edits them
    wants to see what was changed.
    """
    version = _version()

    def serve(version_asked: str, filename: str) -> Response:
        response = send_from_directory(FOLDER, filename)
        if keep and version_asked == version:  # another build's page may ask, too
            response.cache_control.public = True
            response.cache_control.max_age = YEAR
            response.cache_control.immutable = True
            response.cache_control.no_cache = None
        return response

    app.add_url_rule(
        "/static/<version_asked>/<path:filename>", ENDPOINT, view_func=serve
    )

    @app.url_defaults
    def name_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == ENDPOINT:
            values.setdefault("version_asked", version)

    app.config["COMPRESS_ALGORITHM"] = app.config["COMPRESS_ALGORITHM_STREAMING"] = [
        "br",
        "gzip",
    ]
    Compress(app)


def _version() -> str:
    """Another one whenever a file of ours, or one that npm is to bring, is another."""
    digest = sha256()
    for path in sorted(it for it in FOLDER.iterdir() if it.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
