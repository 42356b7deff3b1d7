"""The sessions and their messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("owner_hash", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column(
            "preferences",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
        ),
        sa.Column("itinerary", sa.JSON(none_as_null=True), nullable=True),
        sa.Column(
            "clarifying_questions_count",
            sa.Integer(),
            server_default="0",
            nullable=False,
        ),
        sa.Column("message_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("idle_timeout", sa.Interval(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_accessed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sweep_after", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "idle_timeout > interval '0'", name="ck_sessions_idle_timeout_positive"
        ),
        sa.CheckConstraint(
            "jsonb_typeof(preferences) = 'object'",
            name="ck_sessions_preferences_is_object",
        ),
        sa.CheckConstraint(
            "clarifying_questions_count >= 0", name="ck_sessions_questions_not_negative"
        ),
        sa.CheckConstraint(
            "ends_at > created_at", name="ck_sessions_ends_after_it_begins"
        ),
        sa.CheckConstraint(
            "message_count >= 0", name="ck_sessions_message_count_not_negative"
        ),
        sa.CheckConstraint(
            "octet_length(owner_hash) = 32", name="ck_sessions_owner_hash_is_sha256"
        ),
        sa.CheckConstraint("version > 0", name="ck_sessions_version_is_positive"),
        sa.PrimaryKeyConstraint("session_id", name="pk_sessions"),
        postgresql_with={"fillfactor": 90},
    )
    op.create_index("ix_sessions_owner_hash", "sessions", ["owner_hash"], unique=False)
    op.create_index(
        "ix_sessions_sweep_after", "sessions", ["sweep_after"], unique=False
    )
    op.create_table(
        "messages",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column(
            "quick_replies", postgresql.JSONB(astext_type=sa.Text()), nullable=True
        ),
        sa.Column("turn_key", sa.Text(), nullable=True),
        sa.Column(
            "turn_position", sa.SmallInteger(), server_default="0", nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('user', 'assistant')", name="ck_messages_role_is_known"
        ),
        sa.CheckConstraint(
            "char_length(content) BETWEEN 1 AND 8000", name="ck_messages_content_length"
        ),
        sa.CheckConstraint(
            "char_length(turn_key) BETWEEN 1 AND 200",
            name="ck_messages_turn_key_length",
        ),
        sa.CheckConstraint("seq > 0", name="ck_messages_seq_is_positive"),
        sa.CheckConstraint(
            "turn_position >= 0", name="ck_messages_turn_position_not_negative"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.session_id"],
            name="fk_messages_session_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "seq", name="pk_messages"),
    )
    op.create_index(
        "ux_messages_turn_key",
        "messages",
        ["session_id", "turn_key"],
        unique=True,
        postgresql_where=sa.text("turn_key IS NOT NULL AND turn_position = 0"),
    )


def downgrade() -> None:
    op.drop_index(
        "ux_messages_turn_key",
        table_name="messages",
        postgresql_where=sa.text("turn_key IS NOT NULL AND turn_position = 0"),
    )
    op.drop_table("messages")
    op.drop_index("ix_sessions_sweep_after", table_name="sessions")
    op.drop_index("ix_sessions_owner_hash", table_name="sessions")
    op.drop_table("sessions")
