"""How the app reaches a Redis server or cluster, and whether it may trust it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import redis
from redis.backoff import NoBackoff
from redis.cluster import ClusterNode, RedisCluster
from redis.exceptions import RedisClusterException, RedisError, ResponseError
from redis.retry import Retry

from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.findings import Finding, refuse_grave

logger = logging.getLogger(__name__)

ANSWER_WITHIN = 4.0  # seconds
PROBE_WITHIN = 2.0  # seconds
CONNECT_WITHIN = 2.0  # seconds
POOL_TIMEOUT = 3.0  # seconds that a caller waits for a free connection

CLUSTER = "redis+cluster://"  # some nodes, with commas between: any may be away
DEFAULT_PORT = 6379
READY_KEYS = 128  # of them some fall to each server of a cluster of up to a dozen
KEEPING = "noeviction"
NEARLY_FULL = 0.9  # of maxmemory
EVICTING = (
    "Redis has maxmemory-policy {}: short of memory it would drop trips silently. Set "
    "it to noeviction: CONFIG SET maxmemory-policy noeviction, and the same in its "
    "configuration file."
)
Client = redis.Redis | RedisCluster


def verify_redis(url: str) -> None:
    """Raise ConfigurationError, with the remedy, unless the server keeps its data."""
    refuse_grave(examine_redis(url))


def examine_redis(url: str) -> Iterator[Finding]:
    """What may cost trips. Raises ConfigurationError when no server answers."""
    is_cluster = url.startswith(CLUSTER)
    if is_cluster and urlsplit(url).path not in ("", "/", "/0"):
        raise ConfigurationError(
            "A cluster has the database 0 alone: leave the number out of DATABASE_URL."
        )
    try:
        with closing(connect(url, pool_size=1, answer_within=ANSWER_WITHIN)) as client:
            for memory, persistence in _infos(client):
                yield from _losses(memory, persistence)
            if not is_cluster and client.info("cluster").get("cluster_enabled"):
                yield Finding(
                    "This Redis is a node of a cluster: write redis+cluster://… for "
                    "redis://… in DATABASE_URL."
                )
    except RedisClusterException as exc:
        raise ConfigurationError(
            "No node of a cluster answers. Where Redis is a single server, write "
            "redis://… for redis+cluster://… in DATABASE_URL."
        ) from exc
    except ResponseError as exc:
        if "DB index" not in str(exc):
            raise _silent(exc) from exc
        raise ConfigurationError(
            "Redis has no database of the number at the end of DATABASE_URL; most "
            "have 0 to 15."
        ) from exc
    except (RedisError, OSError) as exc:
        raise _silent(exc) from exc


def _silent(exc: Exception) -> ConfigurationError:
    return ConfigurationError(
        "Redis does not answer. Check DATABASE_URL and that the server runs "
        f"({type(exc).__name__})."
    )


def _infos(client: Client) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What each server that holds keys tells of its memory and its persistence."""
    if not isinstance(client, RedisCluster):
        yield client.info("memory"), client.info("persistence")
        return
    for node in client.get_primaries():  # type: ignore[no-untyped-call]  # redis-py has no type for it
        server = client.get_redis_connection(node)
        yield server.info("memory"), server.info("persistence")


def _losses(
    memory: Mapping[str, Any], persistence: Mapping[str, Any]
) -> Iterator[Finding]:
    policy = memory["maxmemory_policy"]
    if policy != KEEPING:
        yield Finding(EVICTING.format(policy))
    if not int(persistence["aof_enabled"]):
        yield Finding(
            "Redis runs without an append-only file: a restart loses the trips since "
            "its last snapshot. Set appendonly yes.",
            grave=False,
        )
    if persistence.get("aof_last_write_status", "ok") != "ok":
        yield Finding(
            "Redis cannot write its append-only file. Look at its disk and its log."
        )
    limit, used = int(memory["maxmemory"]), int(memory["used_memory"])
    if limit and used > NEARLY_FULL * limit:
        yield Finding(
            f"Redis uses {used / limit:.0%} of its maxmemory; full, it takes no trips. "
            "Give it more: CONFIG SET maxmemory …, and the same in its configuration "
            "file.",
            grave=False,
        )


def verify_writable(client: Client) -> None:
    """Raise RedisError unless each server that holds keys takes writes.

    Warns, once, of one that has come to drop keys when it is short of memory.
    """
    for key in _a_key_of_each(client):
        client.psetex(key, 1_000, 1)
    for memory, _ in _infos(client):
        if memory["maxmemory_policy"] != KEEPING:
            _warn(EVICTING.format(memory["maxmemory_policy"]))


def probe(url: str) -> None:
    """Return when the server answers anything at all; raises within PROBE_WITHIN."""
    with closing(connect(url, pool_size=1, answer_within=PROBE_WITHIN)) as client:
        client.ping()


def _a_key_of_each(client: Client) -> Iterator[str]:
    if not isinstance(client, RedisCluster):
        yield "itinerary:ready"
        return
    seen = set()
    for number in range(READY_KEYS):
        key = f"itinerary:ready:{number}"
        node = client.get_node_from_key(key)  # type: ignore[no-untyped-call]  # as above
        if node not in seen:
            yield key
        seen.add(node)


@cache
def _warn(text: str) -> None:
    """Once is enough."""
    logger.warning(text)


def _nodes(url: str) -> tuple[str, list[ClusterNode]]:
    """The first node's own URL, and the others that may be asked in its place."""
    parts = urlsplit(url)
    credentials, at, hosts = parts.netloc.rpartition("@")
    first, *others = hosts.split(",")
    its_url = parts._replace(scheme="redis", netloc=f"{credentials}{at}{first}")
    named = [urlsplit(f"//{it}") for it in others]
    return its_url.geturl(), [
        ClusterNode(it.hostname, it.port or DEFAULT_PORT)  # type: ignore[no-untyped-call]  # redis-py has no type for it
        for it in named
    ]


def connect(url: str, *, pool_size: int, answer_within: float) -> Client:
    """A client for redis://, rediss:// or redis+cluster://; nothing is sent yet."""
    options: dict[str, Any] = {
        "socket_timeout": answer_within,
        "socket_connect_timeout": CONNECT_WITHIN,
        "retry": Retry(NoBackoff(), 0),
    }
    try:
        if url.startswith(CLUSTER):
            first, others = _nodes(url)
            return RedisCluster.from_url(first, startup_nodes=others, **options)
        pool = redis.BlockingConnectionPool.from_url(
            url, max_connections=pool_size, timeout=POOL_TIMEOUT, **options
        )
        return redis.Redis.from_pool(pool)
    except ValueError as exc:
        raise ConfigurationError(
            "DATABASE_URL is not understood; expected "
            "redis://user:password@host:port/number."
        ) from exc
