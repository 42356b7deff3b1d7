"""What some messages mean, and a manager that reads them so."""

from __future__ import annotations

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.assistant.reader import Reader
from itinerary_app.model import Budget, Category, Interest, Itinerary, Pace
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.base import SessionStorage
from itinerary_app.trips.conversation import ConversationManager
from tests.trips import scripted
from tests.trips.scripted import ALICE, PLANNER, ScriptedReader

WISH = "3 days in Jaipur, we love food and culture, relaxed, moderate budget"
IMPOSSIBLE = "30 days in Vienna, cheap, no museums, no palaces, no churches, no parks"
MEANS: dict[str, tuple[Act, ...]] = {
    WISH: (
        do.SetCity(city="Jaipur"),
        do.SetDays(days=3),
        do.SetInterests(more=(Interest.FOOD, Interest.CULTURE)),
        do.SetPace(pace=Pace.RELAXED),
        do.SetBudget(budget=Budget.MODERATE),
    ),
    IMPOSSIBLE: (
        do.SetCity(city="Vienna"),
        do.SetDays(days=30),
        do.SetBudget(budget=Budget.LOW),
        do.Avoid(kind=Category.MUSEUM),
        do.Avoid(kind=Category.PALACE),
        do.Avoid(kind=Category.CHURCH),
        do.Avoid(kind=Category.PARK),
    ),
    "4 days in Singapore": (do.SetCity(city="Singapore"), do.SetDays(days=4)),
    "New York, nature": (
        do.SetCity(city="New York"),
        do.SetInterests(more=(Interest.NATURE,), only=True),
    ),
    "hello": (do.Greet(),),
    "dunno": (do.Anything(),),
    "yes": (do.Confirm(),),
    "make day 2 more relaxed": (do.Calmer(day=2),),
    "make it packed": (do.SetPace(pace=Pace.PACKED),),
    "remove Hawa Mahal": (do.Remove(stop="hawa-mahal"),),
    "add Nahargarh Fort": (do.Add(place="nahargarh-fort"),),
    "all anew": (do.Replan(),),
    "add two days": (do.AddDay(count=2),),
    "add a day": (do.AddDay(),),
    "4 days": (do.SetDays(days=4),),
    "remove day 2": (do.RemoveDay(day=2),),
    "start over": (do.StartOver(),),
}


def manager(
    storage: SessionStorage,
    reader: Reader | None = None,
    planner: Planner = PLANNER,
) -> ConversationManager:
    return scripted.manager(storage, reader or ScriptedReader(MEANS), planner)


def plan_of(talk: ConversationManager, trip: str) -> Itinerary:
    itinerary = talk.trip(trip, ALICE).itinerary
    assert itinerary is not None
    return itinerary


def ids(itinerary: Itinerary) -> set[str]:
    return {stop.place.id for stop in itinerary.stops}
