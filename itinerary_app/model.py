"""What the app is about: sessions, messages, preferences, places, itineraries.

Frozen values without I/O; named tuples where every load builds dozens, as those are
made six times faster. Times of day are minutes after midnight (local to the city);
instants are timezone-aware UTC datetimes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self, TypeVar

from itinerary_app.errors import InvalidInput

MAX_DAYS = 30
MAX_MESSAGE_CHARS = 8_000
MAX_NAME_CHARS = 200
MAX_PLACE_IDS = 200
UNSTORABLE = "[\0\ud800-\udfff]"  # characters (a pattern) that no storage can hold


E = TypeVar("E", bound=StrEnum)


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


class StopKind(StrEnum):
    VISIT = "visit"
    LUNCH = "lunch"
    DINNER = "dinner"


class City(NamedTuple):
    """A city that has places. `id` is its slug, `country` an ISO 3166 alpha-2 code."""

    id: str
    name: str
    country: str
    lat: float
    lon: float


class Place(NamedTuple):
    """A real place, from a named source. None means unknown, never a guess.

    `hours` is in the OpenStreetMap opening_hours syntax; `price` is the ordinary
    adult admission in `currency` (0 = free); `importance` runs from 1 to 5 (a sight
    that a first visit should not miss).
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


class Stop(NamedTuple):
    """One place on one day. Lengths are the usual ones of its category."""

    kind: StopKind
    arrive: int  # minutes after midnight
    leave: int  # minutes after midnight
    travel_minutes: int  # estimated, from the stop before; 0 for the day's first
    travel_mode: str  # "walk" or "ride"
    reason: str  # one short fact: why this stop is in the plan
    place: Place


@dataclass(frozen=True, slots=True)
class Day:
    number: int  # from 1
    pace: Pace
    stops: tuple[Stop, ...]


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
    """What the traveller told us; None and () mean: not told.

    `city` is the name of a city that has places. `avoid` lists categories that
    the traveller does not want to see; `must_see` and `excluded` list ids of places:
    what edits put in or took out, so that a new plan keeps to it.
    """

    city: str | None = None
    duration_days: int | None = None
    interests: tuple[Interest, ...] = ()
    pace: Pace | None = None
    budget: Budget | None = None
    avoid: tuple[Category, ...] = ()
    must_see: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

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
        told = ((item.name, getattr(self, item.name)) for item in fields(self))
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in told
            if value not in (None, ())
        }


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


def _name(field_name: str, value: Any) -> str:
    if isinstance(value, str) and 0 < len(value) <= MAX_NAME_CHARS:
        return value
    raise InvalidInput(
        f"{field_name} must be a text of 1 to {MAX_NAME_CHARS} characters.",
        field=field_name,
    )


def _days(field_name: str, value: Any) -> int:
    if type(value) is int and 1 <= value <= MAX_DAYS:
        return value
    raise InvalidInput(
        f"{field_name} must be a whole number from 1 to {MAX_DAYS}.", field=field_name
    )


def _one_of(kind: type[E]) -> Callable[[str, Any], E]:
    values = {item.value: item for item in kind}

    def parse(field_name: str, value: Any) -> E:
        if isinstance(value, str) and value in values:
            return values[value]
        raise InvalidInput(
            f"{field_name} must be one of {', '.join(kind)}.", field=field_name
        )

    return parse


def _some_of(kind: type[E]) -> Callable[[str, Any], tuple[E, ...]]:
    parse_one = _one_of(kind)

    def parse(field_name: str, value: Any) -> tuple[E, ...]:
        if isinstance(value, (list, tuple)):
            return tuple(dict.fromkeys(parse_one(field_name, v) for v in value))
        raise InvalidInput(f"{field_name} must be a list.", field=field_name)

    return parse


def _place_ids(field_name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)) and len(value) <= MAX_PLACE_IDS:
        return tuple(dict.fromkeys(_name(field_name, item) for item in value))
    raise InvalidInput(
        f"{field_name} must be a list of at most {MAX_PLACE_IDS} ids of places.",
        field=field_name,
    )


_PREFERENCES: dict[str, Callable[[str, Any], Any]] = {
    "city": _name,
    "duration_days": _days,
    "interests": _some_of(Interest),
    "pace": _one_of(Pace),
    "budget": _one_of(Budget),
    "avoid": _some_of(Category),
    "must_see": _place_ids,
    "excluded": _place_ids,
}


_NOTHING: dict[str, Any] = {item.name: item.default for item in fields(Preferences)}


class Message(NamedTuple):
    """One utterance. `seq` counts from 1 within its session and gives the order."""

    role: Role
    content: str
    quick_replies: tuple[str, ...] = ()
    turn_key: str | None = None
    seq: int = 0  # given by the storage
    created_at: datetime | None = None  # given by the storage


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
    """A trip in the making: what was said, what is wished, what is planned."""

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
