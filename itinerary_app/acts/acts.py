"""The acts: each says one thing that is to happen to a trip, or is asked of it.

Frozen values with a tag; acts/codec.py has their JSON. `day=None` means: the whole
trip, or wherever it fits best. Times are local, "HH:MM".
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from itinerary_app.acts.values import (
    Count,
    Date,
    Day,
    DayNumber,
    Meal,
    Minutes,
    Name,
    Part,
    Stop,
    Time,
    Where,
)
from itinerary_app.model import Budget, Diet, Interest, Mobility, Pace

Amount = Annotated[int, Meta(ge=0, le=10_000_000)]
Currency = Annotated[
    str, Meta(pattern=r"^([A-Z]{3}|dollars|pounds|pesos|crowns)$", max_length=7)
]
Names = Annotated[tuple[Name, ...], Meta(max_length=12)]
Interests = Annotated[tuple[Interest, ...], Meta(max_length=12)]


class _Act(
    Struct,
    frozen=True,
    kw_only=True,
    tag_field="act",
    tag=lambda name: "".join(f"_{c.lower()}" if c.isupper() else c for c in name)[1:],
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """What all acts share: the shape of their JSON."""


# The trip


class SetCity(_Act, frozen=True, kw_only=True):
    city: Name


class AddCity(_Act, frozen=True, kw_only=True):
    """Another leg of the trip, behind those there are."""

    city: Name
    nights: Count | None = None


class RemoveCity(_Act, frozen=True, kw_only=True):
    city: Name


class OrderCities(_Act, frozen=True, kw_only=True):
    cities: Names


class SetNights(_Act, frozen=True, kw_only=True):
    city: Name
    nights: Count


class SetDates(_Act, frozen=True, kw_only=True):
    """The date of day 1; or all dates later by `shift` days; neither: dates open."""

    start: Date | None = None
    shift: Annotated[int, Meta(ge=-3650, le=3650)] | None = None


class SetDays(_Act, frozen=True, kw_only=True):
    days: DayNumber


class SetInterests(_Act, frozen=True, kw_only=True):
    """More of some, no longer some; `only`: these and no others."""

    more: Interests = ()
    less: Interests = ()
    only: bool = False


class SetPace(_Act, frozen=True, kw_only=True):
    """Of the whole trip, and of all days; `step` is -1 for calmer, 1 for fuller."""

    pace: Pace | None = None
    step: Annotated[int, Meta(ge=-1, le=1)] | None = None


class SetBudget(_Act, frozen=True, kw_only=True):
    budget: Budget | None = None
    step: Annotated[int, Meta(ge=-1, le=1)] | None = None  # -1: cheaper


class SetSpendLimit(_Act, frozen=True, kw_only=True):
    """For the known admissions of one adult; None: no limit.

    `currency` is an ISO 4217 code, or a name that several share: then the city's if it
    is one of them; None: the city's.
    """

    amount: Amount | None = None
    currency: Currency | None = None


class SetDiet(_Act, frozen=True, kw_only=True):
    add: Annotated[tuple[Diet, ...], Meta(max_length=5)] = ()
    drop: Annotated[tuple[Diet, ...], Meta(max_length=5)] = ()


class SetMobility(_Act, frozen=True, kw_only=True):
    add: Annotated[tuple[Mobility, ...], Meta(max_length=2)] = ()
    drop: Annotated[tuple[Mobility, ...], Meta(max_length=2)] = ()


class SetBase(_Act, frozen=True, kw_only=True):
    """Where one sleeps: from the `night` after a day on, or so many `nights`.

    The "last" night is the last one in the city, or the last of so many; None: all.
    `city=None`: that of the night, or of the place, else the first one.
    """

    where: Where
    city: Name | None = None
    night: Day | None = None
    nights: Count | None = None


class SetArrival(_Act, frozen=True, kw_only=True):
    """When sightseeing can begin on day 1; None: open again."""

    time: Time | None = None
    at: Name | None = None  # an airport, a station


class SetDeparture(_Act, frozen=True, kw_only=True):
    """When the last day must be over; None: open again.

    That is when a flight or a train leaves `at` its airport or station; with `there`
    when one must be there.
    """

    time: Time | None = None
    at: Name | None = None
    there: bool = False


class SetParty(_Act, frozen=True, kw_only=True):
    adults: Count | None = None
    children: Count | None = None


# A stop


class Add(_Act, frozen=True, kw_only=True):
    """A place, or the best of a kind (a Reference with `kind` and no name)."""

    place: Where
    day: Day | None = None
    part: Part | None = None
    after: Stop | None = None
    before: Stop | None = None
    time: Time | None = None
    minutes: Minutes | None = None


class AddOwn(_Act, frozen=True, kw_only=True):
    """A place of the traveller's own: a name, and a point in degrees or a stop that it
    is at.
    """

    name: Name
    lat: float | None = None
    lon: float | None = None
    near: Stop | None = None
    day: Day | None = None
    minutes: Minutes | None = None


class Remove(_Act, frozen=True, kw_only=True):
    """A stop goes; unless `for_good` it may come again, on another day."""

    stop: Stop
    for_good: bool = True


class Swap(_Act, frozen=True, kw_only=True):
    """Another place instead of a stop; None: whatever suits best."""

    stop: Stop
    place: Where | None = None
    step: Annotated[int, Meta(ge=-1, le=1)] | None = None  # -1: a cheaper one


class Move(_Act, frozen=True, kw_only=True):
    """To another day ("other": whichever suits it best), or another part of its own."""

    stop: Stop
    day: Day | None = None
    part: Part | None = None
    after: Stop | None = None
    before: Stop | None = None


class Order(_Act, frozen=True, kw_only=True):
    """Before or after another stop of the same day, or first or last of its day."""

    stop: Stop
    before: Stop | None = None
    after: Stop | None = None
    last: bool = False  # with none of the three: first


class SetTime(_Act, frozen=True, kw_only=True):
    """The stop begins at this time, whatever moves; None: no longer fixed.

    `change` is said as minutes later (earlier below 0), and resolved to a time.
    """

    stop: Stop
    time: Time | None = None
    day: Day | None = None
    change: Annotated[int, Meta(ge=-600, le=600)] | None = None


class SetStay(_Act, frozen=True, kw_only=True):
    """How long a stop lasts, or by how many minutes longer (shorter below 0)."""

    stop: Stop
    minutes: Minutes | None = None
    change: Annotated[int, Meta(ge=-600, le=600)] | None = None


class Lock(_Act, frozen=True, kw_only=True):
    """A stop, or all of a day, stays as it is when other things change."""

    stop: Stop | None = None
    day: Day | None = None


class Unlock(_Act, frozen=True, kw_only=True):
    """One stop, all of a day, or with neither all of the plan."""

    stop: Stop | None = None
    day: Day | None = None


class Note(_Act, frozen=True, kw_only=True):
    """The traveller's own words on a stop."""

    stop: Stop
    text: Annotated[str, Meta(max_length=500)] = ""


# A day


class SetHours(_Act, frozen=True, kw_only=True):
    """When a day begins and ends; `day=None`: all days."""

    day: Day | None = None
    start: Time | None = None
    end: Time | None = None


class Calmer(_Act, frozen=True, kw_only=True):
    day: Day


class Fuller(_Act, frozen=True, kw_only=True):
    day: Day


class Clear(_Act, frozen=True, kw_only=True):
    """Keep a day, or a part of it, free of stops; `free=False`: no longer free.

    With `start` and `end` that is from then to then, and what was there shifts if it
    can; without them it goes.
    """

    day: Day | None = None  # None: a day where it hurts least
    part: Part | None = None
    start: Time | None = None
    end: Time | None = None
    free: bool = True


class SwapDays(_Act, frozen=True, kw_only=True):
    first: Day
    second: Day


class MoveDay(_Act, frozen=True, kw_only=True):
    """A day takes another's number; those between move up or down by one."""

    day: Day
    to: Day


class AddDay(_Act, frozen=True, kw_only=True):
    """One day longer, at the end, or before day 1 with `front`."""

    front: bool = False
    count: DayNumber = 1


class RemoveDay(_Act, frozen=True, kw_only=True):
    """One day shorter; None: the last."""

    day: Day | None = None


class Replan(_Act, frozen=True, kw_only=True):
    """Plan a day anew with other places; None: the whole trip."""

    day: Day | None = None


class BestOrder(_Act, frozen=True, kw_only=True):
    """The same stops of a day in the order with the least travel; None: every day."""

    day: Day | None = None


# A meal


class SetMeal(_Act, frozen=True, kw_only=True):
    """Where, what or when one eats; `kind` is a cuisine or kind of place to eat.

    `near` is a place within whose reach on foot one eats.
    """

    meal: Meal
    day: Day | None = None
    place: Where | None = None
    near: Where | None = None
    kind: Name | None = None
    time: Time | None = None
    budget: Budget | None = None
    step: Annotated[int, Meta(ge=-1, le=1)] | None = None  # -1: a cheaper place


class SkipMeal(_Act, frozen=True, kw_only=True):
    meal: Meal
    day: Day | None = None


# Rules


class Avoid(_Act, frozen=True, kw_only=True):
    """A kind of place goes from the plan, or a place never comes into it."""

    kind: Name | None = None
    place: Where | None = None


class Allow(_Act, frozen=True, kw_only=True):
    """The end of an `Avoid`, `NoMore` or `AtMost`."""

    kind: Name | None = None
    place: Where | None = None


class AtMost(_Act, frozen=True, kw_only=True):
    """At most `count` stops of a kind a day."""

    kind: Name
    count: Count


class NoMore(_Act, frozen=True, kw_only=True):
    """None of a kind beyond those in the plan."""

    kind: Name


# The history


class Undo(_Act, frozen=True, kw_only=True):
    count: Annotated[int, Meta(ge=1, le=50)] = 1


class Redo(_Act, frozen=True, kw_only=True):
    """Do again what was undone last."""

    count: Annotated[int, Meta(ge=1, le=50)] = 1


class Restore(_Act, frozen=True, kw_only=True):
    """The plan of a version; or the newest one that has a place."""

    version: Annotated[int, Meta(ge=0)] | None = None
    place: Where | None = None


class StartOver(_Act, frozen=True, kw_only=True):
    """Forget all wishes."""


# The trip as a thing


class Share(_Act, frozen=True, kw_only=True):
    pass


class Unshare(_Act, frozen=True, kw_only=True):
    pass


class Keep(_Act, frozen=True, kw_only=True):
    """Keep the trip for longer."""

    days: Count | None = None


class Export(_Act, frozen=True, kw_only=True):
    format: Name | None = None


class Delete(_Act, frozen=True, kw_only=True):
    pass


# Asked


class Topic(StrEnum):
    """What a question is about. Those that need a place, day or kind name it."""

    HOURS = "hours"  # when is it open; is it open then
    PRICE = "price"  # of a place, or of all that is planned
    WAY = "way"  # how to get from one stop to another, how long
    WALKING = "walking"  # on foot in all, or on a day
    BUSIEST = "busiest"  # which day
    CALMEST = "calmest"  # which day
    SCHEDULE = "schedule"  # what is planned: a day, a part, a meal, when is a stop
    INCLUDED = "included"  # is a place, or one of a kind, in the plan
    COUNT = "count"  # how many of a kind
    NEARBY = "nearby"
    WHY = "why"
    WHY_NOT = "why_not"
    ALTERNATIVES = "alternatives"
    STAY = "stay"  # how long one is there
    ACCESS = "access"  # wheelchairs, steps
    DIETS = "diets"  # what a place to eat serves
    CHANGED = "changed"  # what changed last
    VERSIONS = "versions"
    SOURCES = "sources"
    WISHES = "wishes"  # what the traveller said
    HOW_TO = "how_to"  # print, share, export, undo, keep …
    KEPT = "kept"  # how long the trip is kept
    CITIES = "cities"  # which cities there are
    HELP = "help"  # what can you do
    DATES = "dates"  # when is the trip, which weekday is day 2
    LIGHT = "light"  # when the sun rises and sets
    HOLIDAYS = "holidays"  # is a day a public holiday
    LODGING = "lodging"
    SUGGEST = "suggest"  # where to go, what to see or eat
    OPINION = "opinion"  # is it worth it
    ABOUT = "about"  # what is it
    BEST_TIME = "best_time"  # when to go
    UNKNOWN = (
        "unknown"  # a fact that we have not: weather, safety, queues, tickets left
    )


class Ask(_Act, frozen=True, kw_only=True):
    """A question; nothing changes."""

    topic: Topic
    place: Where | None = None
    other: Where | None = None  # the second place of a way
    kind: Name | None = None
    day: Day | None = None
    part: Part | None = None
    meal: Meal | None = None
    time: Time | None = None
    people: Count | None = None
    about: Name | None = None  # the words that name what is asked for


# Said


class Force(StrEnum):
    """Why a clause with a change in it changes nothing."""

    ASKED = "asked"  # "would three days do?"
    CONDITION = "condition"  # "if it rains, …"
    REPORTED = "reported"  # "my sister says …"
    REMEMBERED = "remembered"  # "last spring we …"


class Suppose(_Act, frozen=True, kw_only=True):
    """Changes that were spoken of and not asked for: nothing changes."""

    force: Force
    acts: tuple[Act, ...] = ()
    about: Name | None = None


class Confirm(_Act, frozen=True, kw_only=True):
    """Yes, to what was proposed or asked."""


class Deny(_Act, frozen=True, kw_only=True):
    """No, to what was proposed or asked."""


class Anything(_Act, frozen=True, kw_only=True):
    """The traveller leaves the choice to us: "surprise me"."""


class Thank(_Act, frozen=True, kw_only=True):
    pass


class Greet(_Act, frozen=True, kw_only=True):
    pass


class Complain(_Act, frozen=True, kw_only=True):
    """Dissatisfied, without saying with what."""


class OutOfScope(_Act, frozen=True, kw_only=True):
    """Something that this product does not do: book a hotel, find flights."""

    about: Name | None = None


Act = (
    SetCity
    | AddCity
    | RemoveCity
    | OrderCities
    | SetNights
    | SetDates
    | SetDays
    | SetInterests
    | SetPace
    | SetBudget
    | SetSpendLimit
    | SetDiet
    | SetMobility
    | SetBase
    | SetArrival
    | SetDeparture
    | SetParty
    | Add
    | AddOwn
    | Remove
    | Swap
    | Move
    | Order
    | SetTime
    | SetStay
    | Lock
    | Unlock
    | Note
    | SetHours
    | Calmer
    | Fuller
    | Clear
    | SwapDays
    | MoveDay
    | AddDay
    | RemoveDay
    | Replan
    | BestOrder
    | SetMeal
    | SkipMeal
    | Avoid
    | Allow
    | AtMost
    | NoMore
    | Undo
    | Redo
    | Restore
    | StartOver
    | Share
    | Unshare
    | Keep
    | Export
    | Delete
    | Ask
    | Suppose
    | Confirm
    | Deny
    | Anything
    | Thank
    | Greet
    | Complain
    | OutOfScope
)
# What changes nothing by itself, whatever else is said with it.
SAID = Ask | Suppose | Confirm | Deny | Anything | Thank | Greet | Complain | OutOfScope
