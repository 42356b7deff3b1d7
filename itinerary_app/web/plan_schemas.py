"""What the JSON API promises of a plan: its places, days and checks."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, pre_dump

from itinerary_app.checker import Verdict
from itinerary_app.model import (
    Access,
    AnchorKind,
    Booking,
    Category,
    Diet,
    Interest,
    Pace,
    Part,
    StopKind,
    Transfer,
    Way,
)
from itinerary_app.web.schema_fields import Clock


class FareSchema(Schema):
    """What others than the ordinary foreign adult pay."""

    who = fields.String(metadata={"example": "child"})
    price = fields.Float()


class ApproachSchema(Schema):
    """How one comes to a place that streets alone do not reach, and away."""

    way = fields.Enum(Way, by_value=True)
    minutes = fields.Integer(metadata={"description": "one way, besides the streets"})
    words = fields.String(allow_none=True, metadata={"example": "from Pier 33"})
    outing = fields.Boolean(metadata={"description": "out of town, for a whole day"})


class PlaceSchema(Schema):
    """A real place. null is unknown."""

    id = fields.String()
    name = fields.String()
    lat = fields.Float()
    lon = fields.Float()
    category = fields.Enum(Category, by_value=True)
    own = fields.Boolean(
        attribute="is_own", metadata={"description": "made by the traveller"}
    )
    interests = fields.List(fields.Enum(Interest, by_value=True))
    importance = fields.Integer()
    hours = fields.String(
        allow_none=True, metadata={"description": "OpenStreetMap opening_hours"}
    )
    price = fields.Float(
        allow_none=True, metadata={"description": "ordinary adult admission"}
    )
    currency = fields.String(allow_none=True)
    source = fields.String()
    source_id = fields.String()
    licence = fields.String()
    local_name = fields.String(allow_none=True)
    minutes = fields.Integer(
        allow_none=True, metadata={"description": "its own usual visit length"}
    )
    diets = fields.List(fields.Enum(Diet, by_value=True))
    wheelchair = fields.Enum(Access, by_value=True, allow_none=True)
    level = fields.Integer(
        allow_none=True,
        metadata={"description": "what eating there costs, from 1 (cheap) to 4"},
    )
    cuisine = fields.List(fields.String(), metadata={"example": ["italian"]})
    booking = fields.Enum(Booking, by_value=True, allow_none=True)
    site = fields.String(
        allow_none=True,
        metadata={"description": "of which it is a part, with one ticket for all"},
    )
    fares = fields.List(fields.Nested(FareSchema))
    price_year = fields.Integer(allow_none=True)
    approach = fields.Nested(ApproachSchema, allow_none=True)


class StopSchema(Schema):
    kind = fields.Enum(StopKind, by_value=True)
    arrive = Clock(metadata={"example": "09:30"})
    leave = Clock(metadata={"example": "11:00"})
    travel_minutes = fields.Integer(
        metadata={"description": "estimated; of the first stop from the day's origin"}
    )
    travel_mode = fields.String()
    reason = fields.String()
    place = fields.Nested(PlaceSchema)
    holds = fields.Enum(
        StopKind,
        by_value=True,
        allow_none=True,
        metadata={"description": "a meal that one has there, as part of the visit"},
    )


class AnchorSchema(Schema):
    """Where a day begins or ends."""

    name = fields.String()
    lat = fields.Float()
    lon = fields.Float()
    kind = fields.Enum(
        AnchorKind,
        by_value=True,
        metadata={"description": "middle: nobody told where one sleeps"},
    )


class DaySchema(Schema):
    number = fields.Integer()
    pace = fields.Enum(Pace, by_value=True)
    stops = fields.List(fields.Nested(StopSchema))
    date = fields.Date(allow_none=True)
    start = Clock(allow_none=True, metadata={"description": "asked for this day"})
    end = Clock(allow_none=True)
    free = fields.List(
        fields.Enum(Part, by_value=True),
        metadata={"description": "parts that are kept free of stops"},
    )
    rests = fields.List(
        fields.List(Clock()),
        metadata={"description": "times, from and to, that are kept free of stops"},
    )
    skipped = fields.List(
        fields.Enum(StopKind, by_value=True),
        metadata={"description": "meals that are left out on this day"},
    )
    origin = fields.Nested(AnchorSchema, allow_none=True)
    target = fields.Nested(AnchorSchema, allow_none=True)
    back_minutes = fields.Integer(
        metadata={"description": "from the last stop to the target, estimated"}
    )
    back_mode = fields.String()


class HolidaySchema(Schema):
    """A public holiday on which a day of the plan falls, or Ramadan."""

    day = fields.Integer()
    date = fields.Date()
    name = fields.String(metadata={"example": "Christmas Day"})


class TicketSchema(Schema):
    """A place whose admission is paid with the ticket of another one."""

    place = fields.String(metadata={"example": "roman-forum"})
    ticket_of = fields.String(metadata={"example": "colosseum"})


class UnknownHoursSchema(Schema):
    """A stop of which nobody told whether it is open then."""

    day = fields.Integer()
    place = fields.String(metadata={"description": "its id"})


class CitySchema(Schema):
    id = fields.String()
    name = fields.String()
    country = fields.String(metadata={"description": "ISO 3166 alpha-2"})
    lat = fields.Float()
    lon = fields.Float()


class TransferSchema(Schema):
    """The way from the city before, from `origin` to `target`, or door to door where
    those are null; its times are by both clocks.
    """

    mode = fields.String(metadata={"description": "train, flight, road, ferry, land"})
    minutes = fields.Integer()
    leave = Clock(metadata={"example": "09:30"})
    days_before = fields.Integer(
        metadata={"description": "that one leaves before the day of arrival"}
    )
    arrive = Clock(metadata={"example": "13:10"})
    known = fields.Boolean(metadata={"description": "a usual one; else estimated"})
    origin = fields.Nested(AnchorSchema, allow_none=True)
    target = fields.Nested(AnchorSchema, allow_none=True)

    @pre_dump
    def by_the_clock(self, way: Transfer, **_: Any) -> dict[str, Any]:
        days, leave = divmod(way.leave, 24 * 60)
        return {**way._asdict(), "leave": leave, "days_before": -days}


class StageSchema(Schema):
    """The days in one city. A plan has one stage at least."""

    city = fields.Nested(CitySchema)
    first_day = fields.Integer()
    days = fields.Integer()
    time_zone = fields.String(allow_none=True, metadata={"example": "Europe/Rome"})
    currency = fields.String(allow_none=True, metadata={"example": "EUR"})
    transfer = fields.Nested(TransferSchema, allow_none=True)


class FindingSchema(Schema):
    day = fields.Integer(allow_none=True)
    place = fields.String(allow_none=True)
    asked = fields.Boolean(metadata={"description": "wanted by name"})
    words = fields.String()


class CheckSchema(Schema):
    """A promise about the plan, and whether it is kept."""

    key = fields.String(metadata={"example": "open"})
    label = fields.String(metadata={"example": "Open when you come"})
    verdict = fields.Enum(
        Verdict,
        by_value=True,
        metadata={"description": "unknown: kept as far as the facts are known"},
    )
    promise = fields.String()
    findings = fields.List(
        fields.Nested(FindingSchema), metadata={"description": "what breaks it"}
    )
    remarks = fields.List(fields.Nested(FindingSchema))
    coverage = fields.String(metadata={"example": "hours known for 12 of 18"})
    known = fields.Integer()
    of = fields.Integer()


class ItinerarySchema(Schema):
    city = fields.Nested(CitySchema, metadata={"description": "the first one"})
    stages = fields.List(fields.Nested(StageSchema))
    days = fields.List(fields.Nested(DaySchema))
    holidays = fields.List(fields.Nested(HolidaySchema))
    unknown_hours = fields.List(fields.Nested(UnknownHoursSchema))
    tickets = fields.List(fields.Nested(TicketSchema))
    notes = fields.List(fields.String())
    checks = fields.List(
        fields.Nested(CheckSchema),
        metadata={"description": "found without the planner"},
    )
    travel_times = fields.Constant("estimated")
    visit_lengths = fields.Constant("usual")
