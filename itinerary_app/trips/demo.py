"""Invented trips to try the views on, made by the code that makes real ones."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import psycopg

from itinerary_app.assistant import open_reader
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import City
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.base import SessionStorage
from itinerary_app.trips.conversation import ConversationManager
from itinerary_app.trips.retention import sweep

SEED = 7
BATCH = 200  # trips that are moved into the past at once
BY_HOUR = (2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 8, 9, 8, 7, 7, 8, 9, 10, 12, 14, 13, 9, 4)
BY_WEEKDAY = (8, 7, 7, 8, 9, 12, 14)  # from Monday
LIKES = ("food and culture", "history", "art and architecture", "nature", "nightlife")
PACES = ("relaxed", "moderate", "packed")
BUDGETS = ("cheap", "moderate budget", "luxury")
LENGTHS = (1, 2, 2, 3, 3, 3, 4, 5)  # days
WISHES_PER_CITY = 2  # each costs a plan and its edits, once
EDITS = ("add a day", "make day 1 more relaxed", "cheaper", "no museums")
TAKEN_AWAY = 0.2  # of the trips that have a plan, into a calendar
LOST = ("a week in Lima", "hello", "we love food", "somewhere warm, cheap", "help")

# Who deletes a trip must find it alive, so these expire late. `ends_at` stays: a trip
# beyond both of its limits would count as one that reached its lifetime.
INTO_THE_PAST = """
UPDATE sessions AS s SET
  created_at = began,
  planned_at = began + turns_to_plan * seconds * interval '1 s',
  last_accessed = began + user_message_count * seconds * interval '1 s',
  idle_timeout = CASE WHEN deleted THEN now() - began ELSE idle_timeout END,
  sweep_after = sweep_after - (created_at - began)
FROM unnest(%s::uuid[], %s::timestamptz[], %s::integer[], %s::boolean[])
  AS past (session_id, began, seconds, deleted)
WHERE s.session_id = past.session_id
"""
MESSAGES_TOO = """
UPDATE messages AS m SET
  created_at = began + (seq + 1) / 2 * seconds * interval '1 s'
FROM unnest(%s::uuid[], %s::timestamptz[], %s::integer[])
  AS past (session_id, began, seconds)
WHERE m.session_id = past.session_id
"""


class RememberingPlanner:
    """Plans for real, but the same request once only."""

    def __init__(self, planner: Planner) -> None:
        self.city = planner.city
        self.has = planner.has
        self.currency = planner.currency
        self.plan = cache(planner.plan)
        self.revise = cache(planner.revise)
        self.alternatives = planner.alternatives
        self.for_others = planner.for_others


class Trip(NamedTuple):
    session_id: str
    owner_hash: bytes
    began: datetime
    seconds: int  # from one message to the next
    deleted: bool  # by its traveller


class Demo:
    """Travellers who come by day rather than by night, and at weekends."""

    def __init__(
        self, storage: SessionStorage, admin: psycopg.Connection[Any], *, days: int
    ) -> None:
        catalogue = Catalogue()
        self._storage = storage
        self._admin = admin
        self._days = days
        self._chance = random.Random(SEED)  # noqa: S311  # no secret
        self._stories = Stories(catalogue.cities, self._chance)
        self._conversation = ConversationManager(
            storage=storage,
            reader=open_reader("rules:", places=catalogue.places),
            planner=RememberingPlanner(Planner(catalogue)),
            catalogue=catalogue,
        )

    def fill(self, number: int, *, on_trip: Callable[[int], object]) -> None:
        """So many trips; those that expired are swept, so that their facts remain."""
        for first in range(0, number, BATCH):
            trips = []
            for _ in range(min(BATCH, number - first)):
                trips.append(self._trip())
                on_trip(1)
            self._move(trips)
            for trip in trips:
                if trip.deleted:
                    self._conversation.delete(trip.session_id, trip.owner_hash)
            sweep(self._storage)

    def _trip(self) -> Trip:
        owner = secrets.token_bytes(32)
        key = self._conversation.start(owner).session_id
        for number, text in enumerate(self._stories.next()):
            self._conversation.send(key, text, f"turn-{number}", owner_hash=owner)
        chance = self._chance
        planned = self._conversation.trip(key, owner).itinerary is not None
        if planned and chance.random() < TAKEN_AWAY:
            self._storage.record_export(key, "ics")
        return Trip(
            key, owner, self._began(), chance.randint(8, 60), chance.random() < 0.06
        )

    def _began(self) -> datetime:
        now, chance = datetime.now(UTC), self._chance
        if chance.random() < 0.02:
            return now - timedelta(minutes=chance.uniform(10, 40))  # lives
        while True:
            began = now - timedelta(days=self._days) * chance.random()
            often = BY_HOUR[began.hour] * BY_WEEKDAY[began.weekday()]
            if chance.random() * max(BY_HOUR) * max(BY_WEEKDAY) < often:
                return began

    def _move(self, trips: Sequence[Trip]) -> None:
        ids = [trip.session_id for trip in trips]
        began = [trip.began for trip in trips]
        seconds = [trip.seconds for trip in trips]
        deleted = [trip.deleted for trip in trips]
        with self._admin.transaction():
            self._admin.execute(MESSAGES_TOO, [ids, began, seconds])
            self._admin.execute(INTO_THE_PAST, [ids, began, seconds, deleted])


class Stories:
    """What travellers say, message by message."""

    def __init__(self, cities: Sequence[City], chance: random.Random) -> None:
        self._chance = chance
        self._cities = [city.name for city in cities]
        self._weights = range(len(cities), 0, -1)  # the first is asked for most
        self._wishes = {
            name: [self._wish() for _ in range(WISHES_PER_CITY)]
            for name in self._cities
        }

    def next(self) -> list[str]:
        """From nothing at all to a plan and two edits."""
        chance = self._chance
        [city] = chance.choices(self._cities, self._weights)
        days, like, manner, edits = chance.choice(self._wishes[city])
        match chance.random():
            case luck if luck < 0.06:
                return []
            case luck if luck < 0.14:
                return [chance.choice(LOST)]
            case luck if luck < 0.20:
                return ["hi", city]
            case luck if luck < 0.26:
                return [f"I would love to see {city}, {chance.choice(PACES)}"]
            case luck if luck < 0.60:
                said = [f"{days} in {city}, we love {like}, {manner}"]
            case luck if luck < 0.85:
                said = [f"{city}, {manner}", days, like]
            case _:
                said = ["hello", city, f"{days}, {manner}", like]
        return said + edits[: chance.choice((0, 0, 0, 1, 1, 2))]

    def _wish(self) -> tuple[str, str, str, list[str]]:
        chance = self._chance
        days = chance.choice(LENGTHS)
        return (
            "1 day" if days == 1 else f"{days} days",
            chance.choice(LIKES),
            f"{chance.choice(PACES)}, {chance.choice(BUDGETS)}",
            chance.sample(EDITS, 2),
        )
