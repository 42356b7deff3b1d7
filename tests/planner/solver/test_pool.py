"""Solving in other processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import PlanRequest
from itinerary_app.planner.planner import Planner
from itinerary_app.planner.solver.pool import SolverPool

REQUEST = PlanRequest("Paris", 2)


@pytest.fixture
def pool() -> Iterator[SolverPool]:
    """A pool of two, closed in the end."""
    pool = SolverPool(2)
    yield pool
    pool.close()


def processes(pool: SolverPool) -> list[int]:
    executor = pool._executor
    assert isinstance(executor, ProcessPoolExecutor)
    return list(executor._processes)


def test_other_processes_find_the_same_plan(pool: SolverPool, planner: Planner) -> None:
    """Where a plan is made does not show, and four at once are all made."""
    elsewhere = Planner(Catalogue(), solve=pool)
    with ThreadPoolExecutor(4) as threads:
        plans = list(threads.map(elsewhere.plan, [REQUEST] * 4))
    assert plans == [planner.plan(REQUEST)] * 4
    assert 1 <= len(processes(pool)) <= 2
    assert os.getpid() not in processes(pool)


def test_nothing_runs_before_it_is_needed(pool: SolverPool) -> None:
    """An app that only serves pages has no solver processes."""
    assert pool._executor is None


def test_they_let_pages_go_first(pool: SolverPool) -> None:
    """The processes are nicer than ours."""
    Planner(Catalogue(), solve=pool).plan(REQUEST)
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert all(os.getpriority(os.PRIO_PROCESS, it) > ours for it in processes(pool))


def test_a_killed_process_is_replaced(pool: SolverPool, planner: Planner) -> None:
    """Who waits gets the plan all the same, and so does the next."""
    elsewhere = Planner(Catalogue(), solve=pool)
    elsewhere.plan(REQUEST)
    for process in processes(pool):
        os.kill(process, signal.SIGKILL)
    assert elsewhere.plan(REQUEST) == planner.plan(REQUEST)


def test_a_closed_pool_leaves_nobody_behind(pool: SolverPool) -> None:
    """After `close` its processes are gone; a later plan starts others."""
    elsewhere = Planner(Catalogue(), solve=pool)
    elsewhere.plan(REQUEST)
    before = processes(pool)
    pool.close()
    for process in before:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    elsewhere.plan(REQUEST)
    assert not set(before) & set(processes(pool))
