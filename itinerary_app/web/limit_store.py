"""Limits that are counted in the app's own PostgreSQL, which `limits` has no store for.

What is counted stands there as an HMAC: no address is kept.
"""

from __future__ import annotations

import hmac
from typing import Any

from limits.storage import SlidingWindowCounterSupport, Storage

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.counting import RequestCounts

SCHEME = "database"


class DatabaseStore(Storage, SlidingWindowCounterSupport):
    """For the strategy `sliding-window-counter` alone."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012  # how `limits` finds it

    def __init__(
        self,
        uri: str | None = None,
        wrap_exceptions: bool = False,
        *,
        counts: RequestCounts,
        secret: str,
        **options: Any,
    ) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._counts, self._secret = counts, secret.encode()

    @property
    def base_exceptions(self) -> type[Exception]:
        return StorageUnavailable

    def acquire_sliding_window_entry(
        self, key: str, limit: int, expiry: int, amount: int = 1
    ) -> bool:
        return self._counts.add(self._hidden(key), amount, most=limit, seconds=expiry)

    def get_sliding_window(
        self, key: str, expiry: int
    ) -> tuple[int, float, int, float]:
        found = self._counts.window(self._hidden(key), seconds=expiry)
        return found.before, found.left, found.lately, found.left + expiry

    def clear_sliding_window(self, key: str, expiry: int) -> None:
        self._counts.forget(self._hidden(key))

    def clear(self, key: str) -> None:
        self._counts.forget(self._hidden(key))

    def check(self) -> bool:
        try:
            self._counts.check()
        except StorageUnavailable:
            return False
        return True

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        raise NotImplementedError

    def get(self, key: str) -> int:
        raise NotImplementedError

    def get_expiry(self, key: str) -> float:
        raise NotImplementedError

    def reset(self) -> int | None:
        raise NotImplementedError

    def _hidden(self, key: str) -> bytes:
        return hmac.digest(self._secret, key.encode(), "sha256")[:16]
