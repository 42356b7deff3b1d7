"""Parts: what a turn is thought with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from itinerary_app.acts.focus import Focus
from itinerary_app.assistant.answers import Given
from itinerary_app.assistant.reader import Scene
from itinerary_app.catalogue.own import places as own_places
from itinerary_app.errors import CannotPlan
from itinerary_app.model import City, Place, PlanRequest, Role, TripSession
from itinerary_app.storage.base import Expiry, SessionStorage, State
from itinerary_app.trips.changes import TripPlanner
from itinerary_app.trips.history import History, acts_of


class Cities(Protocol):
    """The cities that have places, and these."""

    @property
    def cities(self) -> tuple[City, ...]: ...

    def places(self, city_name: str) -> tuple[Place, ...]: ...

    def currency(self, city_name: str | None) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Keeps no state. Reads from `storage` only what a history is asked for."""

    storage: SessionStorage
    planner: TripPlanner
    catalogue: Cities
    today: Callable[[], date]
    kept: Expiry | None = None  # of a trip that is kept on request; None: never

    def scene(self, trip: TripSession) -> Scene:
        """What a message to the trip may be read in the light of."""
        said = trip.conversation_history
        last = said[-1] if said and said[-1].role is Role.ASSISTANT else None
        scene = Scene(
            today=self.today(),
            cities=self.catalogue.cities,
            focus=Focus.from_context(last.context if last else None),
        )
        return self.at(scene, State(trip.preferences, trip.itinerary))

    def given(self, trip: TripSession) -> Given:
        """What answers may look up besides."""
        plan, history = trip.itinerary, History(self.storage, trip)
        request = PlanRequest.from_preferences(trip.preferences)

        def instead(place_id: str) -> tuple[Place, ...]:
            if plan is None or request is None:
                return ()
            try:
                return self.planner.alternatives(plan, request, place_id)
            except CannotPlan:
                return ()

        return Given(
            alternatives=instead,
            last_changes=lambda: [acts_of(version) for version in history.versions],
            places=self._places,
            keep=self.kept.idle if self.kept else None,
        )

    def at(self, scene: Scene, state: State) -> Scene:
        """The scene with another state of the trip."""
        plan, places, own = state.itinerary, scene.places, state.preferences.own
        cities = _cities(state)
        had = _cities(State(scene.preferences, scene.itinerary))
        if not places or cities != had or own != scene.preferences.own:
            places = [
                place
                for city in cities
                for place in (*self._places(city), *own_places(own, city))
            ]
        return replace(
            scene, preferences=state.preferences, itinerary=plan, places=places
        )

    def _places(self, city: str) -> tuple[Place, ...]:
        try:
            return self.catalogue.places(city)
        except CannotPlan:  # planned before the city was taken out of the catalogue
            return ()


def _cities(state: State) -> list[str]:
    """The names of the trip's cities; those of its plan, where it has one."""
    wishes, plan = state
    if plan is not None:
        return [city.name for city in plan.cities]
    several = [leg.city for leg in wishes.legs]
    return several or ([wishes.city] if wishes.city else [])
