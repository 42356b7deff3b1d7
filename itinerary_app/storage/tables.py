"""The tables as SQLAlchemy models: the source of truth for the schema.

migrations/ lead there; tests demand that both agree. The app itself reads and writes by
statements of its own (statements.py): the models are for migrations, `flask shell` and
notebooks. Each CHECK costs every save some microseconds, so there is one, on what is
said.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from itinerary_app.model import MAX_MESSAGE_CHARS, Role
from itinerary_app.storage.codec import MAX_TURN_KEY_CHARS

Small = Annotated[int, mapped_column(sa.SmallInteger)]
Medium = Annotated[int, mapped_column(sa.Integer)]
# json, not jsonb: it is only ever read and written whole, which is quicker so.
Json = Annotated[Any, mapped_column(sa.JSON(none_as_null=True))]
Key = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]
Made = Annotated[int, mapped_column(sa.Identity(always=True), primary_key=True)]
SessionKey = Annotated[
    UUID,
    mapped_column(
        sa.ForeignKey("sessions.session_id", ondelete="CASCADE"), primary_key=True
    ),
]


def _col(comment: str, default: Any = None, **options: Any) -> Any:
    return mapped_column(comment=comment, server_default=default, **options)


class Base(DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy reads it so
        int: sa.BigInteger,
        float: sa.Double,
        str: sa.Text,
        datetime: sa.DateTime(timezone=True),
        list[str]: ARRAY(sa.Text),
    }


class StoredSession(Base):
    """A living trip, or one that expired and waits for the sweep."""

    __tablename__ = "sessions"

    session_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_hash: Mapped[bytes] = _col("SHA-256 of the traveller's secret")
    version: Mapped[int] = _col("rises by one with every write", "1")
    preferences: Mapped[dict[str, Any]] = _col(
        "what the traveller told, by field", "{}", type_=JSONB
    )
    itinerary: Mapped[Json | None] = _col("the plan; null while there is none")
    clarifying_questions_count: Mapped[Medium] = _col("asked so far", "0")
    plan_version: Mapped[Medium] = _col("of plan_versions, the newest", "0")
    message_count: Mapped[int] = _col("of both sides", "0")
    # What analysts ask for, and the messages do not tell any more when they are gone.
    user_message_count: Mapped[int] = _col("of the traveller", "0")
    plans: Mapped[Medium] = _col("made: the first one and its edits", "0")
    planned_at: Mapped[datetime | None] = _col("when the first plan came")
    turns_to_plan: Mapped[int | None] = _col("the traveller's messages until then")
    questions_to_plan: Mapped[Medium | None] = _col("asked until then")
    exports: Mapped[Medium] = _col("downloads of the plan", "0")
    idle_timeout: Mapped[timedelta] = _col("it expires so long after its last use")
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime] = _col("it expires then, however much it is used")
    # Not indexed: an index on it would end HOT updates for every touch.
    last_accessed: Mapped[datetime] = _col("the last use")
    sweep_after: Mapped[datetime] = _col(
        "expiry, rounded down to ten minutes: the index seldom moves",
        index=True,
    )
    audit_salt: Mapped[bytes | None] = _col(
        "the trail's digests begin with it; null: with owner_hash",
        sa.text("uuid_send(gen_random_uuid())"),
    )

    messages: Mapped[list[StoredMessage]] = relationship(
        order_by="StoredMessage.seq", viewonly=True
    )
    versions: Mapped[list[StoredVersion]] = relationship(
        order_by="StoredVersion.number", viewonly=True
    )

    __table_args__ = (
        sa.Index("ix_sessions_owner_hash", "owner_hash"),
        {"postgresql_with": {"fillfactor": 90}, "comment": "trips, one a row"},
    )


class StoredMessage(Base):
    """What was said, by the traveller or to him."""

    __tablename__ = "messages"

    session_id: Mapped[SessionKey]
    seq: Mapped[Key] = _col("from 1 in each session, without gaps")
    role: Mapped[str] = _col("user or assistant")
    content: Mapped[str]
    quick_replies: Mapped[list[str] | None] = _col("offered answers", type_=JSONB)
    turn_key: Mapped[str | None] = _col("sent twice, a turn stands once")
    turn_position: Mapped[Small] = _col(
        "within the turn; the first claims the key", "0"
    )
    created_at: Mapped[datetime]
    context: Mapped[Json | None] = _col("what it was about, and offered")

    __table_args__ = (
        sa.CheckConstraint(
            f"role IN ({', '.join(repr(role.value) for role in Role)}) "
            f"AND (char_length(content) BETWEEN 1 AND {MAX_MESSAGE_CHARS} "
            'OR starts_with(content, \'{"enc":"\')) '  # encryption.py
            f"AND char_length(turn_key) BETWEEN 1 AND {MAX_TURN_KEY_CHARS}",
            name="said",
        ),
        sa.Index(
            "ux_messages_turn_key",
            "session_id",
            "turn_key",
            unique=True,
            postgresql_where=sa.text("turn_key IS NOT NULL AND turn_position = 0"),
        ),
        {"comment": "the conversation, one message a row"},
    )


class StoredVersion(Base):
    """How preferences and plan became what they were."""

    __tablename__ = "plan_versions"

    session_id: Mapped[SessionKey]
    number: Mapped[int] = mapped_column(
        sa.Integer, primary_key=True, autoincrement=False
    )
    acts: Mapped[Json] = _col("by which acts; [] where nobody said")
    way_back: Mapped[Json] = _col("JSON patch to the state before (RFC 6902)")
    restores: Mapped[Medium | None] = _col("the version that came again")
    undone_from: Mapped[Medium | None] = _col("the version that an undo left")
    created_at: Mapped[datetime]

    __table_args__ = ({"comment": "changes of preferences and plan"},)


class StoredMember(Base):
    """Who else has a trip, or, without a hash, may come to by an invitation's link."""

    __tablename__ = "session_members"

    session_id: Mapped[SessionKey]
    number: Mapped[int] = mapped_column(
        sa.Integer, primary_key=True, autoincrement=False
    )
    right: Mapped[str] = _col("look or edit")
    since: Mapped[datetime] = _col("when it was invited, or joined")
    owner_hash: Mapped[bytes | None] = _col("SHA-256 of the companion's secret")

    __table_args__ = (
        sa.Index(
            "ix_session_members_owner_hash",
            "owner_hash",
            postgresql_where=sa.text("owner_hash IS NOT NULL"),
        ),
        {"comment": "companions and invitations of trips"},
    )


class SessionFact(Base):
    """What is known of a session that ended. A trigger writes it; days are UTC."""

    __tablename__ = "session_facts"

    id: Mapped[Made]
    started_on: Mapped[date]
    started_hour: Mapped[Small]
    city: Mapped[str | None] = _col("the first one")
    days: Mapped[Small | None]
    pace: Mapped[str | None]
    budget: Mapped[str | None]
    interests: Mapped[list[str]]
    user_messages: Mapped[int]
    assistant_messages: Mapped[int]
    questions: Mapped[Medium]
    plans: Mapped[Medium] = _col("the first one and its edits")
    seconds_to_plan: Mapped[Medium | None]
    turns_to_plan: Mapped[int | None]
    questions_to_plan: Mapped[Medium | None]
    seconds_used: Mapped[Medium] = _col("from creation to the last use")
    ended_on: Mapped[date] = mapped_column(index=True)
    reason: Mapped[str] = _col("expired (unused for long), lifetime, deleted, erased")
    exports: Mapped[Medium] = _col("downloads of the plan", "0")

    __table_args__ = ({"comment": "sessions that ended: no text, no id, no owner"},)


class SweepTotal(Base):
    """What the sweeps did, all together, in one row."""

    __tablename__ = "sweep_totals"

    one: Mapped[int] = mapped_column(
        sa.SmallInteger, primary_key=True, autoincrement=False
    )
    passes: Mapped[int]
    sessions: Mapped[int]
    batches: Mapped[int]
    facts: Mapped[int]
    seconds: Mapped[float]
    last_at: Mapped[datetime]


class RequestCount(Base):
    """How often one asked (counting.py). Unlogged: a crash may lose it."""

    __tablename__ = "request_counts"

    key: Mapped[bytes] = mapped_column(
        primary_key=True, comment="HMAC of what is limited and of whom"
    )
    period: Mapped[int] = _col("the newest")
    count: Mapped[int] = _col("in that period")
    before: Mapped[int] = _col("in the last one")
    until: Mapped[datetime]

    __table_args__ = (
        {
            "comment": "how often one asked, of the last minutes",
            "prefixes": ["UNLOGGED"],
            "postgresql_with": {"fillfactor": 50},
        },
    )


class SessionEvent(Base):
    """The audit trail (AUDIT.md): written by triggers alone, and only ever added to."""

    __tablename__ = "session_events"

    session_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[Key]
    at: Mapped[datetime]
    version: Mapped[int] = _col("the session's, afterwards")
    kind: Mapped[str]
    detail: Mapped[Any] = _col("json, not jsonb: hashed as it stands", type_=sa.JSON)
    db_role: Mapped[str]
    actor: Mapped[str | None] = _col("which part of the app")
    request_id: Mapped[str | None]
    hash: Mapped[bytes] = _col("over this event and the hash before")


class AuditSeal(Base):
    __tablename__ = "audit_seals"

    number: Mapped[Key]
    sealed_at: Mapped[datetime]
    mac: Mapped[bytes]


class SealedChain(Base):
    """The last event of each chain that grew since the seal before."""

    __tablename__ = "sealed_chains"

    seal: Mapped[Key]
    session_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[bytes]


class ForgottenSeal(Base):
    """A seal whose chains were old enough to be forgotten."""

    __tablename__ = "audit_forgotten"

    seal: Mapped[Key]
    forgotten_at: Mapped[datetime]
    chains: Mapped[int]
    mac: Mapped[bytes]


class PlaceCity(Base):
    """A city of imported places (places.py); the shipped ones are files."""

    __tablename__ = "place_cities"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    country: Mapped[str] = _col("ISO 3166 alpha-2")
    lat: Mapped[float]
    lon: Mapped[float]
    radius_km: Mapped[float]


class PlaceImport(Base):
    """A change of the imported places; the highest id is their version."""

    __tablename__ = "place_imports"

    id: Mapped[Made]
    at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    told: Mapped[str] = _col("what was imported, in words")


class StoredPlace(Base):
    __tablename__ = "places"

    id: Mapped[str] = mapped_column(primary_key=True)
    city_id: Mapped[str] = mapped_column(sa.ForeignKey("place_cities.id"))
    name: Mapped[str]
    lat: Mapped[float]
    lon: Mapped[float]
    category: Mapped[str]
    interests: Mapped[list[str]]
    importance: Mapped[Small] = _col("1 to 5")
    hours: Mapped[str | None] = _col("as OpenStreetMap writes opening_hours")
    price: Mapped[float | None] = _col("ordinary adult admission")
    currency: Mapped[str | None]
    source: Mapped[str]
    source_id: Mapped[str]
    licence: Mapped[str]
    local_name: Mapped[str | None]
    minutes: Mapped[Small | None] = _col("its own usual visit length")
    diets: Mapped[list[str]]
    wheelchair: Mapped[str | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    score: Mapped[Small] = mapped_column(
        sa.Computed("importance * 2 + (hours IS NOT NULL)::integer", persisted=True),
        comment="the order in which they are worth planning with: hours are certain",
    )

    __table_args__ = (
        sa.Index("ux_places_source", "source", "source_id", unique=True),
        sa.Index("ix_places_city_id", "city_id", "category", "score", "id"),
        sa.Index("ix_places_category", "category", "lat", "lon"),
    )


metadata = Base.metadata
