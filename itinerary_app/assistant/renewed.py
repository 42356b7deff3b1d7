"""An assistant that is made anew when the covered cities change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from itinerary_app.assistant.base import Assistant, Reply
from itinerary_app.model import City, Itinerary, TripSession


class RenewedAssistant(Assistant):
    """Asks for the cities at each turn: places may be imported while the app runs."""

    def __init__(
        self,
        make: Callable[[Sequence[City]], Assistant],
        cities: Callable[[], Sequence[City]],
    ) -> None:
        self._make = make
        self._cities = cities
        # Without cities yet, since these may be in a database that is not there yet:
        # what every assistant loads is loaded before the first traveller comes.
        self._made: tuple[tuple[City, ...], Assistant] = (), make(())

    def reply(self, session: TripSession, text: str) -> Reply:
        return self._current().reply(session, text)

    def present(
        self, session: TripSession, reply: Reply, itinerary: Itinerary
    ) -> Reply:
        return self._current().present(session, reply, itinerary)

    def regret(self, session: TripSession, reply: Reply, why: str) -> Reply:
        return self._current().regret(session, reply, why)

    def _current(self) -> Assistant:
        cities = tuple(self._cities())
        known, assistant = self._made
        if cities != known:
            assistant = self._make(cities)
            self._made = cities, assistant
        return assistant
