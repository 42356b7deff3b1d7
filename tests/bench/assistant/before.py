"""What the build before takes for the same messages.

Run as a script in a process of its own, where itinerary_app is that build: it prints
the seconds of CPU of each message and the memory as JSON.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

REPOSITORY = Path(__file__).parents[3]
BUILD = "e15f2b9"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ROUNDS = 3
TRIP = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: Sequence[float]  # of CPU, one for each message
    rss: float  # MB
    pss: float


def cost(said: Sequence[tuple[str, str | None]], plans: Path) -> Cost | None:
    """For messages, each with its plan; None where git has no such build, or it cannot
    read one of the plans.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            archive = subprocess.run(
                ["git", "archive", BUILD, "itinerary_app"],
                cwd=REPOSITORY,
                capture_output=True,
                check=True,
            )
        except (OSError, subprocess.CalledProcessError):
            return None
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(folder, filter="data")
        done = subprocess.run(
            [sys.executable, __file__, str(plans)],
            input=json.dumps(said),
            env={**os.environ, "PYTHONPATH": folder},
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    return Cost(**json.loads(done.stdout)) if done.returncode == 0 else None


def _main() -> None:
    from itinerary_app.planner.places import Catalogue

    from itinerary_app.assistant import open_assistant
    from itinerary_app.model import (
        Day,
        Itinerary,
        Pace,
        Preferences,
        Stop,
        StopKind,
        TripSession,
    )

    catalogue = Catalogue()
    assistant = open_assistant(
        "rules:",
        cities=lambda: catalogue.cities,
        places=catalogue.places,
        clock=lambda: NOW,
    )

    def session(name: str | None) -> TripSession:
        told, plan = Preferences(), None
        if name:
            data = json.loads((Path(sys.argv[1]) / f"{name}.json").read_text("utf-8"))
            days = data.pop("days")
            told = Preferences.from_dict({**data, "duration_days": len(days)})
            city = next(each for each in catalogue.cities if each.name == told.city)
            places = {place.id: place for place in catalogue.places(city.id)}
            # Ids that another city had, too, have their city behind them by now.
            places |= {f"{it}-{city.id}": place for it, place in places.items()}
            plan = Itinerary(
                city,
                tuple(
                    Day(
                        number,
                        Pace(data["pace"]),
                        tuple(
                            Stop(
                                StopKind(stop["kind"]),
                                minutes(stop["arrive"]),
                                minutes(stop["leave"]),
                                10,
                                "walk",
                                "",
                                places[stop["id"]],
                            )
                            for stop in stops
                        ),
                        told.start_date and date_of(told.start_date, number),
                    )
                    for number, stops in enumerate(days, 1)
                ),
            )
        made = (TRIP, bytes(32), 1, told, plan, (), 0, 0, NOW, NOW)
        return TripSession(*made)  # type: ignore[call-arg]  # as that build has it

    sessions: dict[str | None, TripSession] = {}
    seconds = []
    for text, name in json.load(sys.stdin):
        if name not in sessions:
            sessions[name] = session(name)
        best = float("inf")
        for _ in range(ROUNDS):
            begun = time.process_time()
            assistant.reply(sessions[name], text)
            best = min(best, time.process_time() - begun)
        seconds.append(best)
    rss, pss = resident()
    print(json.dumps({"seconds": seconds, "rss": rss, "pss": pss}))


def minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def date_of(first: date, number: int) -> date:
    return first + timedelta(days=number - 1)


def resident() -> tuple[float, float]:
    """RSS and PSS of this process in MB; PSS shares out what others map, too."""
    sizes = {}
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]:
        name, _, size = line.partition(":")
        sizes[name] = int(size.split()[0]) / 1024
    return sizes["Rss"], sizes["Pss"]


if __name__ == "__main__":
    _main()
