"""How the app reaches a Redis server or cluster, and whether it may trust it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.cluster import RedisCluster
from redis.exceptions import RedisError
from redis.retry import Retry

from itinerary_app.errors import ConfigurationError

logger = logging.getLogger(__name__)

ANSWER_WITHIN = 5.0  # seconds
CONNECT_WITHIN = 2.0  # seconds
POOL_TIMEOUT = 3.0  # seconds that a caller waits for a free connection

Client = redis.Redis | RedisCluster


def verify_redis(url: str) -> None:
    """Raise ConfigurationError, with the remedy, unless the server keeps its data."""
    client = connect(url, pool_size=1, answer_within=ANSWER_WITHIN)
    try:
        for memory, persistence in _infos(client):
            _verify_keeping(memory, persistence)
    except (RedisError, OSError) as exc:
        raise ConfigurationError(
            "Redis does not answer. Check DATABASE_URL and that the server runs "
            f"({type(exc).__name__})."
        ) from exc
    finally:
        client.close()


def _infos(client: Client) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What each server that holds keys tells of its memory and its persistence."""
    if not isinstance(client, RedisCluster):
        yield client.info("memory"), client.info("persistence")
        return
    for node in client.get_primaries():  # type: ignore[no-untyped-call]  # redis-py has no type for it
        server = client.get_redis_connection(node)
        yield server.info("memory"), server.info("persistence")


def _verify_keeping(memory: Mapping[str, Any], persistence: Mapping[str, Any]) -> None:
    policy = memory["maxmemory_policy"]
    if policy != "noeviction":
        raise ConfigurationError(
            f"Redis has maxmemory-policy {policy}: short of memory it would drop "
            "trips silently. Set it to noeviction: CONFIG SET maxmemory-policy "
            "noeviction, and the same in its configuration file."
        )
    if not int(persistence["aof_enabled"]):
        logger.warning(
            "Redis runs without an append-only file: a restart loses the trips since "
            "its last snapshot. Set appendonly yes."
        )


def connect(url: str, *, pool_size: int, answer_within: float) -> Client:
    """A client for redis://, rediss:// or redis+cluster://; nothing is sent yet."""
    options: dict[str, Any] = {
        "socket_timeout": answer_within,
        "socket_connect_timeout": CONNECT_WITHIN,
        "retry": Retry(NoBackoff(), 0),
    }
    try:
        if url.startswith("redis+cluster://"):
            nodes = url.replace("redis+cluster://", "redis://", 1)
            return RedisCluster.from_url(nodes, **options)
        pool = redis.BlockingConnectionPool.from_url(
            url, max_connections=pool_size, timeout=POOL_TIMEOUT, **options
        )
        return redis.Redis.from_pool(pool)
    except ValueError as exc:
        raise ConfigurationError(
            "DATABASE_URL is not understood; expected "
            "redis://user:password@host:port/number."
        ) from exc
