"""What the JSON API accepts and tells of a traveller's wishes."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from itinerary_app.model import (
    Budget,
    Category,
    Diet,
    Interest,
    Mobility,
    Pace,
    StopKind,
)
from itinerary_app.model.fields import (
    MAX_BASES,
    MAX_DAYS,
    MAX_KINDS,
    MAX_LEGS,
    MAX_NOTE_CHARS,
    MAX_OWN,
    MAX_PEOPLE,
    MAX_SPEND,
)
from itinerary_app.web.schema_fields import (
    ClockIn,
    Flag,
    IsoDate,
    Name,
    Text,
    count,
    pairs,
    place_ids,
    whole,
)


class Strict(Schema):
    class Meta:
        unknown = RAISE


class LegSchema(Strict):
    """A part of the trip in one city."""

    city = Name(required=True)
    nights = whole(0, MAX_PEOPLE, allow_none=True)


class BaseSchema(Strict):
    """Where one sleeps in a city of the trip, for all or some nights there."""

    where = Name(required=True)
    city = Name(required=True)
    night = whole(
        -MAX_DAYS, MAX_DAYS, metadata={"description": "the first one; -1 is the last"}
    )
    nights = whole(
        1, MAX_DAYS, allow_none=True, metadata={"description": "null: all that follow"}
    )


class OwnPlaceSchema(Strict):
    """A place that the traveller made, by the act `add_own`."""

    name = Name(required=True)
    city = Name(required=True)
    lat = fields.Float(required=True, validate=validate.Range(-90, 90))
    lon = fields.Float(required=True, validate=validate.Range(-180, 180))


class PreferencesSchema(Strict):
    """What the traveller told; null forgets a preference."""

    city = Name(
        allow_none=True,
        metadata={"description": "name of a covered city", "example": "Jaipur"},
    )
    duration_days = fields.Integer(
        strict=True,
        allow_none=True,
        validate=validate.Range(1, MAX_DAYS),
        metadata={"example": 3},
    )
    interests = fields.List(fields.Enum(Interest, by_value=True), allow_none=True)
    pace = fields.Enum(Pace, by_value=True, allow_none=True)
    budget = fields.Enum(Budget, by_value=True, allow_none=True)
    avoid = fields.List(
        fields.Enum(Category, by_value=True),
        allow_none=True,
        metadata={"description": "kinds of places to leave out"},
    )
    must_see = place_ids("ids of places to put in")
    excluded = place_ids("ids of places to leave out")
    locked = place_ids("ids of places that stay on their day, at their time")
    start_date = IsoDate("day 1", "2026-12-24")
    arrive = ClockIn("when the traveller can begin on day 1", "15:30")
    depart = ClockIn("when the last day must be over", "11:00")
    day_start = ClockIn("when days begin", "10:00")
    day_end = ClockIn("when days end", "21:00")
    diets = fields.List(fields.Enum(Diet, by_value=True), allow_none=True)
    mobility = fields.List(fields.Enum(Mobility, by_value=True), allow_none=True)
    spend_limit = fields.Integer(
        strict=True,
        allow_none=True,
        validate=validate.Range(0, MAX_SPEND),
        metadata={
            "description": "for known admissions of one adult, in the city's currency"
        },
    )
    shared = Flag(
        allow_none=True,
        metadata={"description": "whoever has share_url may look at the plan"},
    )
    adults = count("travellers")
    children = count("travellers")
    legs = fields.List(
        fields.Nested(LegSchema),
        allow_none=True,
        validate=validate.Length(0, MAX_LEGS),
        metadata={"description": "all cities of the trip in order, if several"},
    )
    at_most = pairs(
        whole(0, MAX_PEOPLE), "stops of a kind a day, at most", {"museum": 1}
    )
    no_more = fields.List(
        Name(),
        allow_none=True,
        validate=validate.Length(0, MAX_KINDS),
        metadata={"description": "kinds of which none comes in beyond those planned"},
    )
    times = pairs(ClockIn(), "when the stop at a place begins", {"louvre": "10:00"})
    stays = pairs(whole(1, 1440), "minutes at a place", {"louvre": 180})
    skipped = fields.List(
        fields.Enum(StopKind, by_value=True),
        allow_none=True,
        metadata={"description": "meals that are never planned"},
    )
    meal_times = pairs(ClockIn(), "when a meal begins", {"dinner": "21:00"})
    notes = pairs(
        Text(MAX_NOTE_CHARS),
        "the traveller's own words on a stop",
        {"louvre": "meet Ann"},
    )
    base = Name(
        allow_none=True,
        metadata={
            "description": "where one sleeps in the first city: a place's id or name, "
            "a district, or coordinates",
            "example": "Trastevere",
        },
    )
    bases = fields.List(
        fields.Nested(BaseSchema),
        allow_none=True,
        validate=validate.Length(0, MAX_BASES),
        metadata={
            "description": "the same of other cities and of single nights, the later "
            "ones over those before",
            "example": [{"where": "Oltrarno", "city": "Florence"}],
        },
    )
    own = fields.List(
        fields.Nested(OwnPlaceSchema),
        allow_none=True,
        validate=validate.Length(0, MAX_OWN),
        metadata={
            "description": "places that the traveller made; the act `add_own` makes "
            "one and adds it to the plan",
        },
    )
    arrive_at = Name(
        allow_none=True,
        metadata={"description": "airport or station of `arrive`", "example": "CDG"},
    )
    depart_at = Name(
        allow_none=True, metadata={"description": "airport or station of `depart`"}
    )
    depart_there = Flag(
        allow_none=True,
        metadata={"description": "`depart` is when one must be at `depart_at`"},
    )
