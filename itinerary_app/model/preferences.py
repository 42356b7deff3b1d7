"""What a traveller wishes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Self

from itinerary_app.errors import InvalidInput
from itinerary_app.language import N_
from itinerary_app.model import fields
from itinerary_app.model.dayparts import StopKind
from itinerary_app.model.place import Category, Diet, Interest

CLOCKS = ("arrive", "depart", "day_start", "day_end")  # written as HH:MM
PAIRS = ("at_most", "times", "stays", "meal_times", "notes")  # lists of {key: value}
TIMES = ("times", "meal_times")  # pairs whose values are written as HH:MM


class Pace(StrEnum):
    """From few stops with slow mornings to as much as a day holds."""

    RELAXED = N_("relaxed")
    MODERATE = N_("moderate")
    PACKED = N_("packed")

    def step(self, *, calmer: bool) -> Pace:
        """The next pace in this direction; the same one at the end."""
        ladder = list(Pace)
        rung = ladder.index(self) + (-1 if calmer else 1)
        return ladder[min(max(rung, 0), len(ladder) - 1)]


class Budget(StrEnum):
    LOW = N_("low")
    MODERATE = N_("moderate")
    HIGH = N_("high")


class Mobility(StrEnum):
    """How someone gets about."""

    STEP_FREE = "step_free"  # wheelchair or pram: no place known to be without access
    LESS_WALKING = "less_walking"  # short ways on foot, rides for the rest


class Leg(NamedTuple):
    """A part of a trip in one city; how many nights may be open."""

    city: str
    nights: int | None = None


class OwnPlace(NamedTuple):
    """A place that the traveller made: a name, and a point of a city, in degrees."""

    name: str
    city: str
    lat: float
    lon: float


class Base(NamedTuple):
    """Where one sleeps in a city, in words.

    From its `night` there on, of which the first is 1 and the last -1, for so many
    `nights`; None: for all that follow.
    """

    where: str
    city: str
    night: int = 1
    nights: int | None = None


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

    `legs` are the trip's cities in order, the first one `city`; () for one city.
    A kind in `at_most` (stops of it a day) and `no_more` (none beyond those planned)
    is a category, else an interest, else a word that names or categories have. `times`
    are when stops begin, `stays` how many minutes they last, `notes` the traveller's
    own words on them, each by the id of the place. `skipped` meals are never planned,
    `meal_times` are when the others begin. `base` is where one sleeps in the first
    city, in words; `bases` tell it of other cities and of single nights, the later ones
    over those before. `own` are places that the traveller made, in the plan or not.
    `arrive_at` and `depart_at` are airports or stations: where the
    plane or train comes in at `arrive`, and from where it leaves at `depart`; with
    `depart_there` that is when one must be there.
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
    adults: int | None = None
    children: int | None = None
    legs: tuple[Leg, ...] = ()
    at_most: tuple[tuple[str, int], ...] = ()
    no_more: tuple[str, ...] = ()
    times: tuple[tuple[str, int], ...] = ()
    stays: tuple[tuple[str, int], ...] = ()
    skipped: tuple[StopKind, ...] = ()
    meal_times: tuple[tuple[StopKind, int], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    base: str | None = None
    arrive_at: str | None = None
    depart_at: str | None = None
    bases: tuple[Base, ...] = ()
    depart_there: bool = False
    own: tuple[OwnPlace, ...] = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Preferences from JSON values; InvalidInput names the field at fault."""
        return cls(**_parsed(data))

    def merged(self, patch: Mapping[str, Any]) -> Self:
        """These preferences with `patch` of JSON values laid over; None forgets one.

        Raises InvalidInput, which names the field at fault.
        """
        return replace(self, **_parsed(patch))

    @staticmethod
    def normalized(patch: Mapping[str, Any]) -> dict[str, Any]:
        """The patch for `merged` as `to_dict` writes it: None for what is not told.

        Raises InvalidInput, which names the field at fault.
        """
        return {
            name: _as_json(name, value) if _is_told(value) else None
            for name, value in _parsed(patch).items()
        }

    def patch_from(self, other: Preferences) -> dict[str, Any]:
        """The patch that makes these of the others when they are `merged` with it."""
        return self.patch_of(
            name for name in _PREFERENCES if getattr(self, name) != getattr(other, name)
        )

    def patch_of(self, names: Iterable[str]) -> dict[str, Any]:
        """The patch that makes these of others that differ in these fields alone."""
        return {
            name: _as_json(name, value) if _is_told(value) else None
            for name in names
            for value in (getattr(self, name),)
        }

    @property
    def is_enough(self) -> bool:
        """Whether a plan can be made of it."""
        return self.city is not None and self.duration_days is not None

    @property
    def slept(self) -> tuple[Base, ...]:
        """All that was told of where one sleeps, in the first city first."""
        first = [Base(self.base, self.city)] if self.base and self.city else []
        return (*first, *self.bases)

    def to_dict(self) -> dict[str, Any]:
        """What was told, and only that, as plain JSON values."""
        return {
            name: _as_json(name, value)
            for name in self.__slots__
            if _is_told(value := getattr(self, name))
        }


def _is_told(value: Any) -> bool:
    """By identity: midnight and a limit of 0 equal False, and are told."""
    return value is not False and value not in (None, ())


def _as_json(name: str, value: Any) -> Any:
    if name in CLOCKS:
        return fields.hhmm(value)
    if isinstance(value, date):
        return value.isoformat()
    if name in ("legs", "bases", "own"):
        return [_member_as_json(item) for item in value]
    if name in PAIRS:
        write = fields.hhmm if name in TIMES else lambda item: item
        return [{key: write(item)} for key, item in value]
    return list(value) if isinstance(value, tuple) else value


def _member_as_json(item: Leg | Base | OwnPlace) -> dict[str, Any]:
    return {
        name: it
        for name, it in item._asdict().items()
        if it != item._field_defaults.get(name)
    }


def _legs(field_name: str, value: Any) -> tuple[Leg, ...]:
    if isinstance(value, (list, tuple)) and len(value) <= fields.MAX_LEGS:
        return tuple(_leg(field_name, item) for item in value)
    raise InvalidInput(
        f"{field_name} must be a list of at most {fields.MAX_LEGS} cities.",
        field=field_name,
    )


def _leg(field_name: str, value: Any) -> Leg:
    if not isinstance(value, dict) or set(value) - {"city", "nights"}:
        raise InvalidInput(
            f"Each of {field_name} must be an object of city and nights.",
            field=field_name,
        )
    nights = value.get("nights")
    return Leg(
        fields.name(field_name, value.get("city")),
        None if nights is None else fields.count(field_name, nights),
    )


def _bases(field_name: str, value: Any) -> tuple[Base, ...]:
    if isinstance(value, (list, tuple)) and len(value) <= fields.MAX_BASES:
        return tuple(_base(field_name, item) for item in value)
    raise InvalidInput(
        f"{field_name} must be a list of at most {fields.MAX_BASES} places to sleep.",
        field=field_name,
    )


def _base(field_name: str, value: Any) -> Base:
    if not isinstance(value, dict) or set(value) - set(Base._fields):
        raise InvalidInput(
            f"Each of {field_name} must be an object of {', '.join(Base._fields)}.",
            field=field_name,
        )
    nights = value.get("nights")
    return Base(
        fields.name(field_name, value.get("where")),
        fields.name(field_name, value.get("city")),
        fields.night(field_name, value.get("night", 1)),
        None if nights is None else fields.days(field_name, nights),
    )


def _own(field_name: str, value: Any) -> tuple[OwnPlace, ...]:
    if isinstance(value, (list, tuple)) and len(value) <= fields.MAX_OWN:
        return tuple(_own_place(field_name, item) for item in value)
    raise InvalidInput(
        f"{field_name} must be a list of at most {fields.MAX_OWN} places.",
        field=field_name,
    )


def _own_place(field_name: str, value: Any) -> OwnPlace:
    if not isinstance(value, dict) or set(value) != set(OwnPlace._fields):
        raise InvalidInput(
            f"Each of {field_name} must be an object of {', '.join(OwnPlace._fields)}.",
            field=field_name,
        )
    return OwnPlace(
        fields.name(field_name, value["name"]),
        fields.name(field_name, value["city"]),
        fields.degrees(field_name, value["lat"], 90),
        fields.degrees(field_name, value["lon"], 180),
    )


def _meal(field_name: str, value: Any) -> StopKind:
    if value in (StopKind.LUNCH, StopKind.DINNER):
        return StopKind(value)
    raise InvalidInput(f"{field_name} must be of lunch or dinner.", field=field_name)


def _meals(field_name: str, value: Any) -> tuple[StopKind, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(dict.fromkeys(_meal(field_name, item) for item in value))
    raise InvalidInput(f"{field_name} must be a list.", field=field_name)


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
    "arrive": fields.time_of_day,
    "depart": fields.time_of_day,
    "day_start": fields.time_of_day,
    "day_end": fields.time_of_day,
    "diets": fields.some_of(Diet),
    "mobility": fields.some_of(Mobility),
    "spend_limit": fields.amount,
    "shared": fields.flag,
    "adults": fields.count,
    "children": fields.count,
    "legs": _legs,
    "at_most": fields.pairs(fields.name, fields.count),
    "no_more": fields.kinds,
    "times": fields.pairs(fields.name, fields.time_of_day),
    "stays": fields.pairs(fields.name, fields.stay),
    "skipped": _meals,
    "meal_times": fields.pairs(_meal, fields.time_of_day),
    "notes": fields.pairs(fields.name, fields.note),
    "base": fields.name,
    "arrive_at": fields.name,
    "depart_at": fields.name,
    "bases": _bases,
    "depart_there": fields.flag,
    "own": _own,
}


_NOTHING: dict[str, Any] = {
    item.name: item.default for item in dataclasses.fields(Preferences)
}
