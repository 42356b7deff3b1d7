"""The tables, as SQLAlchemy metadata: the source of truth for the schema.

migrations/ lead there; `alembic check` demands that both agree. Each CHECK costs every
save some microseconds, so there is one, on what people and programs say.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from itinerary_app.model import MAX_MESSAGE_CHARS, Role
from itinerary_app.storage.codec import MAX_TURN_KEY_CHARS

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("session_id", sa.Uuid, primary_key=True),
    sa.Column("owner_hash", sa.LargeBinary, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False, server_default="1"),
    sa.Column("preferences", JSONB, nullable=False, server_default="{}"),
    # json, not jsonb: it is only ever read and written whole, which is quicker so.
    sa.Column("itinerary", sa.JSON(none_as_null=True)),
    sa.Column(
        "clarifying_questions_count", sa.Integer, nullable=False, server_default="0"
    ),
    sa.Column("plan_version", sa.Integer, nullable=False, server_default="0"),
    sa.Column("message_count", sa.BigInteger, nullable=False, server_default="0"),
    # What analysts ask for, and the messages do not tell any more when they are gone.
    sa.Column("user_message_count", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("plans", sa.Integer, nullable=False, server_default="0"),
    sa.Column("planned_at", sa.DateTime(timezone=True)),  # first, as the next two
    sa.Column("turns_to_plan", sa.BigInteger),
    sa.Column("questions_to_plan", sa.Integer),
    sa.Column("exports", sa.Integer, nullable=False, server_default="0"),
    sa.Column("idle_timeout", sa.Interval, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
    # Not indexed: an index on it would end HOT updates for every touch.
    sa.Column("last_accessed", sa.DateTime(timezone=True), nullable=False),
    # Expiry rounded down to ten minutes, so that its index entry seldom moves.
    sa.Column("sweep_after", sa.DateTime(timezone=True), nullable=False, index=True),
    # What the trail's digests begin with; in sessions before 0009 the owner's hash.
    sa.Column(
        "audit_salt",
        sa.LargeBinary,
        server_default=sa.text("uuid_send(gen_random_uuid())"),
    ),
    sa.Index("ix_sessions_owner_hash", "owner_hash"),
    postgresql_with={"fillfactor": 90},
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column(
        "session_id",
        sa.Uuid,
        sa.ForeignKey("sessions.session_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("quick_replies", JSONB),
    sa.Column("turn_key", sa.Text),
    sa.Column("turn_position", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("context", sa.JSON(none_as_null=True)),
    sa.CheckConstraint(
        f"role IN ({', '.join(repr(role.value) for role in Role)}) "
        f"AND char_length(content) BETWEEN 1 AND {MAX_MESSAGE_CHARS} "
        f"AND char_length(turn_key) BETWEEN 1 AND {MAX_TURN_KEY_CHARS}",
        name="said",
    ),
    # What makes a turn stand once: its first message alone claims the key.
    sa.Index(
        "ux_messages_turn_key",
        "session_id",
        "turn_key",
        unique=True,
        postgresql_where=sa.text("turn_key IS NOT NULL AND turn_position = 0"),
    ),
)

# json, not jsonb, as above; `way_back` leads to the state before (versions.py).
plan_versions = sa.Table(
    "plan_versions",
    metadata,
    sa.Column(
        "session_id",
        sa.Uuid,
        sa.ForeignKey("sessions.session_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("acts", sa.JSON, nullable=False),
    sa.Column("way_back", sa.JSON, nullable=False),
    sa.Column("restores", sa.Integer),
    sa.Column("undone_from", sa.Integer),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
)

# One row for each session that ended: no text, no id, no owner. A trigger writes it.
session_facts = sa.Table(
    "session_facts",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("started_on", sa.Date, nullable=False),  # all days and hours are UTC
    sa.Column("started_hour", sa.SmallInteger, nullable=False),
    sa.Column("city", sa.Text),
    sa.Column("days", sa.SmallInteger),
    sa.Column("pace", sa.Text),
    sa.Column("budget", sa.Text),
    sa.Column("interests", ARRAY(sa.Text), nullable=False),
    sa.Column("user_messages", sa.BigInteger, nullable=False),
    sa.Column("assistant_messages", sa.BigInteger, nullable=False),
    sa.Column("questions", sa.Integer, nullable=False),
    sa.Column("plans", sa.Integer, nullable=False),  # the first one and its edits
    sa.Column("seconds_to_plan", sa.Integer),
    sa.Column("turns_to_plan", sa.BigInteger),
    sa.Column("questions_to_plan", sa.Integer),
    sa.Column("seconds_used", sa.Integer, nullable=False),
    sa.Column("ended_on", sa.Date, nullable=False, index=True),
    # expired (unused for long), lifetime, deleted (by the traveller), erased
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("exports", sa.Integer, nullable=False, server_default="0"),
)

# What the sweeps did, all together, in one row.
sweep_totals = sa.Table(
    "sweep_totals",
    metadata,
    sa.Column("one", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("passes", sa.BigInteger, nullable=False),
    sa.Column("sessions", sa.BigInteger, nullable=False),
    sa.Column("batches", sa.BigInteger, nullable=False),
    sa.Column("facts", sa.BigInteger, nullable=False),
    sa.Column("seconds", sa.Double, nullable=False),
    sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
)

# The audit trail (AUDIT.md): written by triggers alone, and only ever added to.
session_events = sa.Table(
    "session_events",
    metadata,
    sa.Column("session_id", sa.Uuid, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),  # the session's, afterwards
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("detail", sa.JSON, nullable=False),  # json: hashed as it stands
    sa.Column("db_role", sa.Text, nullable=False),
    sa.Column("actor", sa.Text),
    sa.Column("request_id", sa.Text),
    sa.Column("hash", sa.LargeBinary, nullable=False),
)

audit_seals = sa.Table(
    "audit_seals",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("mac", sa.LargeBinary, nullable=False),
)

# The last event of each chain that grew since the seal before.
sealed_chains = sa.Table(
    "sealed_chains",
    metadata,
    sa.Column("seal", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("session_id", sa.Uuid, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
)

# Seals whose chains were old enough to be forgotten.
audit_forgotten = sa.Table(
    "audit_forgotten",
    metadata,
    sa.Column("seal", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("chains", sa.BigInteger, nullable=False),
    sa.Column("mac", sa.LargeBinary, nullable=False),
)

# Imported places (places.py): the shipped ones are files.
place_cities = sa.Table(
    "place_cities",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("country", sa.Text, nullable=False),
    sa.Column("lat", sa.Double, nullable=False),
    sa.Column("lon", sa.Double, nullable=False),
    sa.Column("radius_km", sa.Double, nullable=False),
)

# One row for each change of the places; the highest id is their version.
place_imports = sa.Table(
    "place_imports",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column(
        "at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
    ),
    sa.Column("told", sa.Text, nullable=False),  # what was imported, in words
)

places = sa.Table(
    "places",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("city_id", sa.Text, sa.ForeignKey("place_cities.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("lat", sa.Double, nullable=False),
    sa.Column("lon", sa.Double, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("interests", ARRAY(sa.Text), nullable=False),
    sa.Column("importance", sa.SmallInteger, nullable=False),
    sa.Column("hours", sa.Text),
    sa.Column("price", sa.Double),
    sa.Column("currency", sa.Text),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("licence", sa.Text, nullable=False),
    sa.Column("local_name", sa.Text),
    sa.Column("minutes", sa.SmallInteger),
    sa.Column("diets", ARRAY(sa.Text), nullable=False),
    sa.Column("wheelchair", sa.Text),
    sa.Column(
        "updated_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.now(),
    ),
    # The order in which they are worth planning with: what has hours is more certain.
    sa.Column(
        "score",
        sa.SmallInteger,
        sa.Computed("importance * 2 + (hours IS NOT NULL)::integer", persisted=True),
        nullable=False,
    ),
    sa.Index("ux_places_source", "source", "source_id", unique=True),
    sa.Index("ix_places_city_id", "city_id", "category", "score", "id"),
    sa.Index("ix_places_category", "category", "lat", "lon"),
)
