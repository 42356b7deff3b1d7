"""Answers to what is no wish: thanks, complaints, a call for help."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant import acts, wording
from itinerary_app.assistant.asking import city_replies
from itinerary_app.assistant.base import Reply
from itinerary_app.catalogue import continents
from itinerary_app.catalogue.regions import Region
from itinerary_app.model import City, TripSession
from itinerary_app.text.words import listed


def answer(session: TripSession, lower: str, cities: Sequence[City]) -> Reply | None:
    """The answer, None if the text may be a wish after all."""
    steps = _steps(session)
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


def which_cities(
    session: TripSession, region: Region | None, cities: Sequence[City]
) -> Reply:
    """The cities of a region that is asked for, else some of each continent."""
    if region and region.cities:
        names = listed(city.name for city in region.cities)
        return Reply(
            text=f"In {region.name} I can plan {names}.",
            quick_replies=_steps(session) or city_replies(region.cities),
        )
    groups = continents.grouped(cities)
    if len(groups) < 2 or len(cities) <= wording.MOST_NAMES:
        text = f"I can plan {wording.covered(cities)}."
    else:
        each = ". ".join(f"{name}: {wording.few(own)}" for name, own in groups.items())
        asked = f"“which cities in {next(iter(groups))}?”"
        text = f"I can plan {len(cities)} cities. {each}. Name one, or ask {asked}"
    if region:
        text = f"I have no city in {region.name} yet. {text}"
    return Reply(text=text, quick_replies=_steps(session) or city_replies(cities))


def _steps(session: TripSession) -> tuple[str, ...]:
    if session.itinerary is None:
        return ()
    return wording.next_steps(session.itinerary, session.preferences)
