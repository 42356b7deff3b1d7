"""What the server writes about itself: a line a request, and warnings that know theirs.

No line holds what travellers say, their secrets, addresses or the ids of their trips.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec

from itinerary_app.config import Settings
from itinerary_app.storage.acting import acting
from itinerary_app.web.observing import Seen

AGAIN_AFTER = 1.0  # seconds in which the same warning is not written again
SESSION_DIGITS = 16  # of the HMAC
TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

logger = logging.getLogger(__name__)


def configure(settings: Settings) -> None:
    """Write this process's log to standard error, as the settings say."""
    handler = logging.StreamHandler()
    handler.addFilter(Seldom())
    handler.setFormatter(
        JsonLines() if settings.log_format == "json" else logging.Formatter(TEXT)
    )
    logging.basicConfig(handlers=[handler], force=True)
    logging.getLogger("itinerary_app").setLevel(settings.log_level.upper())


def lines_of(settings: Settings) -> Callable[[Seen], None]:
    """An observer that writes one line a request."""
    key = hashlib.sha256(f"log:{settings.secret_key}".encode()).digest()

    def write(seen: Seen) -> None:
        fields: dict[str, Any] = {
            "route": seen.route,
            "method": seen.method,
            "status": seen.status,
            "ms": round(seen.seconds * 1000, 1),
        }
        if seen.session_id:
            known = hmac.new(key, seen.session_id.encode(), hashlib.sha256)
            fields["session"] = known.hexdigest()[:SESSION_DIGITS]
        logger.info("request", extra={"fields": fields})

    return write


class JsonLines(logging.Formatter):
    """One JSON object a line, with the id of the request in which it was written."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := acting.get().request_id:
            line["request"] = request_id
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()


class Seldom(logging.Filter):
    """Of warnings alike, lets one a second through: an outage makes one line, not one
    for each that it hits. The next one says how many were left out.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._last: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is written. `msg` is a text of ours: there are few of them."""
        if record.levelno != logging.WARNING:
            return True
        alike = record.name, str(record.msg)
        with self._lock:
            now = self._clock()
            written, left_out = self._last.get(alike, (now - AGAIN_AFTER, 0))
            if now - written < AGAIN_AFTER:
                self._last[alike] = written, left_out + 1
                return False
            self._last[alike] = now, 0
        if left_out:
            record.msg = f"{record.getMessage()} ({left_out} more like it)"
            record.args = ()
        return True
