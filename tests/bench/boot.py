"""What it takes to start, and to be there: `make bench-boot`, or `--help`.

gunicorn with deploy/gunicorn.conf.py and two workers is started anew in each round, of
this checkout and, with --tree, of an earlier one in turns. Each worker is asked whether
it is ready, then for a plan, while the other stands still. CPU is of user and system;
memory (PSS) is that of master, workers and planning processes, without PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median

import requests

from tests.faults import frozen
from tests.live import ROOT, LiveServer
from tests.waiting import until

RESULTS = Path("bench-results")
WORKERS = 2
PLANNED = "Plan 3 days in Jaipur, culture and food, moderate pace, moderate budget"
TICK = os.sysconf("SC_CLK_TCK")  # of /proc's times, a second
ALL, WORKER, PLAN, MEMORY, OF_WORKERS = (
    "CPU of the server until all serve, s",
    "CPU of a worker until it serves, s",
    "CPU of a worker until its first plan, s",
    "memory of the server, MB",
    "… of its workers and their planning processes",
)


def children(pid: int) -> list[int]:
    """The processes that this one started, whichever its thread."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):  # a thread that ended since
            found += map(int, (task / "children").read_text().split())
    return found


def is_postgres(pid: int) -> bool:
    return "postgres" in Path(f"/proc/{pid}/comm").read_text()


def family(pid: int) -> list[int]:
    """It and all that stem from it, but for PostgreSQL's."""
    found = [it for child in children(pid) for it in family(child)]
    return [] if is_postgres(pid) else [pid, *found]


def cpu(processes: list[int]) -> float:
    """Seconds that they have had so far."""
    total = 0
    for pid in processes:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(words[11]) + int(words[12])
    return total / TICK


def memory(processes: list[int]) -> float:
    """Megabytes, of which what is shared counts in parts."""
    kilobytes = 0
    for pid in processes:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        [line] = [it for it in lines if it.startswith("Pss:")]
        kilobytes += int(line.split()[1])
    return kilobytes / 1000


def plan(server: LiveServer) -> None:
    url = f"{server.url}/api/v1/sessions"
    made = requests.post(url, timeout=60).json()
    headers = {"Authorization": f"Bearer {made['token']}"}
    url = f"{url}/{made['session_id']}/messages"
    answer = requests.post(url, json={"text": PLANNED}, headers=headers, timeout=60)
    answer.raise_for_status()


def figures(server: LiveServer) -> dict[str, float]:
    """Of one start, by their names."""
    server.start()
    try:
        assert server.process
        pid = server.process.pid
        workers = _workers(pid)
        for worker in workers:
            with frozen([it for it in workers if it != worker]):
                requests.get(f"{server.url}/readyz", timeout=60).raise_for_status()
        found = {
            ALL: cpu([pid, *workers]),
            WORKER: cpu(workers) / WORKERS,
        }
        for worker in workers:
            with frozen([it for it in workers if it != worker]):
                plan(server)
        planning = [it for it in family(pid) if it not in (pid, *workers)]
        found[PLAN] = cpu([*workers, *planning]) / WORKERS
        found[MEMORY] = memory([pid, *workers, *planning])
        found[OF_WORKERS] = memory([*workers, *planning])
        return found
    finally:
        server.stop()


def _workers(pid: int) -> list[int]:
    def found() -> list[int]:
        return [it for it in children(pid) if not is_postgres(it)]

    until(lambda: len(found()) == WORKERS)
    return found()


def table(found: dict[str, list[dict[str, float]]]) -> Iterator[str]:
    """Lines of Markdown, with the medians, and of the ratios of each round."""
    yield f"| | {' | '.join(found)} | ours, of before |"
    yield "|---" * (len(found) + 2) + "|"
    for name in found["ours"][0]:
        cells = [
            f"{median(it[name] for it in rounds):.2f}" for rounds in found.values()
        ]
        ratio = ""
        if "before" in found:
            pairs = zip(found["ours"], found["before"], strict=True)
            ratio = f"{median(one[name] / other[name] for one, other in pairs):.2f}"
        yield f"| {name} | {' | '.join(cells)} | {ratio} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.boot", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="%(default)s")
    parser.add_argument("--tree", type=Path, help="an earlier checkout, beside this")
    given = parser.parse_args()
    trees = {"ours": ROOT} | ({"before": given.tree} if given.tree else {})
    found: dict[str, list[dict[str, float]]] = {name: [] for name in trees}
    with tempfile.TemporaryDirectory() as folder:
        servers = {
            name: LiveServer(
                Path(folder) / name,
                tree=tree,
                WEB_CONCURRENCY=f"{WORKERS}",
                PYTHONDONTWRITEBYTECODE="",
                PYTHONPYCACHEPREFIX=str(Path(folder) / "bytecode"),
            )
            for name, tree in trees.items()
        }
        for server in servers.values():
            server.migrate()
            figures(server)  # what is compiled and cached on disk is there
        for _ in range(given.rounds):
            for name, server in servers.items():
                found[name].append(figures(server))
    text = "\n".join(table(found)) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "boot.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
