"""A rehearsal before a server's processes are forked: all that is loaded when first
needed is there then, and they share it.
"""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.app import create_app
from itinerary_app.catalogue import world
from itinerary_app.config import DEVELOPMENT_SECRET, Settings
from itinerary_app.current import KEY

WISH = "Plan 3 days in Rome with good food, from May 3rd"


def rehearse(languages: Sequence[str]) -> None:
    """A first traveller's requests, answered by an app of its own that is gone after.

    It has no storage but memory, reaches nothing over a network, and leaves neither
    threads nor processes behind.
    """
    world.cities()
    app = create_app(
        Settings(
            environment="development",
            secret_key=DEVELOPMENT_SECRET,
            storage_url="memory:",
            languages=tuple(languages),
        )
    )
    solver = app.extensions[KEY].solver
    solver.fork()
    try:
        for language in languages:
            app.test_client().get("/", headers={"Accept-Language": language})
        client = app.test_client()
        trip = client.post("/api/v1/sessions").json
        assert trip is not None
        bearer = {"Authorization": f"Bearer {trip['token']}"}
        url = f"/api/v1/sessions/{trip['session_id']}"
        client.post(f"{url}/messages", json={"text": WISH}, headers=bearer)
        client.get(f"{url}/itinerary", headers=bearer)
        client.get(f"/trips/{trip['session_id']}", headers=bearer)
    finally:
        solver.close()
