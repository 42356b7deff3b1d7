"""Three days in Rome, a model that reads, a grammar that says so, and a clock."""

from __future__ import annotations

from datetime import date
from typing import Any

from itinerary_app.acts import codec
from itinerary_app.assistant.model_reader.reader import ModelReader
from itinerary_app.assistant.model_reader.server import ModelServer
from itinerary_app.assistant.reader import Reader, Scene, Understanding
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import (
    Day,
    Itinerary,
    Pace,
    Place,
    Preferences,
    Stop,
    StopKind,
)
from tests.assistant.model_server import Answer, ModelHost, says

KEY = "sk-that-nobody-may-see"
CATALOGUE = Catalogue()
ROME = next(city for city in CATALOGUE.cities if city.name == "Rome")
PLACES = {place.id: place for place in CATALOGUE.places("Rome")}
MUSEUM = "vatican-museums-and-sistine-chapel"


class Grammar(Reader):
    """Reads nothing, so that one sees that it was asked."""

    def read(self, text: str, scene: Scene) -> Understanding:
        return Understanding(unread=("by the grammar",))


BY_GRAMMAR = Understanding(unread=("by the grammar",))


def stop(place: Place) -> Stop:
    return Stop(StopKind.VISIT, 600, 660, 0, "walk", "", place)


def scene(*extra: Place, **changes: Any) -> Scene:
    """Three days in Rome: the Colosseum, the Pantheon, the Vatican Museums."""
    days = tuple(
        Day(number, Pace.MODERATE, (stop(PLACES[place_id]),))
        for number, place_id in enumerate(("colosseum", "pantheon", MUSEUM), start=1)
    )
    given: dict[str, Any] = {
        "today": date(2026, 11, 28),
        "cities": CATALOGUE.cities,
        "preferences": Preferences(city="Rome", duration_days=3),
        "itinerary": Itinerary(ROME, days),
        "places": (*PLACES.values(), *extra),
        "session_id": "one",
    }
    return Scene(**{**given, **changes})


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.waited: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


def reader(host: ModelHost, clock: Clock, **limits: Any) -> ModelReader:
    return ModelReader(
        ModelServer(host.url, key=KEY),
        Grammar(),
        model="small",
        clock=clock,
        sleep=clock.sleep,
        **limits,
    )


def read(
    host: ModelHost, text: str, *acts: tuple[str, dict[str, Any]], **changes: Any
) -> Understanding:
    """What is made of `text` if the model says these acts."""
    host.answers.append(says(*acts))
    return reader(host, Clock()).read(text, scene(**changes))


UNDO: Answer = says(("undo", {"act": "undo"}))
UNDONE = Understanding(acts=codec.loads([{"act": "undo"}]), quotes=("undo",))
