"""What the JSON API promises and accepts; storage/codec.py is what we keep.

A session is the product owner's data structure plus what is new.
"""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, fields, pre_dump, validate

from itinerary_app.checker import Verdict
from itinerary_app.model import (
    MAX_MESSAGE_CHARS,
    Access,
    Budget,
    Category,
    Diet,
    Interest,
    Mobility,
    Pace,
    Role,
    StopKind,
    TripSession,
    TripSummary,
)
from itinerary_app.model.fields import MAX_DAYS, MAX_SPEND
from itinerary_app.web.schema_fields import (
    Clock,
    ClockIn,
    Flag,
    Instant,
    IsoDate,
    Name,
    is_date,
    place_ids,
)


class Strict(Schema):
    class Meta:
        unknown = RAISE


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


class CreateSchema(Strict):
    preferences = fields.Nested(PreferencesSchema, load_default=dict)


class ChangeSchema(Strict):
    preferences = fields.Nested(
        PreferencesSchema,
        required=True,
        metadata={"description": "merged into what was told"},
    )


class SaySchema(Strict):
    text = fields.String(
        required=True,
        validate=validate.Length(1, MAX_MESSAGE_CHARS),
        metadata={"example": "3 days in Jaipur, we love food and culture"},
    )


class Headers(Schema):
    class Meta:
        unknown = EXCLUDE


class KeyHeaders(Headers):
    idempotency_key = fields.String(
        data_key="Idempotency-Key",
        load_default=None,
        validate=validate.Regexp(
            r"[\x21-\x7e]{1,200}\Z",
            error="1 to 200 printable ASCII characters without spaces.",
        ),
        metadata={"description": "the same key again gives the first answer again"},
    )


class MatchHeaders(Headers):
    if_match = fields.String(
        data_key="If-Match",
        load_default=None,
        validate=validate.Regexp(r'"\d{1,18}"\Z', error="expected an ETag of ours."),
        metadata={"description": "ETag of the session that the change is based on"},
    )


class HistoryQuery(Strict):
    history = fields.Integer(load_default=20, validate=validate.Range(0, 200))


class PageQuery(Strict):
    before = fields.Integer(load_default=None, validate=validate.Range(1, 2**62))
    limit = fields.Integer(load_default=50, validate=validate.Range(0, 200))


class ExportQuery(Strict):
    first_day = fields.String(
        load_default=None,
        validate=is_date,
        metadata={
            "description": "day 1 of a plan without dates, which a calendar needs",
            "example": "2026-12-24",
            "format": "date",
        },
    )


class PlaceSchema(Schema):
    """A real place. null is unknown."""

    id = fields.String()
    name = fields.String()
    lat = fields.Float()
    lon = fields.Float()
    category = fields.Enum(Category, by_value=True)
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


class StopSchema(Schema):
    kind = fields.Enum(StopKind, by_value=True)
    arrive = Clock(metadata={"example": "09:30"})
    leave = Clock(metadata={"example": "11:00"})
    travel_minutes = fields.Integer(metadata={"description": "estimated"})
    travel_mode = fields.String()
    reason = fields.String()
    place = fields.Nested(PlaceSchema)


class DaySchema(Schema):
    number = fields.Integer()
    pace = fields.Enum(Pace, by_value=True)
    stops = fields.List(fields.Nested(StopSchema))
    date = fields.Date(allow_none=True)
    start = Clock(allow_none=True, metadata={"description": "asked for this day"})
    end = Clock(allow_none=True)


class CitySchema(Schema):
    id = fields.String()
    name = fields.String()
    country = fields.String(metadata={"description": "ISO 3166 alpha-2"})
    lat = fields.Float()
    lon = fields.Float()


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
    city = fields.Nested(CitySchema)
    days = fields.List(fields.Nested(DaySchema))
    notes = fields.List(fields.String())
    checks = fields.List(
        fields.Nested(CheckSchema),
        metadata={"description": "found without the planner"},
    )
    travel_times = fields.Constant("estimated")
    visit_lengths = fields.Constant("usual")


class MessageSchema(Schema):
    role = fields.Enum(Role, by_value=True)
    content = fields.String()
    timestamp = Instant(attribute="created_at")
    seq = fields.Integer()
    quick_replies = fields.List(fields.String())


class SummarySchema(Schema):
    """One line of the list of sessions."""

    session_id = fields.UUID()
    preferences = fields.Nested(PreferencesSchema)
    message_count = fields.Integer()
    has_itinerary = fields.Boolean()
    created_at = Instant()
    last_accessed = Instant()

    @pre_dump
    def only_what_was_told(
        self, session: TripSession | TripSummary | dict[str, Any], **_: Any
    ) -> dict[str, Any]:
        return session if isinstance(session, dict) else fields_of(session)


class SessionSchema(SummarySchema):
    """A session: the owner's data structure plus what is new."""

    itinerary = fields.Nested(ItinerarySchema, allow_none=True)
    conversation_history = fields.List(fields.Nested(MessageSchema))
    clarifying_questions_count = fields.Integer()
    version = fields.Integer(metadata={"description": "rises with every change"})
    share_url = fields.Url(
        metadata={"description": "where all may look at the plan, while it is shared"}
    )

    class Meta:
        exclude = ("has_itinerary",)


class CreatedSchema(SessionSchema):
    token = fields.String(
        metadata={"description": "opens your sessions; shown this once"}
    )


class SessionListSchema(Schema):
    sessions = fields.List(fields.Nested(SummarySchema))


class MessagePageSchema(Schema):
    messages = fields.List(fields.Nested(MessageSchema))
    next_before = fields.Integer(
        allow_none=True, metadata={"description": "`before` of the next older page"}
    )


class TurnSchema(Schema):
    user = fields.Nested(MessageSchema)
    assistant = fields.Nested(MessageSchema)
    version = fields.Integer()
    replayed = fields.Boolean(
        metadata={"description": "this key was answered before; nothing was done"}
    )


class FaultSchema(Schema):
    field = fields.String()
    detail = fields.String()


class ProblemSchema(Schema):
    """RFC 9457."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    instance = fields.String()
    errors = fields.List(fields.Nested(FaultSchema))


def fields_of(session: TripSession | TripSummary) -> dict[str, Any]:
    """The session's fields, its preferences without those not told."""
    told = session.preferences.to_dict()
    preferences = {name: getattr(session.preferences, name) for name in told}
    fields_ = {name: getattr(session, name) for name in session.__slots__}
    return {**fields_, "preferences": preferences}
