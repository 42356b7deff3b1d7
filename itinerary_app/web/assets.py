"""What the browser gets besides pages: files under a name that changes with them.

So each is asked for once: browsers keep it for a year, a new build has other names.
Pages and files are compressed as the browser can.
"""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import brotli
from flask import Flask, Response, abort, request, url_for
from flask_compress import Compress
from werkzeug.security import safe_join

from itinerary_app.config import STATIC

ENDPOINT = "static"
YEAR = 365 * 24 * 3600  # seconds
# What npm leaves beside the browser's files is for us alone.
TOOLS = ("package.json", "package-lock.json", ".package-lock.json")


def install(app: Flask, *, keep: bool) -> None:
    """Serve the files; a browser keeps them only with `keep`, as one that edits them
    wants to see what was changed.
    """
    now = version()

    def serve(version_asked: str, filename: str) -> Response:
        name = safe_join(str(STATIC), filename)
        if name is None or not Path(name).is_file() or Path(name).name in TOOLS:
            abort(404)
        response = Response(mimetype=guess_type(name)[0])
        if keep and request.accept_encodings["br"]:
            response.set_data(_smallest(name))
            response.content_encoding = "br"
        else:
            response.set_data(Path(name).read_bytes())
        response.add_etag()
        response.cache_control.no_cache = True
        if keep and version_asked == now:  # another build's page may ask, too
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = YEAR
            response.cache_control.immutable = True
        response.make_conditional(request)
        return response

    app.add_url_rule(
        "/static/<version_asked>/<path:filename>", ENDPOINT, view_func=serve
    )

    @app.url_defaults
    def name_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == ENDPOINT:
            values.setdefault("version_asked", now)

    @app.template_global()
    def asset(filename: str) -> str:
        """The file's URL. A page names twenty, and each takes a while to build."""
        return _url(request.script_root, filename)

    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    Compress(app)


@lru_cache(maxsize=256)
def _url(script_root: str, filename: str) -> str:
    """Under this root, which is that of the request."""
    return url_for(ENDPOINT, filename=filename)


@cache
def _smallest(name: str) -> bytes:
    """Once for each file, as it takes a while."""
    return bytes(brotli.compress(Path(name).read_bytes(), quality=11))


@cache
def version() -> str:
    """Another one whenever a file of ours, or one that npm is to bring, is another."""
    digest = sha256()
    for path in sorted(it for it in STATIC.iterdir() if it.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
