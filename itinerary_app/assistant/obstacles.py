"""What stands in the way of a wish, said honestly: unknown cities, odd lengths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from itinerary_app.assistant import wording
from itinerary_app.assistant.asking import DAYS_REPLIES, ask, city_replies
from itinerary_app.assistant.base import Reply
from itinerary_app.assistant.reading import Reading
from itinerary_app.catalogue.cities import Gazetteer, Mention
from itinerary_app.catalogue.regions import Region
from itinerary_app.model import City, TripSession
from itinerary_app.model.fields import MAX_DAYS
from itinerary_app.text.words import listed

NEAREST = 3  # cities that are offered instead of one without places


class Obstacles:
    """The obstacles for wishes about cities; the gazetteer knows those covered."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._cities = gazetteer.covered

    def find(
        self,
        session: TripSession,
        mention: Mention,
        reading: Reading,
        patch: dict[str, Any],
    ) -> Reply | None:
        """What stands in the way of the wish, said honestly; the rest is kept."""
        if reading.days is not None and not 1 <= reading.days <= MAX_DAYS:
            return ask(
                session,
                f"I can plan 1 to {MAX_DAYS} days, not {reading.days:,}.",
                "How many shall it be?",
                patch,
                DAYS_REPLIES,
            )
        if mention.choice:
            names = [city.name for city in mention.choice]
            return ask(
                session,
                f"I can plan {wording.covered(mention.choice)}, one city for a trip.",
                "Which one shall it be?",
                patch,
                tuple(names),
            )
        if mention.names:
            return self._which(session, mention, patch)
        if mention.elsewhere:
            near = self._gazetteer.nearest(mention.elsewhere.lat, mention.elsewhere.lon)
            return self._not_covered(mention.elsewhere.label, near, patch)
        if mention.region:
            return self._region(session, mention.region, patch)
        if mention.unknown and "city" not in patch and not session.preferences.city:
            return Reply(
                text=f"I don't know a city called {mention.unknown}. I can plan "
                f"{wording.covered(self._cities)}.",
                preferences=patch,
                quick_replies=city_replies(self._cities),
            )
        return None

    def _which(
        self, session: TripSession, mention: Mention, patch: dict[str, Any]
    ) -> Reply:
        regions = [name.split(", ", 1)[1] for name in mention.names]
        return ask(
            session,
            f"There are several places called {mention.ambiguous}, and to be honest, I "
            "have nothing to show in any of them yet. I can plan "
            f"{wording.covered(self._cities)}.",
            f"Which {mention.ambiguous} do you mean: the one in "
            f"{listed(regions, 'or')}?",
            patch,
            mention.names,
        )

    def _not_covered(
        self, label: str, near: Sequence[City], patch: dict[str, Any]
    ) -> Reply:
        names = tuple(city.name for city in near[:NEAREST])
        return Reply(
            text=f"I have no places for {label} yet, and I don't make any up. The "
            f"nearest that I can plan: {listed(names)}.",
            preferences=patch,
            quick_replies=names,
        )

    def _region(
        self, session: TripSession, region: Region, patch: dict[str, Any]
    ) -> Reply:
        cities = region.cities
        if not cities:
            return Reply(
                text=f"I have no city in {region.name} yet. I can plan "
                f"{wording.covered(self._cities)}.",
                preferences=patch,
                quick_replies=city_replies(self._cities),
            )
        several = len(cities) > 1
        return ask(
            session,
            f"In {region.name} I can plan {wording.covered(cities)}"
            f"{', one city for a trip' if several else ''}.",
            "Which one shall it be?" if several else "Shall it be that?",
            patch,
            city_replies(cities),
        )
