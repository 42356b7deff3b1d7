"""Readings of the labelled messages, with what each costs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from itinerary_app.acts.focus import Focus
from itinerary_app.acts.resolve import resolve
from itinerary_app.assistant.reader import Reader, Scene
from tests.assistant.labelled.grading import Grade, Reading, Verdict, judge
from tests.assistant.labelled.messages import Labelled, scene
from tests.assistant.labelled.reading import understood

ROUNDS = 3  # of which the fastest counts: other processes share the machine


@dataclass(frozen=True, slots=True)
class Result:
    message: Labelled
    reading: Reading
    verdict: Verdict
    seconds: float  # of CPU

    @property
    def right(self) -> bool:
        return self.verdict.grade is Grade.RIGHT


def results(reader: Reader, messages: Sequence[Labelled]) -> list[Result]:
    made = []
    for message in messages:
        said_in = _asked_back(reader, message)
        best = float("inf")
        for _ in range(ROUNDS):
            begun = time.process_time()
            reading = understood(reader, message.say, said_in)
            best = min(best, time.process_time() - begun)
        verdict = judge(reading, message.want, said_in)
        made.append(Result(message, reading, verdict, best))
    return made


def _asked_back(reader: Reader, message: Labelled) -> Scene:
    """The scene; after "Which one?" with what was said then, as a session keeps it."""
    said_in = scene(message)
    if not message.before or said_in.focus.pending or said_in.focus.proposed:
        return said_in
    (*_, (_, answer)) = message.before
    said = [text for role, text in message.before if role == "user"]
    if not answer.startswith("Which one") or not said:
        return said_in
    before = replace(said_in, focus=Focus())
    asked = resolve(reader.read(said[-1], before).acts, before)
    return replace(
        said_in,
        focus=msgspec.structs.replace(
            said_in.focus,
            pending=asked.focus.pending,
            options=said_in.focus.stops,
            asked="which",
        ),
    )
