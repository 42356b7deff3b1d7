"""The whole app amid faults, by its API."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chaos.test_storages import FROZEN
from tests.chaos.turmoil import SECONDS, report, turmoil
from tests.chaos.writers import ApiWriter
from tests.faults import frozen, processes_of
from tests.live import LiveServer
from tests.test_reload import workers
from tests.waiting import until


@pytest.fixture
def server(data: Path) -> Iterator[LiveServer]:
    """Two workers, and an embedded PostgreSQL."""
    server = LiveServer(data.parent, WEB_CONCURRENCY="2", WEB_THREADS="4")
    server.start()
    until(lambda: len(workers(server)) == 2)
    yield server
    server.stop()
    shutil.rmtree(data, ignore_errors=True)


def worker_killed(server: LiveServer) -> None:
    victim = min(workers(server))
    os.kill(victim, signal.SIGKILL)
    until(lambda: victim not in workers(server) and len(workers(server)) == 2)


def all_killed(server: LiveServer) -> None:
    """Master and workers at once."""
    server.kill()
    server.start()


def reloaded(server: LiveServer) -> None:
    assert server.process
    old = workers(server)
    server.process.send_signal(signal.SIGHUP)
    until(lambda: not old & workers(server))


def database_killed(server: LiveServer) -> None:
    os.kill(processes_of(server.instance)[0], signal.SIGKILL)


def database_frozen(server: LiveServer) -> None:
    with frozen(processes_of(server.instance)):
        time.sleep(FROZEN)


GO_ON = 40  # turns: each takes longer than one of a storage
FAULTS = [worker_killed, database_killed]
if SECONDS:  # the others take their time, and have tests of their own
    FAULTS += [all_killed, reloaded, database_frozen]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda it: it.__name__)
def test_a_server(server: LiveServer, fault: Callable[[LiveServer], None]) -> None:
    """Who sends a turn again under its key finds it once, and all of the others."""
    tally = turmoil(ApiWriter(server.url), lambda: fault(server), go_on=GO_ON)
    report(f"server, {fault.__name__.replace('_', ' ')}", tally)
    assert tally.is_clean, tally
