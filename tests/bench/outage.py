"""What callers wait for while the storage hangs: `python -m tests.bench.outage`.

Each fault has a server of its own with 2 workers of 8 threads, and 64 clients that
change a preference again and again for ten seconds from the fault's first moment on.
`late` are the requests sent three seconds after it or later. With --tree an earlier
checkout is measured beside this one, fault by fault.
"""

from __future__ import annotations

import argparse
import os
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psycopg
import requests

from itinerary_app.storage.embedded import EmbeddedServer
from tests import valkey
from tests.faults import frozen, processes_of
from tests.live import ROOT, LiveServer, free_port

SECONDS = 10.0  # that a fault lasts
LATE = 3.0  # seconds after it
ROW = "| {:17} | {:6} |" + " {:>8} |" * 8 + " {}"
HEAD = (
    *("fault", "tree", "p50 s", "max s", "late", "late max"),
    *("no retry", "/livez", "/readyz", "back s", "statuses"),
)
Break = Callable[[LiveServer, list["Client"]], AbstractContextManager[None]]


class Asked(NamedTuple):
    begun: float
    seconds: float
    status: int  # 0: no answer
    retry_after: str = ""


def ask(method: str, url: str, begun: float, **options: object) -> Asked:
    at = time.monotonic()
    try:
        answer = requests.request(method, url, timeout=90, **options)  # type: ignore[arg-type]
    except requests.RequestException:
        return Asked(at - begun, time.monotonic() - at, 0)
    told = answer.headers.get("Retry-After", "")
    return Asked(at - begun, time.monotonic() - at, answer.status_code, told)


class Client:
    def __init__(self, server: LiveServer) -> None:
        sessions = f"{server.url}/api/v1/sessions"
        made = requests.post(sessions, timeout=30).json()
        self.session_id = made["session_id"]
        self._url = f"{sessions}/{self.session_id}"
        self._headers = {"Authorization": f"Bearer {made['token']}"}

    def change(self, begun: float = 0) -> Asked:
        preferences = {"adults": 1 + int(time.monotonic() * 1000) % 7}
        body = {"preferences": preferences}
        return ask("PATCH", self._url, begun, json=body, headers=self._headers)


@contextmanager
def postgres_frozen(server: LiveServer, clients: list[Client]) -> Iterator[None]:
    with frozen(processes_of(server.instance)):
        yield


def redis_frozen(pid: int) -> Break:
    @contextmanager
    def freeze(server: LiveServer, clients: list[Client]) -> Iterator[None]:
        with frozen([pid]):
            yield

    return freeze


@contextmanager
def rows_locked(server: LiveServer, clients: list[Client]) -> Iterator[None]:
    with _admin(server) as admin, admin.transaction():
        keys = [it.session_id for it in clients]
        wanted = "SELECT FROM sessions WHERE session_id = ANY(%s::uuid[]) FOR UPDATE"
        admin.execute(wanted, [keys])
        yield


@contextmanager
def statements_slow(server: LiveServer, clients: list[Client]) -> Iterator[None]:
    with _admin(server) as admin:
        admin.execute(
            "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN PERFORM pg_sleep(2); RETURN NEW; END'; CREATE TRIGGER aaa_wait "
            "BEFORE UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION wait()"
        )
        yield
        admin.execute("DROP TRIGGER aaa_wait ON sessions")


@contextmanager
def _admin(server: LiveServer) -> Iterator[psycopg.Connection]:
    embedded = EmbeddedServer(server.instance / "postgresql")
    with psycopg.connect(**embedded.parameters, autocommit=True) as admin:
        yield admin


def measure(
    name: str, tree: Path, fault: Break, count: int, **settings: str
) -> tuple[object, ...]:
    live = free_port()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        server = LiveServer(folder, tree=tree, LIVE_PORT=str(live), **settings)
        if "DATABASE_URL" not in settings:
            server.migrate()
        server.start()
        stack.callback(server.stop)
        clients = [Client(server) for _ in range(count)]
        for one in clients[:16]:
            assert one.change().status == 200
        asked: list[Asked] = []
        health: dict[str, list[Asked]] = {"livez": [], "readyz": []}
        over = threading.Event()
        begun = time.monotonic()

        def demand(one: Client) -> None:
            while not over.is_set():
                asked.append(one.change(begun))
                time.sleep(0.1)  # so that refusals do not measure the clients' own CPU

        def look(url: str, found: list[Asked]) -> None:
            while not over.is_set():
                found.append(ask("GET", url, begun))
                time.sleep(0.2)

        urls = (f"http://127.0.0.1:{live}/livez", f"{server.url}/readyz")
        threads = [threading.Thread(target=demand, args=[it]) for it in clients]
        threads += [
            threading.Thread(target=look, args=[url, found])
            for url, found in zip(urls, health.values(), strict=True)
        ]
        with fault(server, clients):
            begun = time.monotonic()
            for thread in threads:
                thread.start()
            time.sleep(SECONDS)
        ended = time.monotonic()
        over.set()
        while clients[0].change().status != 200:
            time.sleep(0.05)
        back = time.monotonic() - ended
        for thread in threads:
            thread.join()
    late = [it.seconds for it in asked if it.begun > LATE] or [float("nan")]
    unsaid = sum(it.status == 503 and not it.retry_after for it in asked)
    return (
        name,
        "this" if tree == ROOT else "before",
        f"{median(it.seconds for it in asked):.2f}",
        f"{max(it.seconds for it in asked):.2f}",
        f"{median(late):.2f}",
        f"{max(late):.2f}",
        unsaid,
        f"{max(it.seconds for it in health['livez']):.2f}",
        f"{max(it.seconds for it in health['readyz']):.2f}",
        f"{back:.2f}",
        dict(sorted(Counter(it.status for it in asked).items())),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tree", type=Path, help="an earlier checkout")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--only", default="", help="a part of the fault's name")
    given = parser.parse_args()
    trees = [given.tree.resolve(), ROOT] if given.tree else [ROOT]
    print(ROW.format(*HEAD))
    with valkey.server() as redis:
        with redis.client() as admin:
            pid = admin.info("server")["process_id"]
        url = f"redis://127.0.0.1:{redis.port}/0"
        faults: list[tuple[str, Break, dict[str, str]]] = [
            ("PostgreSQL frozen", postgres_frozen, {}),
            ("Redis frozen", redis_frozen(pid), {"DATABASE_URL": url}),
            ("rows locked", rows_locked, {}),
            ("slow statements", statements_slow, {}),
        ]
        for name, fault, settings in faults:
            for tree in trees:
                if given.only in name:
                    row = measure(name, tree, fault, given.clients, **settings)
                    print(ROW.format(*row), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(1))
    main()
