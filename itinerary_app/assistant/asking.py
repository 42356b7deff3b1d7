"""Clarifying questions: counted, three at the most, with answers to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from itinerary_app.assistant.base import Reply
from itinerary_app.catalogue import continents
from itinerary_app.model import City, TripSession

MAX_QUESTIONS = 3
MAX_REPLIES = 6
DAYS_REPLIES = ("Weekend", "3 days", "5 days", "A week")


def ask(
    session: TripSession,
    statement: str,
    question: str,
    patch: Mapping[str, Any],
    replies: Sequence[str],
) -> Reply:
    """The statement, and the question behind it while some may be asked."""
    asked = session.clarifying_questions_count < MAX_QUESTIONS
    return Reply(
        text=f"{statement} {question if asked else ''}".strip(),
        preferences=patch,
        questions=int(asked),
        quick_replies=tuple(replies),
    )


def city_replies(cities: Sequence[City]) -> tuple[str, ...]:
    """The names of a few cities from all over, to choose from."""
    few = list(cities)[:MAX_REPLIES]
    if len(cities) > MAX_REPLIES:
        few = list(islice(continents.varied(cities), MAX_REPLIES))
    return tuple(city.name for city in few)
