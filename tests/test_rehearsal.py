"""What gunicorn's master does before it forks."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

# In a process of its own: one that runs tests has threads.
REHEARSED = """
import os, socket
from pathlib import Path
from threading import active_count

from itinerary_app.assistant.reading.parsing import parser
from itinerary_app.rehearsal import rehearse

def refused(*_):
    raise AssertionError("It reaches for the network.")

socket.socket.connect = refused
rehearse(["en", "de"])
assert parser.cache_info().currsize == 1
assert active_count() == 1
pid = os.getpid()
assert not Path(f"/proc/{pid}/task/{pid}/children").read_text()
"""


def test_nothing_runs_after_a_rehearsal() -> None:
    """It has loaded what messages need, reached for nobody, and left no thread and no
    process, which would not survive a fork.
    """
    subprocess.run([sys.executable, "-c", REHEARSED], cwd=ROOT, check=True, timeout=120)
