"""Solving in other processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from itinerary_app.acts.acts import Replan
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import PlannerBusy
from itinerary_app.model import PlanRequest
from itinerary_app.planner.planner import Planner
from itinerary_app.planner.solver.pool import SolverPool
from tests.conftest import ROOT

REQUEST = PlanRequest("Paris", 2)


@pytest.fixture
def pool() -> Iterator[SolverPool]:
    """A pool of two, closed in the end."""
    pool = SolverPool(2)
    yield pool
    pool.close()


def test_other_processes_find_the_same_plan(pool: SolverPool, planner: Planner) -> None:
    """Where a plan is made does not show, and four at once are all made."""
    elsewhere = Planner(Catalogue(), solve=pool)
    with ThreadPoolExecutor(4) as threads:
        plans = list(threads.map(elsewhere.plan, [REQUEST] * 4))
    assert plans == [planner.plan(REQUEST)] * 4
    assert 1 <= len(pool.processes) <= 2
    assert os.getpid() not in pool.processes


def test_nothing_runs_before_it_is_needed(pool: SolverPool) -> None:
    """An app that only serves pages has no solver processes."""
    assert pool.processes == []


def test_they_let_pages_go_first(pool: SolverPool) -> None:
    """The processes are nicer than ours."""
    Planner(Catalogue(), solve=pool).plan(REQUEST)
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert all(os.getpriority(os.PRIO_PROCESS, it) > ours for it in pool.processes)


def test_a_killed_process_is_replaced(pool: SolverPool, planner: Planner) -> None:
    """Who waits gets the plan all the same, and so does the next."""
    elsewhere = Planner(Catalogue(), solve=pool)
    elsewhere.plan(REQUEST)
    for process in pool.processes:
        os.kill(process, signal.SIGKILL)
    assert elsewhere.plan(REQUEST) == planner.plan(REQUEST)


FORKED = """
import os, signal
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import PlanRequest
from itinerary_app.planner.planner import Planner
from itinerary_app.planner.solver.pool import SolverPool

pool = SolverPool(2)
ours, its = os.pipe()
pool.fork()
first = pool.processes
assert len(first) == 2
os.close(its)
assert os.read(ours, 1) == b""  # none of them holds it open
plan = Planner(Catalogue(), solve=pool).plan(PlanRequest("Paris", 2))
assert pool.processes == first
for it in first:
    os.kill(it, signal.SIGKILL)
assert Planner(Catalogue(), solve=pool).plan(PlanRequest("Paris", 2)) == plan
pool.close()
assert pool.processes == []
"""


def test_copies_of_a_process_solve_as_new_ones_do() -> None:
    """They keep nothing of it open, are replaced when killed, and are ended with the
    pool. In a process of its own, as one with threads is not copied.
    """
    subprocess.run([sys.executable, "-c", FORKED], cwd=ROOT, check=True, timeout=120)


def test_a_process_with_threads_is_not_copied(pool: SolverPool) -> None:
    """Their locks would be copied, too."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(pool.fork).result()
    assert pool.processes == []


def test_a_closed_pool_leaves_nobody_behind(pool: SolverPool) -> None:
    """After `close` its processes are gone; a later plan starts others."""
    elsewhere = Planner(Catalogue(), solve=pool)
    elsewhere.plan(REQUEST)
    before = pool.processes
    pool.close()
    for process in before:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    elsewhere.plan(REQUEST)
    assert not set(before) & set(pool.processes)


def test_who_comes_when_the_line_is_full_is_refused_at_once() -> None:
    """One is solved for and one waits; the others are told to come again."""
    with closing(SolverPool(1)) as pool, ThreadPoolExecutor(6) as threads:
        planner = Planner(Catalogue(), solve=pool)
        asked = [threads.submit(planner.plan, REQUEST) for _ in range(6)]
        refused = [it for it in asked if isinstance(it.exception(), PlannerBusy)]
        assert 1 <= len(refused) <= 4
        [plan] = {it.result() for it in asked if it not in refused}
        assert planner.plan(REQUEST) == plan  # there is room again


def test_a_plan_that_takes_too_long_is_given_up(planner: Planner) -> None:
    """Its process is ended, and the next plan gets another one."""
    with closing(SolverPool(1)) as pool:
        hurried = Planner(Catalogue(), solve=pool, seconds=0.01)
        with pytest.raises(PlannerBusy):
            hurried.plan(REQUEST)
        assert pool.processes == []
        assert Planner(Catalogue(), solve=pool).plan(REQUEST) == planner.plan(REQUEST)


def test_small_solves_have_the_same_deadline(pool: SolverPool) -> None:
    """What is solved here is not begun when the time is over."""
    planner = Planner(Catalogue(), solve=pool)
    plan = planner.plan(REQUEST)
    late = Planner(Catalogue(), solve=pool, seconds=0)
    with pytest.raises(PlannerBusy):
        late.revise(plan, Replan(day=1), REQUEST)
