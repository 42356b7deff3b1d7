"""SolverPool: solves in processes of their own, so that no request waits for a plan.

PyVRP keeps Python's lock while it searches: a plan in a thread delays all the others.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process

from pyvrp import ProblemData

from itinerary_app.planner.solver.routes import Tours, solve

logger = logging.getLogger(__name__)

SMALL = 200  # iterations: done before another process would have heard of it
NICENESS = 5  # pages go first
ATTEMPTS = 2  # a killed process takes its neighbours' work with it


class SolverPool:
    """As `routes.solve`; processes are started when first needed, one a CPU at most.

    A forked copy starts its own ones. What dies is replaced and asked again.
    """

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._executor: Executor | None = None
        self._owner = 0  # id of the process that started them

    def __call__(self, data: ProblemData, iterations: int) -> Tours:
        if iterations <= SMALL:
            return solve(data, iterations)
        for _ in range(ATTEMPTS):
            executor = self._started()
            try:
                return executor.submit(solve, data, iterations).result()
            except BrokenProcessPool:
                logger.warning("A solver process died; others are started.")
                self._forget(executor)
        logger.error("Solver processes keep dying: this plan is made without them.")
        return solve(data, iterations)

    def close(self) -> None:
        """End the processes; the next solve would start new ones."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None and self._owner == os.getpid():
            executor.shutdown(wait=True, cancel_futures=True)

    def _started(self) -> Executor:
        with self._lock:
            if self._executor is None or self._owner != os.getpid():
                context = get_context("forkserver")
                context.set_forkserver_preload([solve.__module__])
                self._owner = os.getpid()
                self._executor = ProcessPoolExecutor(
                    self._processes, mp_context=context, initializer=_settle
                )
            return self._executor

    def _forget(self, executor: Executor) -> None:
        with self._lock:
            if self._executor is executor:
                self._executor = None


def _settle() -> None:
    """Be nice, leave Ctrl-C to the parent, and do not outlive it."""
    os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(0)
