"""What the server does for the trail once a day: seal it, and forget what is old."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from itinerary_app.audit.seals import Forgotten
from itinerary_app.audit.trail import Trail
from itinerary_app.errors import ItineraryError
from itinerary_app.storage.database import Database

logger = logging.getLogger(__name__)

SEAL_EVERY = timedelta(days=1)


class Upkeep:
    """Called as often as one likes, by one process at a time; never raises ours.

    `database` is opened when there is first something to do. The first of the `secrets`
    seals, the others are former ones. `keep` is how long events
    outlive the seal that their session ended in; None keeps them for ever.
    """

    def __init__(
        self,
        database: Callable[[], Database],
        *,
        secrets: Sequence[str],
        keep: timedelta | None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._open, self._secrets, self._keep = database, secrets, keep
        self._clock = clock
        self._trail: Trail | None = None
        self._due = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> None:
        if self._clock() < self._due:
            return
        try:
            self._trail = self._trail or Trail(self._open())
            last = self._trail.last_seal()
            if last is None or self._clock() - last.sealed_at >= SEAL_EVERY:
                self._daily(self._trail)
                last = self._trail.last_seal()
            if last:
                self._due = last.sealed_at + SEAL_EVERY
        except ItineraryError as exc:
            logger.warning("The audit trail is not looked after: %s", exc)

    def _daily(self, trail: Trail) -> None:
        seal, chains = trail.seal(self._secrets[0])
        logger.info("%d sessions sealed; keep this elsewhere: %s", chains, seal)
        if self._keep is None:
            return
        for done in trail.forget(self._secrets, older_than=self._keep):
            if isinstance(done, Forgotten):
                logger.info("%d old sessions' events forgotten.", done.chains)
            else:
                logger.error("Tampering? Nothing more is forgotten: %s", done)
