"""How long a plain page takes while four plans are made, in threads or by the pool."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count

import numpy as np

from itinerary_app.app import create_app
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.config import Settings
from itinerary_app.model import PlanRequest
from itinerary_app.planner.planner import Planner
from itinerary_app.planner.solver.pool import SolverPool
from itinerary_app.planner.solver.solving import Solve, solve

PLANS = 4  # at once
DAYS = 7
SECONDS = 8.0  # of each round
PAUSE = 0.01  # seconds from one page to the next
CITIES = ("Paris", "London", "Rome", "Tokyo")


def milliseconds() -> dict[str, list[float]]:
    """The milliseconds of each page load: without plans, and while they are made."""
    with closing(SolverPool()) as pool:
        _plan_until(threading.Event(), 0, pool, most=1)  # its processes are started
        return {
            "idle": _loads(None),
            f"{PLANS} plans in threads": _loads(solve),
            f"{PLANS} plans by the pool": _loads(pool),
        }


def rows(loads: dict[str, list[float]]) -> list[str]:
    """A table of the percentiles, in Markdown."""
    return [
        "| page loads | count | ms p50 | p99 | max |",
        "|---|---|---|---|---|",
        *(f"| {name} | {len(some)} | {_percentiles(some)} |"
          for name, some in loads.items()),
    ]  # fmt: skip


def _percentiles(some: Sequence[float]) -> str:
    return " | ".join(f"{np.percentile(some, share):.1f}" for share in (50, 99, 100))


def _loads(solver: Solve | None) -> list[float]:
    settings = Settings(
        environment="development", secret_key="x" * 40, storage_url="memory:"
    )
    client = create_app(settings).test_client()
    client.get("/")  # templates are compiled once
    done = threading.Event()
    with ThreadPoolExecutor(PLANS) as threads:
        if solver:
            for number in range(PLANS):
                threads.submit(_plan_until, done, number, solver)
        found = []
        end = time.perf_counter() + SECONDS
        while time.perf_counter() < end:
            began = time.perf_counter()
            assert client.get("/").status_code == 200
            found.append(1000 * (time.perf_counter() - began))
            time.sleep(PAUSE)
        done.set()
    return found


def _plan_until(
    done: threading.Event, first: int, solver: Solve, most: int = 10_000
) -> None:
    planner = Planner(Catalogue(), solve=solver)
    for number in count(first):
        if done.is_set() or number - first >= most:
            return
        planner.plan(PlanRequest(CITIES[number % len(CITIES)], DAYS))
