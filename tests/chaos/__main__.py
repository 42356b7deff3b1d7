"""`make chaos`: all faults for a minute each, other tests of survival, and a report.

Exits with 1 where a turn was lost, doubled or out of its order, where a control did not
fail, or where fewer turns were answered than would show it.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from tests.conftest import ROOT

ENOUGH = 100_000  # turns answered
MOST_SECONDS = 24 * 60
BESIDE = (  # what else is killed, with a proof of its own
    "tests/storage/test_durability.py",
    "tests/storage/test_linearizability.py",
    "tests/storage/test_circuit.py",
    "tests/storage/test_readiness.py",
    "tests/test_reload.py",
    "tests/browser/test_survival.py",
)
HEAD = ("fault", "faults", "answered", "sent again", "lost", "doubled", "gaps")
FIELDS = ("fault", "faults", "acknowledged", "unanswered", "lost", "doubled", "gaps")
ROW = "| {:38} | {:>6} | {:>9} | {:>10} | {:>7} | {:>7} | {:>5} |"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--seconds", type=float, default=25, help="of each fault")
    seconds = parser.parse_args().seconds
    folder = ROOT / "bench-results" / "chaos"
    folder.mkdir(parents=True, exist_ok=True)
    lines = folder / "tallies.jsonl"
    lines.unlink(missing_ok=True)
    begun = time.monotonic()
    passed = run(
        ["tests/chaos", *BESIDE],
        CHAOS_SECONDS=f"{seconds:g}",
        CHAOS_REPORT=str(lines),
    )
    tallies = [json.loads(it) for it in lines.read_text().splitlines()]
    text, is_fine = written(tallies)
    took = f"In {(time.monotonic() - begun) / 60:.0f} minutes; "
    text += took + ("all tests passed." if passed else "TESTS FAILED, see above.")
    (folder / "report.md").write_text(text + "\n")
    print(text)
    return 0 if passed and is_fine else 1


def run(paths: Sequence[str], **settings: str) -> bool:
    """Whether all tests passed, in time."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *paths]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **settings}, start_new_session=True
    ) as tests:
        try:
            return tests.wait(MOST_SECONDS) == 0
        except subprocess.TimeoutExpired:
            print(f"Not done after {MOST_SECONDS // 60} minutes: given up.")
            os.killpg(tests.pid, signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                tests.wait(60)
            os.killpg(tests.pid, signal.SIGKILL)
            return False


def written(tallies: list[dict[str, Any]]) -> tuple[str, bool]:
    """The report, and whether all is as it should be."""
    real = [it for it in tallies if not it["control"] and it["promised"]]
    others = [it for it in tallies if not it["promised"]]
    controls = [it for it in tallies if it["control"]]
    answered = sum(it["acknowledged"] for it in real)
    wrong = sum(it["lost"] + it["doubled"] + it["gaps"] for it in real)
    deaf = [it["fault"] for it in controls if not it["lost"] + it["doubled"]]
    rows = [ROW.format(*HEAD), "|" + " --- |" * len(HEAD)]
    rows += [ROW.format(*(it[name] for name in FIELDS)) for it in real]
    rows += ["", "Where no promise is made, measured:", "", *rows[:2]]
    rows += [ROW.format(*(it[name] for name in FIELDS)) for it in others]
    rows += ["", "Controls, in which turns must be lost or doubled:", "", *rows[:2]]
    rows += [ROW.format(*(it[name] for name in FIELDS)) for it in controls]
    said = f"{answered:,} turns answered amid faults, {wrong} of them wrong. "
    if deaf:
        said += f"Controls that found nothing: {', '.join(deaf)}. "
    if answered < ENOUGH:
        said += f"Fewer than {ENOUGH:,} show little. "
    is_fine = not wrong and not deaf and bool(controls) and answered >= ENOUGH
    return "\n".join(("# Chaos", "", *rows, "", said)), is_fine


if __name__ == "__main__":
    sys.exit(main())
