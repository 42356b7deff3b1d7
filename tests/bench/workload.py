"""What is said and kept: the same for every contestant."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import cycle, islice
from typing import Any

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Pace, PlanRequest
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.codec import dump_itinerary

TURN = "turn"
HISTORY = 20  # messages that a turn loads
USER_CHARS, ASSISTANT_CHARS = 120, 600
WORDS = (
    "morning fort market quiet lake temple by the old city with family walk before "
    "lunch museum and a late train evening music garden rooftop near your hotel"
).split()

Said = tuple[str, str]  # role, content

PLAN = Planner(Catalogue()).plan(PlanRequest("Jaipur", 3))
_DAY, *_REST = PLAN.days
EDITED = replace(  # without its second stop
    PLAN, days=(replace(_DAY, stops=(_DAY.stops[0], *_DAY.stops[2:])), *_REST)
)
ITINERARY_JSON = dump_itinerary(PLAN)
ITINERARY: dict[str, Any] = json.loads(ITINERARY_JSON)


def _text(chars: int, source: random.Random) -> str:
    return " ".join(source.choices(WORDS, k=chars))[:chars]


def _turns(number: int) -> list[tuple[Said, Said]]:
    """Enough different ones that compression finds no repetition within its window."""
    source = random.Random(number)
    return [
        (
            ("user", _text(USER_CHARS, source)),
            ("assistant", _text(ASSISTANT_CHARS, source)),
        )
        for _ in range(number)
    ]


_TURNS = _turns(64)
_NEXT_TURN = cycle(_TURNS)
_NEXT_PACE = cycle([pace.value for pace in Pace])


def said() -> tuple[Said, Said]:
    """The user's and the assistant's message of the next turn."""
    return next(_NEXT_TURN)


def pace() -> str:
    """The preference that the next turn changes; another each time."""
    return next(_NEXT_PACE)


def history(messages: int) -> list[Said]:
    """A conversation of so many messages."""
    return list(
        islice((message for turn in cycle(_TURNS) for message in turn), messages)
    )


def chunks(messages: int, size: int = 1_000) -> list[list[Said]]:
    """`history` in pieces, for those who cannot take all at once."""
    whole = history(messages)
    return [whole[start : start + size] for start in range(0, messages, size)]
