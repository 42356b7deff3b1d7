"""Room for what is encrypted: long messages, plans without days, new keys.

A box (storage/encryption.py) is longer than the message in it. The audit trail says
nothing of a plan's days and stops where it cannot see them. Whoever encrypts anew, and
says so in itinerary.reencrypting, changes no preference and no plan, and so makes no
version.
"""

from __future__ import annotations

from types import ModuleType

from alembic import context, op

revision = "0012"
down_revision = "0011"

SAID = (
    "role IN ('user', 'assistant') "
    "AND (char_length(content) BETWEEN 1 AND 8000{boxes}) "
    "AND char_length(turn_key) BETWEEN 1 AND 200"
)
BOXES = ' OR starts_with(content, \'{"enc":"\')'

KEEP = (
    "BEGIN\n",
    """BEGIN
  IF current_setting('itinerary.reencrypting', true) = 'on' THEN
    RETURN new;
  END IF;
""",
)
SUMMARY = (
    "  RETURN json_build_object(\n    'days'",
    """  IF days IS NULL THEN
    RETURN json_build_object('sha256', digest);
  END IF;
  RETURN json_build_object(
    'days'""",
)


def upgrade() -> None:
    op.execute(
        "-- squawk-ignore ban-drop-constraint\n"
        "ALTER TABLE messages DROP CONSTRAINT ck_messages_said"
    )
    op.execute(
        "ALTER TABLE messages ADD CONSTRAINT ck_messages_said "
        f"CHECK ({SAID.format(boxes=BOXES)}) NOT VALID"
    )
    # Reading the messages of a day's sessions again takes a second for millions.
    op.execute(
        "-- squawk-ignore constraint-missing-not-valid\n"
        "ALTER TABLE messages VALIDATE CONSTRAINT ck_messages_said"
    )
    op.execute(_replacing(_module("0008").KEEP).replace(*KEEP, 1))
    op.execute(_module("0009").PLAN_SUMMARY.replace(*SUMMARY))


def downgrade() -> None:
    """Fails where a message is still encrypted: encrypt with `plain` first."""
    # As saves do, which lock both: those of 0009 and before lock sessions afterwards.
    op.execute("LOCK TABLE sessions")
    op.execute(_module("0009").PLAN_SUMMARY)
    op.execute(_replacing(_module("0008").KEEP))
    op.execute("ALTER TABLE messages DROP CONSTRAINT ck_messages_said")
    op.execute(
        "ALTER TABLE messages ADD CONSTRAINT ck_messages_said "
        f"CHECK ({SAID.format(boxes='')})"
    )


def _module(number: str) -> ModuleType:
    return context.script.get_revision(number).module


def _replacing(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
