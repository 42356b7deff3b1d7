"""What a load balancer asks: does the process live, can it reach its storage."""

from __future__ import annotations

from flask import Blueprint

from itinerary_app.current import services

blueprint = Blueprint("ops", __name__)


@blueprint.get("/livez")
def livez() -> dict[str, str]:
    """200 as long as the process answers at all."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def readyz() -> dict[str, str]:
    """200 when trips can be served; 503 while the storage is away."""
    services().storage.check()
    return {"status": "ready"}
