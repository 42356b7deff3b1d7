"""Whether trips can be written, told in time whatever the storage does."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.base import SessionStorage

WITHIN = 0.6  # seconds


class Readiness:
    """Asks the storage for all who want to know at the same time, once."""

    def __init__(self, storage: SessionStorage) -> None:
        self._check = storage.check
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None  # made where it serves
        self._asking: Future[None] | None = None

    def verify(self) -> None:
        """Raise StorageUnavailable when they cannot, or nobody knows WITHIN so long."""
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(1, thread_name_prefix="readiness")
            if self._asking is None or self._asking.done():
                self._asking = self._threads.submit(self._check)
            asking = self._asking
        try:
            asking.result(WITHIN)
        except TimeoutError as exc:
            raise StorageUnavailable from exc
