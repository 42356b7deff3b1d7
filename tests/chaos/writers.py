"""Writers to a storage, and to a server by its API."""

from __future__ import annotations

from contextlib import suppress
from secrets import token_bytes
from uuid import uuid4

import requests

from itinerary_app.errors import SessionNotFound, StorageUnavailable
from itinerary_app.storage.base import Changes, SessionStorage
from itinerary_app.storage.testing import said

ALL = 1_000_000  # messages


class StorageWriter:
    """Sends a turn that got no answer again under the same key."""

    def __init__(self, storage: SessionStorage) -> None:
        self._storage = storage

    def begin(self) -> str | None:
        with suppress(StorageUnavailable):
            return self._storage.create_session(owner_hash=token_bytes(32)).session_id
        return None

    def save(self, trip: str, number: int) -> bool:
        text = str(number)
        try:
            self._storage.update_session(
                trip, Changes(), messages=[said(text)], turn_key=self.key(number)
            )
        except StorageUnavailable:
            return False
        except SessionNotFound:  # all of it is lost, which its reading tells
            return True
        return True

    def key(self, number: int) -> str:
        return str(number)

    def kept(self, trip: str) -> list[tuple[int, str]]:
        session = self._storage.get_session(trip, history=ALL)
        found = session.conversation_history if session else ()
        return [(it.seq, it.content) for it in found]


class Forgetful(StorageWriter):
    """A storage that answers a turn in forty, and does not save it."""

    def save(self, trip: str, number: int) -> bool:
        return number % 40 == 39 or super().save(trip, number)


class Keyless(StorageWriter):
    """A client that sends a turn in forty again under another key."""

    def save(self, trip: str, number: int) -> bool:
        return (number % 40 != 39 or super().save(trip, number)) and super().save(
            trip, number
        )

    def key(self, number: int) -> str:
        self._sent = getattr(self, "_sent", 0) + 1
        return f"{number} {self._sent}" if number % 40 == 39 else str(number)


class Unkeyed(StorageWriter):
    """A client that sends each turn under another key, also when it sends it again."""

    def key(self, number: int) -> str:
        return uuid4().hex


class ApiWriter:
    """Programs whose turns have an Idempotency-Key each."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/api/v1/sessions"
        self._bearers: dict[str, dict[str, str]] = {}

    def begin(self) -> str | None:
        with suppress(requests.RequestException):
            answer = requests.post(self._url, timeout=60)
            if answer.status_code == 201:
                made = answer.json()
                bearer = {"Authorization": f"Bearer {made['token']}"}
                self._bearers[made["session_id"]] = bearer
                return str(made["session_id"])
        return None

    def save(self, trip: str, number: int) -> bool:
        with suppress(requests.RequestException):
            answer = requests.post(
                f"{self._url}/{trip}/messages",
                json={"text": str(number)},
                headers={**self._bearers[trip], "Idempotency-Key": f"turn-{number}"},
                timeout=60,
            )
            assert answer.status_code in (200, 201, 503), answer.text
            return answer.status_code != 503
        return False

    def kept(self, trip: str) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        query: dict[str, int] = {}
        while True:
            page = requests.get(
                f"{self._url}/{trip}/messages",
                params=query,
                headers=self._bearers[trip],
                timeout=60,
            ).json()
            said = [it for it in page["messages"] if it["role"] == "user"]
            found = [(it["seq"], it["content"]) for it in said] + found
            if page["next_before"] is None:
                return found
            query = {"before": page["next_before"]}
