"""All that a storage holds, as text in which words can be searched for."""

from __future__ import annotations

import subprocess

import redis

from itinerary_app.storage.embedded import programs


def by_pg_dump(url: str) -> str:
    """A whole dump of the database."""
    dump = [programs() / "pg_dump", "--inserts", url]
    run = subprocess.run(dump, check=True, capture_output=True)
    return run.stdout.decode()


def of_redis(server: redis.Redis) -> str:
    """Every key's value."""
    read = {
        b"hash": server.hgetall,
        b"list": lambda key: server.lrange(key, 0, -1),
        b"zset": lambda key: server.zrange(key, 0, -1),
        b"string": server.get,
    }
    return repr([read[server.type(key)](key) for key in server.scan_iter()])
