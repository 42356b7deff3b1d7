"""The audit trail: the database itself records what happens to a session.

Triggers write it in the transaction of what they record, so psql is recorded too. Each
session has a chain of its own, whose events hold the hash of the one before; nothing is
shared between sessions, so that none waits for another. The functions run with their
owner's rights: who may write sessions need not, and cannot, write the trail by hand.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# Its caller holds the session's row, so no two events want the same place. What it
# hashes is what itinerary_app/audit/trail.py reads back as its payload.
APPEND = """
CREATE FUNCTION append_session_event(
  id uuid, version bigint, kind text, detail json
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  e session_events;
  before bytea;
BEGIN
  SELECT seq, hash INTO e.seq, before FROM session_events
  WHERE session_id = id ORDER BY seq DESC LIMIT 1;
  e.session_id := id;
  e.seq := coalesce(e.seq, 0) + 1;
  e.at := now();
  e.version := version;
  e.kind := kind;
  e.detail := detail;
  e.db_role := session_user;
  e.actor := nullif(current_setting('itinerary.actor', true), '');
  e.request_id := nullif(current_setting('itinerary.request_id', true), '');
  e.hash := sha256(coalesce(before, '') || convert_to(format(
    '%s %s %s %s %L %L %L %L %s', e.session_id, e.seq, extract(epoch FROM e.at),
    e.version, e.kind, e.db_role, e.actor, e.request_id, e.detail), 'UTF8'));
  INSERT INTO session_events VALUES (e.*);
END
$$
"""

# Digests begin with the owner's hash, which goes when the session goes: afterwards
# nobody can find out a short text by trying.
DIGEST = """
CREATE FUNCTION session_digest(owner_hash bytea, content text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN encode(sha256(owner_hash || convert_to(content, 'UTF8')), 'hex')
"""

PLAN_SUMMARY = """
CREATE FUNCTION plan_summary(owner_hash bytea, itinerary json) RETURNS json
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  digest text := session_digest(owner_hash, itinerary::text);
  plan jsonb;
BEGIN
  plan := itinerary;
  RETURN json_build_object(
    'city', plan #> '{city,1}',
    'days', jsonb_array_length(plan -> 'days'),
    'stops', jsonb_array_length(jsonb_path_query_array(plan, '$.days[*].stops[*]')),
    'sha256', digest);
EXCEPTION WHEN data_exception THEN  -- none of our plans, and recorded all the same
  RETURN json_build_object('sha256', digest);
END
$$
"""

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0]
    USING ERRCODE = 'insufficient_privilege';
END
$$
"""

TRAIL = ("session_events", "sealed_chains", "audit_seals")

# Name, table, when, and the body of the function of the same name.
TRIGGERS = (
    (
        "audit_created",
        "sessions",
        "AFTER INSERT ON sessions FOR EACH ROW",
        """
BEGIN
  PERFORM append_session_event(new.session_id, new.version, 'created',
    json_build_object('preferences', new.preferences));
  IF new.itinerary IS NOT NULL THEN
    PERFORM append_session_event(new.session_id, new.version, 'itinerary',
      plan_summary(new.owner_hash, new.itinerary));
  END IF;
  RETURN NULL;
END
""",
    ),
    (
        "audit_preferences",
        "sessions",
        """AFTER UPDATE OF preferences ON sessions FOR EACH ROW
  WHEN (new.preferences <> old.preferences)""",
        """
BEGIN
  PERFORM append_session_event(new.session_id, new.version, 'preferences',
    json_build_object('old', old.preferences, 'new', new.preferences));
  RETURN NULL;
END
""",
    ),
    (
        # By the column's name: json knows no equality, and reading it would cost.
        "audit_itinerary",
        "sessions",
        "AFTER UPDATE OF itinerary ON sessions FOR EACH ROW",
        """
BEGIN
  PERFORM append_session_event(new.session_id, new.version, 'itinerary',
    plan_summary(new.owner_hash, new.itinerary));
  RETURN NULL;
END
""",
    ),
    (
        # All that is written but a touch, where no other event tells of it. So every
        # version has an event, by which a tail that was cut off is found.
        "audit_changed",
        "sessions",
        """AFTER UPDATE OF version, owner_hash, clarifying_questions_count,
    message_count, user_message_count, plans, idle_timeout, created_at, ends_at
  ON sessions FOR EACH ROW WHEN (
    new.version = old.version OR new.message_count = old.message_count
    AND new.plans = old.plans AND new.preferences = old.preferences)""",
        """
BEGIN
  PERFORM append_session_event(new.session_id, new.version, 'changed',
    json_build_object(
      'questions', new.clarifying_questions_count, 'messages', new.message_count,
      'plans', new.plans, 'idle_timeout', new.idle_timeout, 'ends_at', new.ends_at,
      'owner', CASE WHEN new.owner_hash <> old.owner_hash THEN 'changed' END));
  RETURN NULL;
END
""",
    ),
    (
        # 'moved', of the copy tool, leaves no fact (0003), but it does leave an event.
        "audit_ended",
        "sessions",
        "AFTER DELETE ON sessions FOR EACH ROW",
        """
DECLARE
  told text := current_setting('itinerary.ended_as', true);
BEGIN
  PERFORM append_session_event(old.session_id, old.version,
    CASE WHEN told IN ('erased', 'moved') THEN told
         ELSE coalesce(session_ended_as(old), 'deleted') END,
    json_build_object('messages', old.message_count));
  RETURN NULL;
END
""",
    ),
    (
        "audit_messages",
        "messages",
        "AFTER INSERT ON messages REFERENCING NEW TABLE AS appended FOR EACH STATEMENT",
        """
DECLARE
  said record;
  at_version bigint;
BEGIN
  FOR said IN
    SELECT session_id, json_agg(json_build_object(
      'seq', seq, 'role', role, 'length', char_length(content),
      'sha256', session_digest(
        (SELECT owner_hash FROM sessions WHERE session_id = appended.session_id),
        content)) ORDER BY seq) AS messages
    FROM appended GROUP BY session_id ORDER BY session_id
  LOOP
    SELECT version INTO at_version FROM sessions
    WHERE session_id = said.session_id FOR NO KEY UPDATE;
    PERFORM append_session_event(
      said.session_id, at_version, 'messages', said.messages);
  END LOOP;
  RETURN NULL;
END
""",
    ),
    (
        "audit_edited",
        "messages",
        """AFTER UPDATE ON messages FOR EACH ROW
  WHEN ((new.session_id, new.seq, new.role, new.content)
     <> (old.session_id, old.seq, old.role, old.content))""",
        """
DECLARE
  s record;
BEGIN
  SELECT version, owner_hash INTO s FROM sessions
  WHERE session_id = new.session_id FOR NO KEY UPDATE;
  PERFORM append_session_event(new.session_id, s.version, 'edited',
    json_build_object(
      'old_seq', old.seq, 'seq', new.seq, 'role', new.role,
      'length', char_length(new.content),
      'sha256', session_digest(s.owner_hash, new.content)));
  RETURN NULL;
END
""",
    ),
    (
        # Not those that go with their session, by the foreign key's own trigger.
        "audit_removed",
        "messages",
        "AFTER DELETE ON messages FOR EACH ROW WHEN (pg_trigger_depth() = 0)",
        """
DECLARE
  at_version bigint;
BEGIN
  SELECT version INTO at_version FROM sessions
  WHERE session_id = old.session_id FOR NO KEY UPDATE;
  IF FOUND THEN
    PERFORM append_session_event(old.session_id, at_version, 'removed',
      json_build_object('seq', old.seq));
  END IF;
  RETURN NULL;
END
""",
    ),
)

# Sessions that are older than the trail begin their chain with what is known of them.
ADOPT = """
SELECT append_session_event(session_id, version, 'adopted', json_build_object(
  'preferences', preferences, 'messages', message_count)) FROM sessions
"""


def upgrade() -> None:
    op.create_table(
        "session_events",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("db_role", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text()),
        sa.Column("request_id", sa.Text()),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "seq", name="pk_session_events"),
    )
    op.create_table(
        "audit_seals",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_seals"),
    )
    op.create_table(
        "sealed_chains",
        sa.Column("seal", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seal", "session_id", name="pk_sealed_chains"),
    )
    for function in (APPEND, DIGEST, PLAN_SUMMARY, REFUSE):
        op.execute(function)
    # Who may call these could make up events, by triggers on a table of their own.
    op.execute(
        "REVOKE EXECUTE ON FUNCTION append_session_event(uuid, bigint, text, json) "
        "FROM PUBLIC"
    )
    for name, _, when, body in TRIGGERS:
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp "
            # A plan made while the trail was empty would go on reading all of it.
            "SET enable_seqscan = off "
            f"AS $${body}$$"
        )
        op.execute(f"REVOKE EXECUTE ON FUNCTION {name}() FROM PUBLIC")
        op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()")
    for table in TRAIL:
        op.execute(
            "CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE "
            f"ON {table} EXECUTE FUNCTION "
            "audit_refuse('the audit trail is only ever added to')"
        )
    for table in ("sessions", "messages"):
        op.execute(
            f"CREATE TRIGGER audit_refuse BEFORE TRUNCATE ON {table} "
            "EXECUTE FUNCTION audit_refuse('use DELETE, which is recorded')"
        )
    op.execute(ADOPT)


def downgrade() -> None:
    for table in ("sessions", "messages"):
        op.execute(f"DROP TRIGGER audit_refuse ON {table}")
    for name, table, _, _ in TRIGGERS:
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
    op.execute("DROP FUNCTION append_session_event(uuid, bigint, text, json)")
    op.execute("DROP FUNCTION plan_summary(bytea, json)")
    op.execute("DROP FUNCTION session_digest(bytea, text)")
    for table in TRAIL:
        op.drop_table(table)
    op.execute("DROP FUNCTION audit_refuse()")
