"""Counters lose their CHECK constraints, which every save paid for.

PostgreSQL reads each constraint of a table anew in every statement that writes to it:
a sixth of the time of a save went into twelve of them. What people and programs put in
stays constrained (roles, texts, preferences); these eight guarded what the statements
of the storage count by themselves. The others get the names that were meant for them:
0001 had given the prefix twice.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

DROPPED = (
    ("sessions", "owner_hash_is_sha256", "octet_length(owner_hash) = 32"),
    ("sessions", "version_is_positive", "version > 0"),
    ("sessions", "message_count_not_negative", "message_count >= 0"),
    ("sessions", "questions_not_negative", "clarifying_questions_count >= 0"),
    ("sessions", "idle_timeout_positive", "idle_timeout > interval '0'"),
    ("sessions", "ends_after_it_begins", "ends_at > created_at"),
    ("messages", "seq_is_positive", "seq > 0"),
    ("messages", "turn_position_not_negative", "turn_position >= 0"),
)
KEPT = (
    ("sessions", "preferences_is_object"),
    ("messages", "role_is_known"),
    ("messages", "content_length"),
    ("messages", "turn_key_length"),
)


def upgrade() -> None:
    for table, name, _ in DROPPED:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_ck_{table}_{name}")
    for table, name in KEPT:
        op.execute(
            f"ALTER TABLE {table} RENAME CONSTRAINT ck_{table}_ck_{table}_{name} "
            f"TO ck_{table}_{name}"
        )


def downgrade() -> None:
    for table, name in KEPT:
        op.execute(
            f"ALTER TABLE {table} RENAME CONSTRAINT ck_{table}_{name} "
            f"TO ck_{table}_ck_{table}_{name}"
        )
    for table, name, condition in DROPPED:
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_ck_{table}_{name} "
            f"CHECK ({condition})"
        )
