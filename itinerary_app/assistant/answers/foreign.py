"""The reply to another language than English, in that language."""

from __future__ import annotations

from itinerary_app.assistant.answers import texts
from itinerary_app.assistant.answers.answer import Answer

FALLBACK = "en"


def foreign(language: str) -> Answer:
    """For an ISO 639-1 code, with or without a region; else in English."""
    known = texts.load("foreign")
    code = language.lower().replace("_", "-").split("-")[0]
    return Answer(known.get(code, known[FALLBACK]))
