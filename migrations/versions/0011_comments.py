"""Columns say in the database, too, what they hold."""

from __future__ import annotations

from collections.abc import Callable

from alembic import op

revision = "0011"
down_revision = "0009"

COMMENTS = {  # "": of the table
    "sessions": {
        "": "trips, one a row",
        "owner_hash": "SHA-256 of the traveller's secret",
        "version": "rises by one with every write",
        "preferences": "what the traveller told, by field",
        "itinerary": "the plan; null while there is none",
        "clarifying_questions_count": "asked so far",
        "plan_version": "of plan_versions, the newest",
        "message_count": "of both sides",
        "user_message_count": "of the traveller",
        "plans": "made: the first one and its edits",
        "planned_at": "when the first plan came",
        "turns_to_plan": "the traveller's messages until then",
        "questions_to_plan": "asked until then",
        "exports": "downloads of the plan",
        "idle_timeout": "it expires so long after its last use",
        "ends_at": "it expires then, however much it is used",
        "last_accessed": "the last use",
        "sweep_after": "expiry, rounded down to ten minutes: the index seldom moves",
        "audit_salt": "the trail's digests begin with it; null: with owner_hash",
    },
    "messages": {
        "": "the conversation, one message a row",
        "seq": "from 1 in each session, without gaps",
        "role": "user or assistant",
        "quick_replies": "offered answers",
        "turn_key": "sent twice, a turn stands once",
        "turn_position": "within the turn; the first claims the key",
        "context": "what it was about, and offered",
    },
    "plan_versions": {
        "": "changes of preferences and plan",
        "acts": "by which acts; [] where nobody said",
        "way_back": "JSON patch to the state before (RFC 6902)",
        "restores": "the version that came again",
        "undone_from": "the version that an undo left",
    },
    "session_facts": {
        "": "sessions that ended: no text, no id, no owner",
        "city": "the first one",
        "plans": "the first one and its edits",
        "seconds_used": "from creation to the last use",
        "reason": "expired (unused for long), lifetime, deleted, erased",
        "exports": "downloads of the plan",
    },
    "session_events": {
        "version": "the session's, afterwards",
        "detail": "json, not jsonb: hashed as it stands",
        "actor": "which part of the app",
        "hash": "over this event and the hash before",
    },
    "place_cities": {
        "country": "ISO 3166 alpha-2",
    },
    "place_imports": {
        "told": "what was imported, in words",
    },
    "places": {
        "importance": "1 to 5",
        "hours": "as OpenStreetMap writes opening_hours",
        "price": "ordinary adult admission",
        "minutes": "its own usual visit length",
        "score": "the order in which they are worth planning with: hours are certain",
    },
}


def upgrade() -> None:
    _comment(lambda text: "'" + text.replace("'", "''") + "'")


def downgrade() -> None:
    _comment(lambda text: "NULL")


def _comment(written: Callable[[str], str]) -> None:
    for table, columns in COMMENTS.items():
        for column, text in columns.items():
            what = f"COLUMN {table}.{column}" if column else f"TABLE {table}"
            op.execute(f"COMMENT ON {what} IS {written(text)}")
