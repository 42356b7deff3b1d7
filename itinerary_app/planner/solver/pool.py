"""SolverPool: solves in processes of their own, so that no request waits for a plan.

PyVRP keeps Python's lock while it searches: a plan in a thread delays all the others.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from weakref import finalize

from pyvrp import ProblemData

from itinerary_app.errors import PlannerBusy
from itinerary_app.planner.solver import worker
from itinerary_app.planner.solver.solving import Fleet, solve

logger = logging.getLogger(__name__)

SMALL = 150  # iterations: done before another process would have heard of it
ATTEMPTS = 2  # of a solve whose process was killed
IN_LINE = 3  # for each process: one that it solves, two that wait
ROOT = Path(__file__).parents[3]  # the folder of the package


class SolverPool:
    """As `solving.solve`; processes are started when first needed, one a CPU at most.

    A new one takes a second and 20 MB; `fork` has all of them at once for a little.
    Refuses with PlannerBusy who would stand too far behind in the line, and who is not
    served in time. What dies is replaced and asked again. A forked copy starts
    processes of its own.
    """

    def __init__(self, processes: int | None = None) -> None:
        most = processes or os.cpu_count() or 1
        self._most = most
        self._line = threading.Semaphore(IN_LINE * most)
        self._free = threading.Semaphore(most)
        self._lock = threading.Lock()  # of the lists
        self._all: list[_Process] = []
        self._idle: list[_Process] = []  # the last one is asked first

    def __call__(
        self,
        data: ProblemData,
        iterations: int,
        seconds: float = inf,
        first: Fleet = (),
    ) -> Fleet | None:
        if iterations <= SMALL:
            return solve(data, iterations, seconds, first)
        end = time.monotonic() + seconds
        with _held(self._line, 0), _held(self._free, seconds):
            for _ in range(ATTEMPTS):
                process = self._taken()
                try:
                    left = end - time.monotonic()
                    tours = process.solved(data, iterations, left, first)
                except (EOFError, OSError):
                    logger.warning("A solver process died; another is started.")
                    self._end(process)
                except PlannerBusy:
                    logger.warning("A plan took too long and was given up.")
                    self._end(process)
                    raise
                else:
                    self._idle.append(process)
                    return tours
        logger.error("Solver processes keep dying: this plan is made without them.")
        return solve(data, iterations, end - time.monotonic(), first)

    @property
    def processes(self) -> list[int]:
        """The ids of those that run."""
        return [it.id for it in self._all if it.id and it.owner == os.getpid()]

    def fork(self) -> None:
        """Start the processes as copies of this one, whose memory they share.

        With other threads about nothing is done: their locks would be copied, too.
        """
        if threading.active_count() > 1:
            return
        for _ in range(self._most):
            process = _Process(_forked)
            self._all.append(process)
            self._idle.append(process)

    def close(self) -> None:
        """End the processes; the next solve would start new ones."""
        for process in list(self._all):
            self._end(process)

    def _taken(self) -> _Process:
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.owner == os.getpid():
                    return process
            process = _Process(_started)
            self._all.append(process)
            return process

    def _end(self, process: _Process) -> None:
        with self._lock:
            for some in (self._all, self._idle):
                if process in some:
                    some.remove(process)
        process.end()


_Program = subprocess.Popen[bytes] | BaseProcess


class _Process:
    """One process, and the connection on which it is asked; ended when forgotten."""

    def __init__(self, start: Callable[[socket.socket], _Program]) -> None:
        ours, its = socket.socketpair()
        with its:
            program = start(its)
        self._asked = Connection(ours.detach())
        self.id, self.owner = program.pid, os.getpid()
        self.end = finalize(self, _ended, program, self._asked, self.owner)

    def solved(
        self, data: ProblemData, iterations: int, seconds: float, first: Fleet
    ) -> Fleet | None:
        """Its answer; EOFError or OSError if it died, PlannerBusy if it is too slow."""
        self._asked.send((data, iterations, inf, first))
        if not self._asked.poll(None if seconds == inf else max(0, seconds)):
            raise PlannerBusy
        tours: Fleet | None = self._asked.recv()
        return tours


def _started(its: socket.socket) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", worker.__name__, str(its.fileno())],
        stdin=subprocess.DEVNULL,
        pass_fds=[its.fileno()],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # it needs no more
    )


def _forked(its: socket.socket) -> BaseProcess:
    process = multiprocessing.get_context("fork").Process(
        target=worker.main_of_copy, args=(its.fileno(),), daemon=True
    )
    process.start()
    return process


def _ended(program: _Program, asked: Connection, owner: int) -> None:
    asked.close()
    if owner == os.getpid():
        program.kill()
        program.join() if isinstance(program, BaseProcess) else program.wait()


@contextmanager
def _held(places: threading.Semaphore, seconds: float) -> Iterator[None]:
    """One of the places, or PlannerBusy if none is free in time."""
    if not places.acquire(timeout=None if seconds == inf else max(0, seconds)):
        raise PlannerBusy
    try:
        yield
    finally:
        places.release()
