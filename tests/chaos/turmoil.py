"""Writers that never give up, amid faults, and a tally of their turns."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from tests.waiting import until

SECONDS = float(os.environ.get("CHAOS_SECONDS", "0"))  # of faults; at least one
WRITERS = 4
TURNS = 100  # of a trip; then another begins
GO_ON = 400 if SECONDS else 40  # turns answered after a fault, before the next
AGAIN_AFTER = 0.02  # seconds


class Writer(Protocol):
    """Whoever saves turns. None of these raises while a fault lasts."""

    def begin(self) -> str | None:
        """A new trip, or None if nobody answers."""

    def save(self, trip: str, number: int) -> bool:
        """Whether the turn of this number was answered; it is sent again if not."""

    def kept(self, trip: str) -> list[tuple[int, str]]:
        """The seq and the text, which is the number, of each turn."""


class Tally(NamedTuple):
    """What became of the turns: all but the first three is wrong."""

    faults: int
    acknowledged: int
    unanswered: int  # and sent again
    lost: int = 0
    doubled: int = 0
    gaps: int = 0  # trips whose turns are not in their order, or not numbered so

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.gaps)


@dataclass
class _Travels:
    writer: Writer
    enough: threading.Event = field(default_factory=threading.Event)
    answered: dict[str, int] = field(default_factory=dict)  # by trip
    unanswered: int = 0

    def travel(self) -> None:
        while not self.enough.is_set():
            trip = self.writer.begin()
            if trip is None:
                time.sleep(AGAIN_AFTER)
                continue
            self.answered[trip] = 0
            for number in range(TURNS):
                if self.enough.is_set():
                    break
                until(lambda trip=trip, number=number: self._saved(trip, number))
                self.answered[trip] += 1

    def _saved(self, trip: str, number: int) -> bool:
        saved = self.writer.save(trip, number)
        self.unanswered += not saved
        return saved

    def count(self) -> int:
        return sum(list(self.answered.values()))


def turmoil(
    writer: Writer, fault: Callable[[], object], *, go_on: int = GO_ON
) -> Tally:
    """The tally of four writers and of a fault that happens again and again; after each
    of them turns are answered again.
    """
    travels = _Travels(writer)
    faults = 0
    with ThreadPoolExecutor(WRITERS) as pool:
        running = [pool.submit(travels.travel) for _ in range(WRITERS)]
        try:
            ends = time.monotonic() + SECONDS
            until(lambda: travels.count() > go_on)
            while not faults or time.monotonic() < ends:
                fault()
                faults += 1
                before = travels.count()
                until(lambda before=before: travels.count() > before + go_on)
        finally:
            travels.enough.set()
        for each in running:
            each.result()
    lost = doubled = gaps = 0
    for trip, answered in travels.answered.items():
        kept = writer.kept(trip)
        times = Counter(text for _, text in kept)
        lost += sum(str(number) not in times for number in range(answered))
        doubled += sum(count - 1 for count in times.values())
        seqs = [seq for seq, _ in kept]
        in_order = [text for _, text in kept] == [str(it) for it in range(len(kept))]
        gaps += len(set(seqs)) < len(seqs) or seqs != sorted(seqs) or not in_order
    return Tally(faults, travels.count(), travels.unanswered, lost, doubled, gaps)


def report(
    name: str, tally: Tally, *, control: bool = False, promised: bool = True
) -> None:
    """A line for the report of `make chaos`, if it is made."""
    if path := os.environ.get("CHAOS_REPORT"):
        with Path(path).open("a") as lines:
            line = {
                "fault": name,
                "control": control,
                "promised": promised,
                **tally._asdict(),
            }
            lines.write(json.dumps(line) + "\n")
