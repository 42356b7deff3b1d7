"""The audit trail holds nothing of a person: preferences and plans by digest alone.

Digests begin with a salt of the session's own, which goes when the session goes, where
the owner's hash stayed with the owner's other trips. What the trail of before tells of
preferences and cities is taken out by `redact_trail`, which env.py calls afterwards: it
commits every few hundred sessions, while the app serves.
"""

from __future__ import annotations

from types import ModuleType

import sqlalchemy as sa
from alembic import context, op

revision = "0009"
down_revision = "0008"

REPLACE = ("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")

PLAN_SUMMARY = """
CREATE OR REPLACE FUNCTION plan_summary(owner_hash bytea, itinerary json) RETURNS json
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  plan text := itinerary::text;
  digest text := session_digest(owner_hash, plan);
  days json;
BEGIN
  SELECT it.days INTO days FROM json_to_record(plan::json) AS it (days json);
  RETURN json_build_object(
    'days', json_array_length(days),
    'stops', (SELECT coalesce(sum(json_array_length(day -> 'stops')), 0)
              FROM json_array_elements(days) AS day),
    'sha256', digest);
EXCEPTION WHEN data_exception THEN  -- none of our plans, and recorded all the same
  RETURN json_build_object('sha256', digest);
END
$$
"""

# Sessions that are older than this migration have no salt of their own.
SALT = "coalesce({0}.audit_salt, {0}.owner_hash)"
TRIGGERS = {
    "audit_created": """
BEGIN
  PERFORM append_session_event(new.session_id, new.version, 'created',
    json_build_object('sha256', session_digest(SALT, new.preferences::text)));
  IF new.itinerary IS NOT NULL THEN
    PERFORM append_session_event(new.session_id, new.version, 'itinerary',
      plan_summary(SALT, new.itinerary));
  END IF;
  RETURN NULL;
END
""",
    "audit_preferences": """
BEGIN
  PERFORM append_session_event(new.session_id, new.version, 'preferences',
    json_build_object('sha256', session_digest(SALT, new.preferences::text)));
  RETURN NULL;
END
""",
    "audit_itinerary": """
BEGIN
  PERFORM append_session_event(new.session_id, new.version, 'itinerary',
    plan_summary(SALT, new.itinerary));
  RETURN NULL;
END
""",
    # 'changed': and so have all digests; 'another': they begin with the salt.
    "audit_changed": """
BEGIN
  PERFORM append_session_event(new.session_id, new.version, 'changed',
    json_build_object(
      'questions', new.clarifying_questions_count, 'messages', new.message_count,
      'plans', new.plans, 'idle_timeout', new.idle_timeout, 'ends_at', new.ends_at,
      'owner', CASE WHEN new.owner_hash = old.owner_hash THEN NULL
                    WHEN new.audit_salt IS NULL THEN 'changed' ELSE 'another' END));
  RETURN NULL;
END
""",
}

# Of each event without what it told of a person the digest, in an event of its own, so
# that its hash, which was over all of it, can be done without.
REDACT = """
CREATE PROCEDURE redact_trail() LANGUAGE plpgsql AS $$
DECLARE
  after uuid := '00000000-0000-0000-0000-000000000000';
  chains uuid[];
  redacted record;
BEGIN
  LOOP
    SELECT array_agg(session_id) INTO chains FROM (
      SELECT DISTINCT session_id FROM session_events WHERE session_id > after
      ORDER BY session_id LIMIT 500) AS it;
    EXIT WHEN chains IS NULL;
    after := chains[cardinality(chains)];
    PERFORM set_config('itinerary.forgetting', 'on', true);
    PERFORM FROM sessions WHERE session_id = ANY (chains)
    ORDER BY session_id FOR NO KEY UPDATE;
    FOR redacted IN
      WITH bare AS (
        UPDATE session_events AS e SET detail =
          CASE WHEN e.kind = 'itinerary' THEN json_build_object(
                 'days', e.detail -> 'days', 'stops', e.detail -> 'stops',
                 'sha256', e.detail -> 'sha256')
               WHEN e.kind = 'adopted' THEN json_build_object(
                 'sha256', session_digest(salt, told), 'messages',
                 e.detail -> 'messages')
               ELSE json_build_object('sha256', session_digest(salt, told)) END
        FROM (
          SELECT it.session_id, it.seq,
                 coalesce(it.detail -> 'preferences', it.detail -> 'new')::jsonb::text
                   AS told,
                 coalesce(s.audit_salt, s.owner_hash) AS salt
          FROM session_events AS it LEFT JOIN sessions AS s USING (session_id)
          WHERE it.session_id = ANY (chains)
            AND (it.kind IN ('created', 'adopted') AND it.detail ->> 'preferences' <> ''
                 OR it.kind = 'preferences' AND it.detail ->> 'new' <> ''
                 OR it.kind = 'itinerary' AND it.detail -> 'city' IS NOT NULL)
        ) AS personal
        WHERE (e.session_id, e.seq) = (personal.session_id, personal.seq)
        RETURNING e.*
      )
      SELECT session_id, json_agg(encode(sha256(convert_to(format(
        '%s %s %s %s %L %L %L %L %s', session_id, seq, extract(epoch FROM at), version,
        kind, db_role, actor, request_id, detail), 'UTF8')), 'hex') ORDER BY seq)
        AS told
      FROM bare GROUP BY session_id
    LOOP
      PERFORM append_session_event(redacted.session_id, (
        SELECT version FROM session_events WHERE session_id = redacted.session_id
        ORDER BY seq DESC LIMIT 1), 'redacted', redacted.told);
    END LOOP;
    COMMIT;
  END LOOP;
END
$$
"""


def upgrade() -> None:
    op.add_column("sessions", sa.Column("audit_salt", sa.LargeBinary()))
    op.alter_column(
        "sessions", "audit_salt", server_default=sa.text("uuid_send(gen_random_uuid())")
    )
    op.execute(PLAN_SUMMARY)
    for name, body in TRIGGERS.items():
        _replace(name, body.replace("SALT", SALT.format("new")))
    former = {name: body for name, _, _, body in _module("0005").TRIGGERS}
    for name in ("audit_messages", "audit_edited"):
        _replace(name, _salted(former[name]))
    op.execute(_salted(_module("0008").AUDIT).replace(*REPLACE))
    refuse = _module("0006").REFUSE
    op.execute(refuse.replace("TG_OP = 'DELETE'", "TG_OP IN ('DELETE', 'UPDATE')"))
    op.execute(REDACT)


def downgrade() -> None:
    op.execute("DROP PROCEDURE IF EXISTS redact_trail()")
    op.execute(_module("0006").REFUSE)
    op.execute(_module("0008").AUDIT.replace(*REPLACE))
    for name, _, _, body in _module("0005").TRIGGERS:
        if name in TRIGGERS or name in ("audit_messages", "audit_edited"):
            _replace(name, body)
    op.execute(_module("0008").PLAN_SUMMARY)
    op.drop_column("sessions", "audit_salt")


def _module(number: str) -> ModuleType:
    return context.script.get_revision(number).module


def _salted(body: str) -> str:
    return body.replace(
        "SELECT version, owner_hash INTO s",
        "SELECT version, coalesce(audit_salt, owner_hash) AS owner_hash INTO s",
    ).replace(
        "(SELECT owner_hash FROM sessions",
        "(SELECT coalesce(audit_salt, owner_hash) FROM sessions",
    )


def _replace(name: str, body: str) -> None:
    op.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp "
        f"SET enable_seqscan = off AS $${body}$$"
    )
