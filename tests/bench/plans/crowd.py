"""Eight plans at once from a real server: how long the last takes, and the memory."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import numpy as np

from itinerary_app.planner.solver import worker
from tests.live import LiveServer

AT_ONCE = 8
ROUNDS = 5
WISH = "7 days in Paris, we love art and food"


class Answer(NamedTuple):
    status: int
    seconds: float
    again_in: str | None


class Crowd(NamedTuple):
    """Seconds of one plan alone, rounds of plans at once, megabytes while solving."""

    alone: list[float]
    rounds: list[list[Answer]]
    megabytes: float


def measured() -> Crowd:
    """Ask a server with two workers, as it comes."""
    with tempfile.TemporaryDirectory() as folder:
        server = LiveServer(Path(folder), WEB_CONCURRENCY="2")
        server.migrate()
        server.start()
        try:
            return _measured(server.url)
        finally:
            server.stop()


def _measured(url: str) -> Crowd:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        trips = [_trip(url) for _ in range(AT_ONCE)]
        for _ in range(3):  # the processes of both workers are started
            list(threads.map(lambda it: _ask(url, it), trips))
        alone = [_ask(url, _trip(url)).seconds for _ in range(ROUNDS)]
        rounds = []
        for _ in range(ROUNDS):
            trips = [_trip(url) for _ in range(AT_ONCE)]
            rounds.append(list(threads.map(lambda it: _ask(url, it), trips)))
        return Crowd(alone, rounds, _megabytes())


def rows(crowd: Crowd) -> list[str]:
    """What was seen, in Markdown."""
    alone = float(np.median(crowd.alone))
    made = [[it for it in some if it.status == 201] for some in crowd.rounds]
    last = [max(it.seconds for it in some) / alone for some in made if some]
    refused = [it for some in crowd.rounds for it in some if it.status == 503]
    others = sum(it.status not in (201, 503) for some in crowd.rounds for it in some)
    slowest = max((it.seconds for it in refused), default=0.0)
    told = all(it.again_in for it in refused)
    return [
        f"| {AT_ONCE} plans at once, 2 workers | |",
        "|---|---|",
        f"| seconds of one alone | {alone:.2f} |",
        f"| made, of {AT_ONCE * ROUNDS} | {sum(map(len, made))} |",
        f"| the last to one alone: p50, max | {np.median(last):.1f}, {max(last):.1f} |",
        f"| refused with 503 | {len(refused)}, within {slowest:.2f} s |",
        f"| each with Retry-After | {'yes' if told else 'NO'} |",
        f"| other answers | {others} |",
        f"| MB of the planning processes (PSS) | {crowd.megabytes:.0f} |",
    ]


def _trip(url: str) -> Mapping[str, str]:
    request = Request(f"{url}/api/v1/sessions", method="POST", data=b"")
    with urlopen(request, timeout=60) as answer:
        found: Mapping[str, str] = json.load(answer)
        return found


def _ask(url: str, trip: Mapping[str, str]) -> Answer:
    request = Request(
        f"{url}/api/v1/sessions/{trip['session_id']}/messages",
        data=json.dumps({"text": WISH}).encode(),
        headers={
            "Authorization": f"Bearer {trip['token']}",
            "Content-Type": "application/json",
        },
    )
    began = time.perf_counter()
    try:
        with urlopen(request, timeout=120) as answer:
            answer.read()
            status, again_in = answer.status, None
    except HTTPError as exc:
        status, again_in = exc.code, exc.headers.get("Retry-After")
    return Answer(status, time.perf_counter() - began, again_in)


def _megabytes() -> float:
    """What all solver processes on this machine have in memory, shared pages shared."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if worker.__name__ in (process / "cmdline").read_text():
                rollup = (process / "smaps_rollup").read_text()
                total += int(rollup.partition("\nPss:")[2].split()[0])
        except OSError:  # it is gone, or somebody else's
            continue
    return total / 1024


if __name__ == "__main__":
    print("\n".join(rows(measured())))
