"""Run the benchmark: `python -m tests.bench --help`."""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench import report
from tests.bench.bars import verdicts
from tests.bench.contestants import CONTESTANTS, Contestant, enter
from tests.bench.plot import plot
from tests.bench.rounds import Bench, Result
from tests.bench.servers import Servers
from tests.bench.workload import TURN

RESULTS = Path("bench-results")
MESSAGES = (2, 20, 200, 2_000, 20_000)
USUAL = 20  # messages, where only one length is measured
THREADS = 8
OPERATIONS = ("create", "load", "touch")
EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Options:
    rounds: int
    messages: list[int]
    only: list[str]


def parse() -> Options:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    names = [contestant.name for contestant in CONTESTANTS]
    parser.add_argument("--rounds", type=int, default=25, help="%(default)s")
    parser.add_argument("--messages", type=int, nargs="+", default=list(MESSAGES))
    parser.add_argument("--only", nargs="+", default=names, choices=names)
    parser.add_argument(
        "--quick", action="store_true", help="5 rounds of up to 2,000 messages: 1 min"
    )
    given = parser.parse_args()
    if given.quick:
        given.rounds = min(given.rounds, 5)
        given.messages = [count for count in given.messages if count <= 2_000]
    if min(given.messages) < 2:
        parser.error("a conversation has at least 2 messages")
    return Options(given.rounds, sorted(set(given.messages)), given.only)


def measure(
    servers: Servers, contestants: list[Contestant], options: Options
) -> list[Result]:
    """All workloads, one after the other; within each the contestants interleave."""
    bench = Bench(contestants, options.rounds, settle=servers.settle)
    gentle = [contestant for contestant in contestants if contestant.role != "peer"]
    for messages in options.messages:
        bench.compare(contestants, TURN, messages)
    for operation in OPERATIONS:
        bench.compare(gentle, operation, USUAL)
    ours = [contestant for contestant in contestants if contestant.role == "ours"]
    bench.compare(ours, EDIT, USUAL)
    # Growth needs all lengths in one round: the machine's mood changes between two.
    long = [messages for messages in options.messages if messages >= USUAL]
    if len(long) > 1:
        bench.growth(gentle, long)
    # Last, as a pool that served eight threads goes on to use all its connections.
    bench.compare(contestants, TURN, USUAL, clients=THREADS)
    return bench.results


def main() -> None:
    options = parse()
    start = time.monotonic()
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Servers(Path(folder)) as servers:
        contestants, left_out = enter(options.only, servers)
        for name, reason in left_out.items():
            print(f"left out: {name}: {reason}")
        results = measure(servers, contestants, options)
        for contestant in contestants:
            contestant.close()
    table = report.table(contestants, results, left_out)
    table += f"\n## What was to be reached\n\n{verdicts(results)}"
    print(f"\n{table}")
    (RESULTS / "turn.md").write_text(table)
    (RESULTS / "turn.json").write_text(report.as_json(results, left_out))
    plot(contestants, results, RESULTS)
    seconds = time.monotonic() - start
    print(f"written: {RESULTS}/turn.md, .json, .svg, .png, after {seconds:.0f} s")


if __name__ == "__main__":
    main()
