"""What the JSON API promises and accepts; storage/codec.py is what we keep.

A session is the product owner's data structure plus what is new.
"""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, pre_dump, validate

from itinerary_app.acts.codec import MOST_ACTS
from itinerary_app.model import (
    MAX_MESSAGE_CHARS,
    Message,
    Right,
    Role,
    TripSession,
    TripSummary,
)
from itinerary_app.storage.base import MAX_LISTED_TRIPS, MAX_VERSIONS
from itinerary_app.trips.companions import BY
from itinerary_app.web.plan_schemas import ItinerarySchema
from itinerary_app.web.preference_schemas import PreferencesSchema, Strict
from itinerary_app.web.schema_fields import (
    DATE,
    END,
    Acts,
    Cursor,
    Instant,
    Text,
    is_date,
)


class CreateSchema(Strict):
    preferences = fields.Nested(PreferencesSchema, load_default=dict)


class ChangeSchema(Strict):
    preferences = fields.Nested(
        PreferencesSchema,
        required=True,
        metadata={"description": "merged into what was told"},
    )


class KeepingSchema(Strict):
    kept = fields.Boolean(
        required=True,
        truthy={True},
        falsy={False},
        metadata={"description": "for longer (true) or as usual (false)"},
    )


class InvitingSchema(Strict):
    right = fields.String(
        required=True, validate=validate.OneOf([Right.LOOK, Right.EDIT])
    )


class SaySchema(Strict):
    text = Text(
        MAX_MESSAGE_CHARS,
        required=True,
        metadata={"example": "3 days in Jaipur, we love food and culture"},
    )


class ActsSchema(Strict):
    acts = Acts(
        required=True,
        validate=validate.Length(1, MOST_ACTS),
        metadata={
            "description": "carried out in their order, all of them or none",
            "example": [{"act": "calmer", "day": 2}],
        },
    )


class Headers(Schema):
    class Meta:
        unknown = EXCLUDE


class KeyHeaders(Headers):
    idempotency_key = fields.String(
        data_key="Idempotency-Key",
        load_default=None,
        allow_none=False,
        validate=validate.Regexp(
            rf"^[\x21-\x7e]{{1,200}}{END}",
            error="1 to 200 printable ASCII characters without spaces.",
        ),
        metadata={"description": "the same key again gives the first answer again"},
    )


class MatchHeaders(Headers):
    if_match = fields.String(
        data_key="If-Match",
        load_default=None,
        allow_none=False,
        validate=validate.Regexp(
            rf'^"[0-9]{{1,18}}"{END}', error="expected an ETag of ours."
        ),
        metadata={"description": "ETag of the session that the change is based on"},
    )


class ActHeaders(KeyHeaders, MatchHeaders):
    pass


class VersionsQuery(Strict):
    limit = fields.Integer(load_default=20, validate=validate.Range(0, MAX_VERSIONS))


class HistoryQuery(Strict):
    history = fields.Integer(load_default=20, validate=validate.Range(0, 200))


class PageQuery(Strict):
    before = fields.Integer(
        load_default=None, allow_none=False, validate=validate.Range(1, 2**62)
    )
    limit = fields.Integer(load_default=50, validate=validate.Range(0, 200))


class ListQuery(Strict):
    cursor = Cursor(load_default=None, allow_none=False)
    limit = fields.Integer(
        load_default=MAX_LISTED_TRIPS, validate=validate.Range(1, MAX_LISTED_TRIPS)
    )


class ExportQuery(Strict):
    first_day = fields.String(
        load_default=None,
        allow_none=False,
        validate=is_date,
        metadata={
            "description": "day 1 of a plan without dates, which a calendar needs",
            "example": "2026-12-24",
            "format": "date",
            "pattern": DATE,
        },
    )


class ChipSchema(Schema):
    label = fields.String()
    acts = Acts()


class MessageSchema(Schema):
    role = fields.Enum(Role, by_value=True)
    content = fields.String()
    timestamp = Instant(attribute="created_at")
    seq = fields.Integer()
    companion = fields.Integer(
        metadata={
            "description": "the number of the companion who sent it, who may be gone; "
            "absent: the owner, or an answer"
        },
    )
    quick_replies = fields.List(fields.String())
    chips = fields.List(
        fields.Nested(ChipSchema),
        metadata={
            "description": "the quick replies, with the acts that they stand for"
        },
    )

    @pre_dump
    def with_chips(self, message: Message, **_: Any) -> dict[str, Any]:
        acts = (message.context or {}).get("chips", ())
        chips = zip(message.quick_replies, acts, strict=False)
        labelled = [{"label": label, "acts": them} for label, them in chips]
        by = (message.context or {}).get(BY)
        sender = {} if by is None else {"companion": by}
        return {**message._asdict(), "chips": labelled, **sender}


class InvitationSchema(Schema):
    number = fields.Integer(metadata={"description": "by which it is taken back"})
    url = fields.Url(metadata={"description": "for those who are to join"})


class JoinedSchema(Schema):
    session_id = fields.UUID()


class CompanionSchema(Schema):
    number = fields.Integer()
    right = fields.String(validate=validate.OneOf([Right.LOOK, Right.EDIT]))
    since = Instant()
    joined = fields.Boolean(metadata={"description": "false: an open invitation"})
    url = fields.Url(metadata={"description": "of an invitation, for its owner"})


class SummarySchema(Schema):
    """One line of the list of sessions."""

    session_id = fields.UUID()
    preferences = fields.Nested(PreferencesSchema)
    message_count = fields.Integer()
    has_itinerary = fields.Boolean()
    is_readable = fields.Boolean(
        metadata={"description": "false: the session is damaged, and can be deleted"}
    )
    created_at = Instant()
    last_accessed = Instant()
    expires_at = Instant(metadata={"description": "unless it is used before"})
    ends_at = Instant(metadata={"description": "however much it is used"})
    right = fields.String(
        validate=validate.OneOf([*Right]),
        metadata={"description": "what you may do with it"},
    )

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
    companions = fields.List(fields.Nested(CompanionSchema))
    share_url = fields.Url(
        metadata={"description": "where all may look at the plan, while it is shared"}
    )

    class Meta:
        exclude = ("has_itinerary", "is_readable")


class CreatedSchema(SessionSchema):
    token = fields.String(
        allow_none=True,
        metadata={"description": "opens your sessions; shown this once"},
    )


class TokenSchema(Schema):
    token = fields.String(metadata={"description": "opens your sessions"})


class SessionListSchema(Schema):
    sessions = fields.List(fields.Nested(SummarySchema))
    next_cursor = Cursor(
        allow_none=True,
        metadata={"description": "`cursor` of the next page; null on the last"},
    )


class MessagePageSchema(Schema):
    messages = fields.List(fields.Nested(MessageSchema))
    next_before = fields.Integer(
        allow_none=True, metadata={"description": "`before` of the next older page"}
    )


class VersionSchema(Schema):
    """What preferences and plan became, and by which acts; [] where nobody said."""

    number = fields.Integer()
    created_at = Instant()
    acts = Acts()
    words = fields.String(metadata={"example": "swapped Louvre for Orsay Museum"})
    changed = fields.List(
        fields.String(),
        metadata={"description": "a sentence for each day that became another"},
    )
    restores = fields.Integer(
        allow_none=True, metadata={"description": "the version that came again"}
    )
    is_current = fields.Boolean()


class VersionsSchema(Schema):
    versions = fields.List(
        fields.Nested(VersionSchema), metadata={"description": "the newest first"}
    )
    can_undo = fields.Boolean()
    can_redo = fields.Boolean()


class TurnSchema(Schema):
    user = fields.Nested(MessageSchema)
    assistant = fields.Nested(MessageSchema)
    version = fields.Integer()
    replayed = fields.Boolean(
        metadata={"description": "this key was answered before; nothing was done"}
    )


class MyDataSchema(Schema):
    made_at = fields.String(metadata={"format": "date-time"})
    trips = fields.List(
        fields.Dict(),
        metadata={
            "description": "preferences, conversation, plan and versions of each"
        },
    )
    companion_of = fields.List(
        fields.Dict(), metadata={"description": "sessions of others"}
    )


class SavedDataSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    trips = fields.List(
        fields.Dict(), required=True, validate=validate.Length(1, MAX_LISTED_TRIPS)
    )


class OpenedTripSchema(Schema):
    session_id = fields.UUID()
    lost_plan = fields.Boolean(
        metadata={"description": "the plan has places that are not known any more"}
    )


class OpenedSchema(Schema):
    sessions = fields.List(fields.Nested(OpenedTripSchema))


class ErasedSchema(Schema):
    erased = fields.Integer(metadata={"description": "how many sessions there were"})


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
    """The session's fields, its preferences without those that are open."""
    fields_ = {name: getattr(session, name) for name in session.__slots__}
    fields_["expires_at"] = session.expires_at
    return {**fields_, "preferences": session.preferences.to_dict()}
