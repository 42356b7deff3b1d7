"""Which question comes next: for the city, for interests, or whether one is sure."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Any

from itinerary_app.assistant import acts, wording
from itinerary_app.assistant.asking import MAX_QUESTIONS, ask, city_replies
from itinerary_app.assistant.base import Reply
from itinerary_app.model import City, Preferences, TripSession

INTEREST_REPLIES = ("Food and culture", "History", "Nature and views", "Surprise me")


def wants_interests(
    session: TripSession, told: Preferences, left: int, anything: bool
) -> bool:
    if session.itinerary or anything or left <= 0:
        return False
    if told.interests or told.pace or told.budget:
        return False
    # Asked once: whoever answers it with something else just gets a plan.
    history = session.conversation_history
    return not history or history[-1].quick_replies != INTEREST_REPLIES


def city(
    session: TripSession,
    patch: dict[str, Any],
    lower: str,
    anything: bool,
    noted: str,
    cities: Sequence[City],
) -> Reply:
    """The question for the city, with one to go to for who leaves it to us."""
    replies = city_replies(cities)
    statement, question = noted, "Where would you like to go?"
    if not lower.isascii() and not re.search(r"[a-z]{2}", lower):
        statement = "I read English only so far."
    elif anything:
        chosen = uuid.UUID(session.session_id).int % len(cities)
        proposed = cities[chosen].name
        question = f"How about {proposed}?"
        replies = tuple(dict.fromkeys((proposed, *replies)))
    if session.clarifying_questions_count >= MAX_QUESTIONS:
        statement = (
            f"I can plan {wording.covered(cities)}. Name one whenever you "
            "like, and I'll plan it."
        )
    return ask(session, statement, question, patch, replies)


def doubt(session: TripSession, city: City | None, lower: str) -> Reply | None:
    """The question whether a city named in passing shall replace the plan's."""
    if session.itinerary is None or city is None:
        return None
    planned = session.itinerary.city
    sure = acts.SWITCH.search(lower) or len(lower.split()) <= 2
    asked_out = session.clarifying_questions_count >= MAX_QUESTIONS
    if city == planned or not session.preferences.city or sure or asked_out:
        return None
    return ask(
        session,
        f"Your plan is for {planned.name}.",
        f"Shall I plan {city.name} instead?",
        {},
        (f"Plan {city.name} instead", f"Keep {planned.name}"),
    )


def start_over(session: TripSession, cities: Sequence[City]) -> Reply:
    """All wishes are forgotten, and the first question comes again."""
    forgotten = dict.fromkeys(session.preferences.to_dict())
    stays = " Your present plan stays until then." if session.itinerary else ""
    return ask(
        session,
        f"Let's start afresh.{stays}",
        "Where would you like to go?",
        forgotten,
        city_replies(cities),
    )
