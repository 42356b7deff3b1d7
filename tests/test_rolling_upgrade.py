"""The version before this one serves while this one's migrations run, and back."""

from __future__ import annotations

import io
import json
import os
import subprocess
import tarfile
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from tests.live import ROOT, LiveServer

EARLIER = "e15f2b96988ee8f15a3e24cd9f21dade70d68edf"  # the last one on schema 0007
SCHEMA = "0007"
TRAVELLERS = 4


@pytest.fixture
def earlier(tmp_path: Path, database_url: str) -> Iterator[LiveServer]:
    """A server of the version before this one, on its own schema."""
    archive = subprocess.run(
        ["git", "archive", EARLIER], cwd=ROOT, capture_output=True, check=False
    )
    if archive.returncode:
        assert not os.environ.get("CI"), "CI's clone lacks the earlier version."
        pytest.skip("the earlier version is not in this checkout's history")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(tmp_path / "earlier", filter="data")
    LiveServer(tmp_path, DATABASE_URL=database_url).alembic(
        "downgrade", SCHEMA
    ).check_returncode()
    server = LiveServer(tmp_path, tree=tmp_path / "earlier", DATABASE_URL=database_url)
    server.start()
    yield server
    assert "Traceback" not in server.stop()


class Traveller:
    """Begins trips, talks, looks and deletes, until told to stop."""

    def __init__(self, url: str) -> None:
        self._base = f"{url}/api/v1/sessions"
        self.answers: Counter[int] = Counter()

    def travel(self, rounds: threading.Semaphore, enough: threading.Event) -> None:
        while not enough.is_set():
            made = self._call("POST", "")
            key, token = f"/{made['session_id']}", made["token"]
            for text in ("2 days in Jaipur", "add a day", "thanks"):
                self._call("POST", f"{key}/messages", token, {"text": text})
            self._call("GET", key, token)
            self._call("DELETE", key, token)
            rounds.release()

    def _call(
        self,
        method: str,
        path: str,
        token: str = "",
        body: dict[str, str] | None = None,
    ) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
            headers["Idempotency-Key"] = str(uuid4())
        request = urllib.request.Request(
            self._base + path,
            method=method,
            headers=headers,
            data=json.dumps(body).encode() if body else None,
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            self.answers[response.status] += 1
            return json.load(response) if response.status != 204 else {}


def test_upgrade_and_downgrade_fail_no_request(
    earlier: LiveServer, tmp_path: Path, database_url: str
) -> None:
    """While the earlier version serves, the schema goes up, down and up again, and
    every request is answered with success.
    """
    now = LiveServer(tmp_path, DATABASE_URL=database_url)
    rounds, enough = threading.Semaphore(0), threading.Event()
    travellers = [Traveller(earlier.url) for _ in range(TRAVELLERS)]
    with ThreadPoolExecutor(TRAVELLERS) as pool:
        running = [pool.submit(it.travel, rounds, enough) for it in travellers]
        try:
            for words in (
                ("upgrade", "head"),
                ("downgrade", SCHEMA),
                ("upgrade", "head"),
            ):
                for _ in range(TRAVELLERS):  # some whole trips on each schema
                    assert rounds.acquire(timeout=60)
                migrated = now.alembic(*words)
                assert migrated.returncode == 0, migrated.stderr
            for _ in range(TRAVELLERS):
                assert rounds.acquire(timeout=60)
        finally:
            enough.set()
        for one in running:
            one.result()
    answers = sum((it.answers for it in travellers), Counter())
    assert set(answers) == {200, 201, 204}
