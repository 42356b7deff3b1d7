"""The app over HTTP beside a bare Flask app: `make bench-http`, or `--help`.

Both run under gunicorn with as many workers and threads, on one PostgreSQL, and are
asked by wrk in turns, so that the machine's mood is the same for both. A message needs
no plan, an act notes a word on a stop, a read is the plan's JSON, a page is the trip's.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import psycopg
import requests
from psycopg.conninfo import make_conninfo

from itinerary_app.storage.embedded import EmbeddedServer
from tests.bench.limits import CREATE, TABLES
from tests.bench.workload import ITINERARY_JSON, history
from tests.live import ROOT, LiveServer, free_port
from tests.waiting import until

RESULTS = Path("bench-results")
WORKERS, THREADS = 2, 8
TRIPS = 32
PLANNED = "Plan 3 days in Jaipur, culture and food, moderate pace, moderate budget"
SAID = "thanks"
KINDS = (("message", 8), ("act", 8), ("read", 8), ("page", 1), ("page", 8))  # clients
LEAST = {"message": 0.7, "act": 0.8, "read": 0.8}  # of the bare app's requests/s
MOST = 0.4  # of the p50 of a page of the build before, with one client
SCRIPT = Path(__file__).with_name("requests.lua")


class Trip(NamedTuple):
    session_id: str
    token: str
    stop: str  # the id of a place in its plan


Found = dict[tuple[str, str, int], list["Asked"]]


class Asked(NamedTuple):
    """What wrk saw: requests/s, milliseconds, and requests that failed."""

    rate: float
    p50: float
    p99: float
    failed: int


def trip(server: LiveServer) -> Trip:
    """One with a plan, made over the API."""
    url = f"{server.url}/api/v1/sessions"
    made = requests.post(url, timeout=60).json()
    key, headers = made["session_id"], {"Authorization": f"Bearer {made['token']}"}
    said = {"text": PLANNED}
    requests.post(f"{url}/{key}/messages", json=said, headers=headers, timeout=60)
    plan = requests.get(f"{url}/{key}/itinerary", headers=headers, timeout=60).json()
    return Trip(key, made["token"], plan["days"][0]["stops"][0]["place"]["id"])


def ours(kind: str, it: Trip, number: int) -> tuple[str, str, Any]:
    """Method, path and body of a request of ours; a trip's next note is another."""
    path = f"/api/v1/sessions/{it.session_id}"
    note = {
        "act": "note",
        "stop": {"ids": [it.stop]},
        "text": f"note {number // TRIPS % 2}",
    }
    return {
        "message": ("POST", f"{path}/messages", {"text": SAID}),
        "act": ("POST", f"{path}/acts", {"acts": [note]}),
        "read": ("GET", f"{path}/itinerary", None),
        "page": ("GET", f"/trips/{it.session_id}", None),
    }[kind]


def line(method: str, path: str, token: str, body: Any) -> str:
    return f"{method} {path} {token} {json.dumps(body) if body else ''}".strip()


def length(server: LiveServer, kind: str, it: Trip) -> int:
    """The bytes of an answer of ours."""
    method, path, body = ours(kind, it, 0)
    answer = requests.request(
        *(method, f"{server.url}{path}"),
        json=body,
        headers={"Authorization": f"Bearer {it.token}"},
        timeout=60,
    )
    answer.raise_for_status()
    return len(answer.content)


def raw_conversations(dsn: str) -> list[str]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        for table in TABLES:
            connection.execute(table)
        keys = []
        for _ in range(TRIPS):
            [key] = connection.execute("SELECT gen_random_uuid()").fetchone() or ()
            connection.execute(CREATE, [key])
            connection.execute(
                "UPDATE raw_sessions SET itinerary = %s, msg_count = 20 WHERE id = %s",
                [ITINERARY_JSON, key],
            )
            with connection.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO raw_messages VALUES (%s, %s, %s, %s)",
                    [(key, seq, *it) for seq, it in enumerate(history(20), 1)],
                )
            keys.append(str(key))
    return keys


@contextmanager
def bare(dsn: str, lengths: dict[str, int]) -> Iterator[str]:
    """The URL of the bare app."""
    port = free_port()
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}"),
            *("-w", str(WORKERS), "-k", "gthread", "--threads", str(THREADS)),
            *("--log-level", "warning", "tests.bench.http.bare:create_app()"),
        ],
        cwd=ROOT,
        env={**os.environ, "RAW_DSN": dsn, "RAW_LENGTHS": json.dumps(lengths)},
    ) as process:
        try:
            until(lambda: listens(port))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def listens(port: int) -> bool:
    """Whether something does there."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def ask(url: str, lines: list[str], *, clients: int, seconds: float) -> Asked:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        run = subprocess.run(
            [
                *("wrk", "-t", "1", "-c", str(clients), "-d", f"{seconds:g}s"),
                *("--timeout", "10s", "-s", str(SCRIPT), url),
            ],
            env={**os.environ, "REQUESTS": file.name},
            check=True,
            capture_output=True,
            text=True,
        )
    told = json.loads(run.stdout.splitlines()[-1])
    rate = told["requests"] / told["seconds"]
    return Asked(rate, told["p50"], told["p99"], told["failed"])


def prepared(server: LiveServer) -> list[Trip]:
    """The server runs when this returns."""
    server.migrate()
    server.start()
    return [trip(server) for _ in range(TRIPS)]


def requests_of(kind: str, trips: list[Trip]) -> list[str]:
    """Of each trip in turn, twice: each note is another than the trip's last."""
    return [
        line(method, path, it.token, body)
        for number, it in enumerate([*trips, *trips])
        for method, path, body in [ours(kind, it, number)]
    ]


def measure(
    folder: Path, rounds: int, seconds: float, tree: Path | None, only: str | None
) -> Found:
    """What was seen in each round, by app, kind of request, and clients."""
    kinds = [it for it in KINDS if only in (None, it[0])]
    counts = {"WEB_CONCURRENCY": str(WORKERS), "WEB_THREADS": str(THREADS)}
    trees = {"ours": ROOT} | ({"before": tree} if tree else {})
    servers = {
        name: LiveServer(folder / name, tree=path, LIMIT_REQUESTS="0", **counts)
        for name, path in trees.items()
    }
    found: Found = {}
    with ExitStack() as stack:
        trips = {}
        for name, server in servers.items():
            trips[name] = prepared(server)
            stack.callback(server.stop)
        lengths = {it: length(servers["ours"], it, trips["ours"][0]) for it in LEAST}
        parameters = EmbeddedServer(folder / "ours" / "postgresql").parameters
        with psycopg.connect(**parameters, autocommit=True) as admin:
            admin.execute("CREATE DATABASE raw")
        dsn = make_conninfo(**{**parameters, "dbname": "raw"})
        keys = raw_conversations(dsn)
        urls = {"bare": stack.enter_context(bare(dsn, lengths))}
        urls |= {name: server.url for name, server in servers.items()}
        for number in range(rounds + 1):  # the first warms up
            for kind, clients in kinds:
                for name, url in urls.items():
                    if name == "bare" and kind == "page":
                        continue
                    if name == "bare":
                        body = None if kind == "read" else {"text": SAID}
                        method = "POST" if body else "GET"
                        asked = [
                            line(method, f"/{kind}/{it}", "-", body) for it in keys
                        ]
                    else:
                        asked = requests_of(kind, trips[name])
                    got = ask(url, asked, clients=clients, seconds=seconds)
                    if number:
                        found.setdefault((name, kind, clients), []).append(got)
    return found


def table(found: Found) -> Iterator[str]:
    """Lines of Markdown."""
    heads = "request | clients | requests/s | p50 ms | p99 ms | failed | of bare | bar"
    yield f"| {heads} |"
    yield "|---" * 8 + "|"
    for (name, kind, clients), rounds in found.items():
        rate, p50, p99 = (median(it[place] for it in rounds) for place in range(3))
        cells = [f"{name} {kind}", clients, f"{rate:,.0f}", f"{p50:.1f}", f"{p99:.1f}"]
        cells.append(sum(it.failed for it in rounds))
        if name != "bare" and kind in LEAST:
            beside = zip(rounds, found["bare", kind, clients], strict=True)
            ratio = median(one.rate / other.rate for one, other in beside)
            verdict = "met" if ratio >= LEAST[kind] else "short"
            cells += [f"{ratio:.2f}", f"{LEAST[kind]:.2f} {verdict}"]
        elif name == "ours" and kind == "page" and ("before", kind, clients) in found:
            beside = zip(rounds, found["before", kind, clients], strict=True)
            ratio = median(one.p50 / other.p50 for one, other in beside)
            verdict = "met" if ratio <= MOST else "missed"
            bar = f"{MOST:.2f} {verdict}" if clients == 1 else ""
            cells += [f"p50 {ratio:.2f} of before", bar]
        else:
            cells += ["", ""]
        yield f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.http", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="%(default)s")
    parser.add_argument("--seconds", type=float, default=2, help="each, %(default)s")
    parser.add_argument("--tree", type=Path, help="an earlier checkout, beside this")
    kinds = sorted({kind for kind, _clients in KINDS})
    parser.add_argument("--only", choices=kinds, help="one kind of request")
    given = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        found = measure(place, given.rounds, given.seconds, given.tree, given.only)
    text = "\n".join(table(found)) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "http.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
