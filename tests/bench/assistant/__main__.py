"""`make bench-assistant`: what is understood of the labelled messages, and the cost."""

from __future__ import annotations

import json
import statistics
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence

from itinerary_app.acts import codec
from itinerary_app.assistant.reader import Reader
from tests.assistant.labelled.grading import Grade
from tests.assistant.labelled.messages import FOLDER, PARTS, messages
from tests.assistant.labelled.reading import new_reader
from tests.assistant.labelled.turns import conversations
from tests.bench.assistant import before, measured
from tests.bench.assistant.measured import Result

EDITS = (
    "edit-stops",
    "edit-days",
    "meals",
    "rules",
    "references",
    "several",
    "negation",
    "passing",
    "hurry",
)
PLANS = FOLDER / "plans"
COLUMNS = ("right", "partly", "refused", "wrong", "silent", "noise")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = ArgumentParser(prog="python -m tests.bench.assistant")
    parser.add_argument("--part", choices=(*PARTS, "both"), default="both")
    parser.add_argument("--of", choices=("messages", "proposals", "conversations"))
    parser.add_argument("--kind", help="only messages of this kind")
    parser.add_argument(
        "--failures", action="store_true", help="print them, of the seen part only"
    )
    options = parser.parse_args(arguments)
    parts = PARTS if options.part == "both" else (options.part,)
    reader = new_reader()
    read = {} if options.of == "conversations" else read_all(reader, parts, options)
    if options.of in (None, "messages"):
        for part, results in read.items():
            print(table(part, results))
            show(part, [failure(it) for it in results if not it.right], options)
        print(speed([result for results in read.values() for result in results]))
    if options.of != "messages":  # the reader's memory is measured by now
        with_the_planner(reader, read, parts, options)


def read_all(
    reader: Reader, parts: Sequence[str], options: Namespace
) -> dict[str, list[Result]]:
    return {
        part: measured.results(
            reader, [m for m in messages(part) if options.kind in (None, m.kind)]
        )
        for part in parts
    }


def with_the_planner(
    reader: Reader,
    read: Mapping[str, Sequence[Result]],
    parts: Sequence[str],
    options: Namespace,
) -> None:
    from tests.bench.assistant import proposals, talks

    print("\n## Proposed first\n")
    for part, results in read.items():
        found = proposals.made(results)
        print(proposals.table(part, found))
        show(part, [proposals.failure(it) for it in found if not it.right], options)
    if options.of == "proposals" or options.kind:
        return
    for part in parts:
        turns = talks.held(reader, conversations(part))
        print(talks.table(part, turns))
        show(part, [talks.failure(it) for it in turns if not it.right], options)


def show(part: str, failures: Sequence[str], options: Namespace) -> None:
    """Nobody is to look at the unseen part, or it is none."""
    if options.failures and part == "unseen":
        print("Failures of the unseen part are counted, not shown.\n")
    elif options.failures:
        print("\n".join(failures))


def table(part: str, results: Sequence[Result]) -> str:
    kinds = sorted({result.message.kind for result in results})
    lines = [
        f"## {part.capitalize()}: {len(results)} messages\n",
        "| kind | messages | " + " | ".join(COLUMNS) + " | right % |",
        "|---|" + "---:|" * (len(COLUMNS) + 2),
    ]
    for kind in kinds:
        lines.append(row(kind, [r for r in results if r.message.kind == kind]))
    lines.append(row("**all**", results))
    edits = [r for r in results if r.message.kind in EDITS and r.message.plan]
    lines.append(row("of these edits", edits))
    found, spurious, missing = (
        sum(getattr(result.verdict, name) for result in results)
        for name in ("found", "spurious", "missing")
    )
    f1 = 2 * found / max(1, 2 * found + spurious + missing)
    lines.append(f"\nSlots F1 {f1:.3f}: {found} found, {spurious} not asked for, ")
    lines[-1] += f"{missing} missing.\n"
    return "\n".join(lines)


def row(name: str, results: Sequence[Result]) -> str:
    counts = [sum(r.verdict.grade is grade for r in results) for grade in Grade]
    counts.append(sum(r.verdict.noise for r in results))
    share = 100 * counts[0] / max(1, len(results))
    cells = (name, len(results), *counts, f"{share:.1f}")
    return "| " + " | ".join(map(str, cells)) + " |"


def failure(result: Result) -> str:
    message, reading = result.message, result.reading
    got = {
        "acts": codec.dumps(reading.acts),
        "question": reading.question,
        "unread": list(reading.unread),
    }
    lines = [
        f"{result.verdict.grade.name:8}{message.id} ({message.plan}): {message.say}",
        *(f"    before: {role}: {text}" for role, text in message.before),
        f"    got:    {json.dumps(got, ensure_ascii=False)}",
        *(f"    wanted: {json.dumps(w, ensure_ascii=False)}" for w in message.want),
    ]
    return "\n".join(lines) + "\n"


def speed(results: Sequence[Result]) -> str:
    """The cost of reading, beside the build before."""
    rss, pss = before.resident()
    here = before.Cost([result.seconds for result in results], rss, pss)
    there = before.cost(
        [(result.message.say, result.message.plan) for result in results], PLANS
    )
    lines = [
        "## CPU a message, and memory once all are read\n",
        "| | median ms | p95 ms | most ms | RSS MB | PSS MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, cost in (("read and resolve", here), ("the build before", there)):
        if cost is None or not cost.seconds:
            lines.append(f"| {name} | not measured |")
            continue
        ms = sorted(1000 * each for each in cost.seconds)
        p95 = ms[int(0.95 * (len(ms) - 1))]
        lines.append(
            f"| {name} | {statistics.median(ms):.2f} | {p95:.2f} | {ms[-1]:.2f} "
            f"| {cost.rss:.0f} | {cost.pss:.0f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
