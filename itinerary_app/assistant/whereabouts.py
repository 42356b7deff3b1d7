"""Which city a message is about, in the light of the trip so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from itinerary_app.catalogue.cities import Gazetteer, Mention
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import City, Place, TripSession


class Whereabouts:
    """`places` gives the places of a covered city by its name."""

    def __init__(
        self, gazetteer: Gazetteer, places: Callable[[str], Sequence[Place]]
    ) -> None:
        self._gazetteer = gazetteer
        self._places = places

    def mention(self, session: TripSession, text: str) -> Mention:
        """What the text says of cities; places of the plan's city are none."""
        history = session.conversation_history
        offered = history[-1].quick_replies if history else ()
        mention = self._gazetteer.find(
            text,
            offered,
            places=self._here(session),
            strict=session.itinerary is not None,
        )
        for city in filter(None, (mention.another, mention.another and mention.city)):
            # "Venice Beach in Los Angeles" is about one city.
            alone = self._gazetteer.find(text, places=self._names(city))
            if alone == Mention(city=city):
                return alone
        return mention

    def city(self, session: TripSession, text: str) -> City | None:
        """The city that the text names, else the one that was told before."""
        named = self._gazetteer.named(
            text, places=self._here(session), strict=session.itinerary is not None
        )
        return named or self.covered(session.preferences.city)

    def covered(self, name: str | None) -> City | None:
        cities = self._gazetteer.covered
        return next((city for city in cities if city.name == name), None)

    def _here(self, session: TripSession) -> tuple[str, ...]:
        return self._names(session.itinerary.city) if session.itinerary else ()

    def _names(self, city: City) -> tuple[str, ...]:
        return tuple(plain(place.name) for place in self._places(city.name))
