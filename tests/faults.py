"""Processes that stand still, as those of a machine that hangs."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path


def processes_of(instance: Path) -> list[int]:
    """The embedded server's, with all of its children."""
    pid = int((instance / "postgresql/postmaster.pid").read_text().split()[0])
    found = subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=True
    )
    return [pid, *map(int, found.stdout.split())]


@contextmanager
def frozen(processes: Sequence[int]) -> Iterator[None]:
    """They stand still while inside."""
    for each in processes:
        with suppress(ProcessLookupError):  # a child that ended since
            os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in processes:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGCONT)
