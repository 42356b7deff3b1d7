"""Whether PostgreSQL would take a turn; an answer alone says nothing of that."""

from __future__ import annotations

import logging

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage import statements
from itinerary_app.storage.pool import Pool

logger = logging.getLogger(__name__)


def verify_writable(pool: Pool) -> None:
    """Raise StorageUnavailable where a write would be refused, or wait without end."""
    [(_, refuses, waits)] = pool.run(statements.CHECK, {}, repeatable=True)
    if waits:
        logger.warning(
            "A synchronous standby is away, and every write waits for it. Bring it "
            "back, or take it out of synchronous_standby_names."
        )
    if refuses or waits:
        raise StorageUnavailable("The trips can be read only just now.")
