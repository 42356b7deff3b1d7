"""Answers to what is no wish: thanks, complaints, a call for help."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant import acts, wording
from itinerary_app.assistant.asking import city_replies
from itinerary_app.assistant.base import Reply
from itinerary_app.model import City, TripSession


def answer(session: TripSession, lower: str, cities: Sequence[City]) -> Reply | None:
    """The answer, None if the text may be a wish after all."""
    steps = (
        wording.next_steps(session.itinerary, session.preferences)
        if session.itinerary
        else ()
    )
    if acts.WHICH_CITIES.search(lower):
        return Reply(
            text=f"I can plan {wording.covered(cities)}.",
            quick_replies=steps or city_replies(cities),
        )
    if acts.HELP.search(lower):
        return Reply(
            text="Tell me a city, how many days or which dates, what you love, your "
            "pace and budget, what you eat and when you start, in your own words. "
            "Once there is a plan, say for example “make day 2 more relaxed”, “swap "
            "the museum for a park” or “start at 10”.",
            quick_replies=steps or city_replies(cities),
        )
    if session.itinerary and acts.COMPLAINT.search(lower):
        return Reply(
            text="I'm sorry. Say what is wrong with it, for example:",
            quick_replies=steps,
        )
    if session.itinerary and acts.KEEP.search(lower):
        return Reply(text="I left your plan as it is.", quick_replies=steps)
    if session.itinerary and acts.THANKS.search(lower):
        return Reply(
            text="Enjoy your trip! If you'd like something changed, just say so.",
            quick_replies=steps,
        )
    return None
