"""What the app is about: sessions, messages, preferences, places, itineraries.

Frozen values without I/O; named tuples where every load builds dozens, as those are
made six times faster. Times of day are minutes after midnight (local to the city);
instants are timezone-aware UTC datetimes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from itinerary_app import fields
from itinerary_app.errors import InvalidInput

MAX_MESSAGE_CHARS = 8_000
CLOCKS = ("arrive", "depart", "day_start", "day_end")  # preferences told as HH:MM
UNSTORABLE = "[\0\ud800-\udfff]"  # characters (a pattern) that no storage can hold


class Role(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"


class Pace(StrEnum):
    """From few stops with slow mornings to as much as a day holds."""

    RELAXED = "relaxed"
    MODERATE = "moderate"
    PACKED = "packed"

    def step(self, *, calmer: bool) -> Pace:
        """The next pace in this direction; the same one at the end."""
        ladder = list(Pace)
        rung = ladder.index(self) + (-1 if calmer else 1)
        return ladder[min(max(rung, 0), len(ladder) - 1)]


class Budget(StrEnum):
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Interest(StrEnum):
    FOOD = "food"
    CULTURE = "culture"
    HISTORY = "history"
    ART = "art"
    ARCHITECTURE = "architecture"
    RELIGION = "religion"
    NATURE = "nature"
    VIEWS = "views"
    SHOPPING = "shopping"
    NIGHTLIFE = "nightlife"
    FAMILY = "family"
    ADVENTURE = "adventure"


class Category(StrEnum):
    MUSEUM = "museum"
    GALLERY = "gallery"
    PALACE = "palace"
    FORT = "fort"
    TEMPLE = "temple"
    SHRINE = "shrine"
    CHURCH = "church"
    MOSQUE = "mosque"
    MONUMENT = "monument"
    LANDMARK = "landmark"
    NEIGHBOURHOOD = "neighbourhood"
    PARK = "park"
    GARDEN = "garden"
    ZOO = "zoo"
    VIEWPOINT = "viewpoint"
    MARKET = "market"
    SHOPPING = "shopping"
    ACTIVITY = "activity"
    SHOW = "show"
    RESTAURANT = "restaurant"
    CAFE = "cafe"
    STREET_FOOD = "street_food"
    BAR = "bar"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class Diet(StrEnum):
    """What someone keeps to when eating; of a place: what it is known to serve."""

    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    HALAL = "halal"
    KOSHER = "kosher"
    GLUTEN_FREE = "gluten_free"


class Mobility(StrEnum):
    """How someone gets about."""

    STEP_FREE = "step_free"  # wheelchair or pram: no place known to be without access
    LESS_WALKING = "less_walking"  # short ways on foot, rides for the rest


class Access(StrEnum):
    """Access for wheelchairs, as OpenStreetMap tells it."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"


class StopKind(StrEnum):
    VISIT = "visit"
    LUNCH = "lunch"
    DINNER = "dinner"


class City(NamedTuple):
    """A city that has places. `id` is its slug, `country` an ISO 3166 alpha-2 code;
    its places lie within `radius_km` of the centre.
    """

    id: str
    name: str
    country: str
    lat: float
    lon: float
    radius_km: float = 40.0


class Place(NamedTuple):
    """A real place, from a named source. None means unknown, never a guess.

    `hours` is in the OpenStreetMap opening_hours syntax; `price` is the ordinary
    adult admission in `currency` (0 = free); `importance` runs from 1 to 5 (a sight
    that a first visit should not miss). `local_name` is how signs there write it,
    `minutes` its own usual visit length where that differs from its category's,
    `diets` what a place to eat is known to serve, () is unknown.
    """

    id: str
    name: str
    lat: float
    lon: float
    category: Category
    interests: tuple[Interest, ...]
    importance: int
    hours: str | None
    price: float | None
    currency: str | None
    source: str
    source_id: str
    licence: str
    local_name: str | None = None
    minutes: int | None = None
    diets: tuple[Diet, ...] = ()
    wheelchair: Access | None = None


class Stop(NamedTuple):
    """One place on one day. Its length is the usual one, of the place or its kind."""

    kind: StopKind
    arrive: int  # minutes after midnight
    leave: int  # minutes after midnight
    travel_minutes: int  # estimated, from the stop before; 0 for the day's first
    travel_mode: str  # "walk" or "ride"
    reason: str  # one short fact: why this stop is in the plan
    place: Place


@dataclass(frozen=True, slots=True)
class Day:
    """`start` and `end`, in minutes after midnight, are what was asked for this day."""

    number: int  # from 1
    pace: Pace
    stops: tuple[Stop, ...]
    date: date | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A plan for the days in one city; `notes` are honest remarks about it."""

    city: City
    days: tuple[Day, ...]
    notes: tuple[str, ...] = ()

    @property
    def stops(self) -> tuple[Stop, ...]:
        return tuple(stop for day in self.days for stop in day.stops)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the traveller told us; None, () and False mean: not told.

    `city` is the name of a city that has places. `avoid` lists categories that
    the traveller does not want to see; `must_see` and `excluded` list ids of places:
    what edits put in or took out, so that a new plan keeps to it. Those in `locked`
    stay on their day, at their time. `start_date` is day 1; `arrive` is when the
    traveller can begin on it and `depart` when the last day must be over; `day_start`
    and `day_end` hold for all days (minutes after midnight, "HH:MM" in JSON).
    `spend_limit` is for the known admissions of one adult, all days together, in the
    city's currency. `shared` is no wish about the plan: whoever has the link to it may
    look at it.
    """

    city: str | None = None
    duration_days: int | None = None
    interests: tuple[Interest, ...] = ()
    pace: Pace | None = None
    budget: Budget | None = None
    avoid: tuple[Category, ...] = ()
    must_see: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    start_date: date | None = None
    arrive: int | None = None
    depart: int | None = None
    day_start: int | None = None
    day_end: int | None = None
    diets: tuple[Diet, ...] = ()
    mobility: tuple[Mobility, ...] = ()
    spend_limit: int | None = None
    shared: bool = False

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Preferences from JSON values; InvalidInput names the field at fault."""
        return cls(**_parsed(data))

    def merged(self, patch: Mapping[str, Any]) -> Self:
        """These preferences with `patch` of JSON values laid over; None forgets one.

        Raises InvalidInput, which names the field at fault.
        """
        return replace(self, **_parsed(patch))

    @property
    def is_enough(self) -> bool:
        """Whether a plan can be made of it."""
        return self.city is not None and self.duration_days is not None

    def to_dict(self) -> dict[str, Any]:
        """What was told, and only that, as plain JSON values."""
        told = (
            (item.name, getattr(self, item.name)) for item in dataclasses.fields(self)
        )
        return {
            name: _as_json(name, value)
            for name, value in told
            # by identity: midnight and a limit of 0 equal False, and are told
            if value is not False and value not in (None, ())
        }


def clock(minutes: int) -> str:
    """Minutes after midnight as HH:MM; 24:30 is half an hour past it."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _as_json(name: str, value: Any) -> Any:
    if name in CLOCKS:
        return clock(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _parsed(patch: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `Preferences` that JSON values stand for, by name."""
    for name in patch:
        if name not in _PREFERENCES:
            raise InvalidInput(
                f"{name!r} is no preference; there are {', '.join(_PREFERENCES)}.",
                field=name,
            )
    return {
        name: _NOTHING[name] if value is None else _PREFERENCES[name](name, value)
        for name, value in patch.items()
    }


_PREFERENCES: dict[str, Callable[[str, Any], Any]] = {
    "city": fields.name,
    "duration_days": fields.days,
    "interests": fields.some_of(Interest),
    "pace": fields.one_of(Pace),
    "budget": fields.one_of(Budget),
    "avoid": fields.some_of(Category),
    "must_see": fields.place_ids,
    "excluded": fields.place_ids,
    "locked": fields.place_ids,
    "start_date": fields.calendar_date,
    "arrive": fields.clock,
    "depart": fields.clock,
    "day_start": fields.clock,
    "day_end": fields.clock,
    "diets": fields.some_of(Diet),
    "mobility": fields.some_of(Mobility),
    "spend_limit": fields.amount,
    "shared": fields.flag,
}


_NOTHING: dict[str, Any] = {
    item.name: item.default for item in dataclasses.fields(Preferences)
}


class Message(NamedTuple):
    """One utterance. `seq` counts from 1 within its session and gives the order.

    `context` is a small JSON object: what the message was about, and offered.
    """

    role: Role
    content: str
    quick_replies: tuple[str, ...] = ()
    turn_key: str | None = None
    seq: int = 0  # given by the storage
    created_at: datetime | None = None  # given by the storage
    context: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class TripSummary:
    """One line of "my trips"."""

    session_id: str
    preferences: Preferences
    message_count: int
    has_itinerary: bool
    created_at: datetime
    last_accessed: datetime


@dataclass(frozen=True, slots=True)
class TripSession:
    """A trip in the making: what was said, what is wished, what is planned.

    `version` counts the writes; `plan_version` those that changed preferences or plan,
    which can be taken back.
    """

    session_id: str
    owner_hash: bytes = field(repr=False)  # SHA-256 of the traveller's secret
    version: int
    preferences: Preferences
    itinerary: Itinerary | None
    conversation_history: tuple[Message, ...]  # the newest, oldest first
    message_count: int
    clarifying_questions_count: int
    created_at: datetime
    last_accessed: datetime
    plan_version: int = 0

    @property
    def summary(self) -> TripSummary:
        return TripSummary(
            self.session_id,
            self.preferences,
            self.message_count,
            self.itinerary is not None,
            self.created_at,
            self.last_accessed,
        )
