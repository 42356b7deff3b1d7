"""A trip to Jaipur that is planned, without dates and with them, and what is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from itinerary_app.assistant.base import Reply
from itinerary_app.model import Itinerary, Preferences, TripSession
from tests.assistant.talk import ASSISTANT, Traveller
from tests.assistant.test_edits import PLAN

TOLD = Preferences.from_dict(
    {
        "city": "Jaipur",
        "duration_days": 3,
        "interests": ["culture"],
        "pace": "moderate",
        "must_see": [],
    }
)
NEW = Traveller().session
PLANNED = replace(NEW, preferences=TOLD, itinerary=PLAN)
FIRST = date(2026, 12, 24)  # a Thursday
DATED = replace(
    PLANNED,
    preferences=replace(TOLD, start_date=FIRST),
    itinerary=Itinerary(
        PLAN.city,
        tuple(
            replace(day, date=FIRST + timedelta(days=day.number - 1))
            for day in PLAN.days
        ),
    ),
)


def said(text: str, session: TripSession = PLANNED) -> Reply:
    reply = ASSISTANT.reply(session, text)
    session.preferences.merged(reply.preferences)  # can be kept
    return reply
