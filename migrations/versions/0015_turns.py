"""A turn is one row put into the view `turns`, whose trigger writes all of it.

Sessions, messages, versions and the trail each had triggers of their own that ran in
every turn, looked the chain up again and wrote an event each: nearly half of what a
turn took in the database. The view's trigger writes one event `turn` with them. The
triggers stay for everybody else's writes, of the build before, too, and are silent for
those of `save_turn` alone, whose rights and setting nobody else has together: who sets
the setting by himself has no right to write the trail, unless he owns it.
"""

from __future__ import annotations

from types import ModuleType

from alembic import context, op

revision = "0015"
down_revision = "0014"

# The table by its oid, which no search path leads astray.
OTHERS = """WHEN (current_setting('itinerary.saves_turn', true) IS DISTINCT FROM 'on'
    OR NOT has_table_privilege('session_events'::regclass::oid, 'INSERT'))"""
GUARDED = ("audit_itinerary", "audit_messages", "audit_version")
FORMER = {  # of sessions, in one trigger from now on; and where they were made
    "audit_changed": "0005",
    "audit_exported": "0006",
    "audit_preferences": "0005",
    "audit_shared": "0006",
}

# STABLE, as it says of itself what convert_to is: only so is it put into the place of
# its call, which takes a third of the time.
DIGEST = """
CREATE OR REPLACE FUNCTION session_digest(owner_hash bytea, content text) RETURNS text
LANGUAGE sql {volatility}
RETURN encode(sha256(owner_hash || convert_to(content, 'UTF8')), 'hex')
"""

# It writes with its owner's rights whoever calls it, and is never part of a turn.
NOT_OWN = (
    "BEGIN\n",
    "BEGIN\n  PERFORM set_config('itinerary.saves_turn', '', true);\n",
)

# What the four of FORMER recorded, each under its condition. An expression of a
# trigger's WHEN is parsed anew in every statement.
SESSION = """
CREATE FUNCTION audit_session() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off AS $$
DECLARE
  others boolean := new.preferences <> old.preferences;
BEGIN
  IF (new.version = old.version OR NOT others
      AND new.message_count = old.message_count AND new.plans = old.plans)
    AND (new.version, new.owner_hash, new.clarifying_questions_count,
         new.message_count, new.user_message_count, new.plans, new.idle_timeout,
         new.created_at, new.ends_at)
     IS DISTINCT FROM
        (old.version, old.owner_hash, old.clarifying_questions_count,
         old.message_count, old.user_message_count, old.plans, old.idle_timeout,
         old.created_at, old.ends_at)
  THEN
    PERFORM append_session_event(new.session_id, new.version, 'changed',
      json_build_object(
        'questions', new.clarifying_questions_count, 'messages', new.message_count,
        'plans', new.plans, 'idle_timeout', new.idle_timeout, 'ends_at', new.ends_at,
        'owner', CASE WHEN new.owner_hash = old.owner_hash THEN NULL
                      WHEN new.audit_salt IS NULL THEN 'changed' ELSE 'another' END));
  END IF;
  IF new.exports <> old.exports THEN
    PERFORM append_session_event(new.session_id, new.version, 'exported',
      json_build_object(
        'as', nullif(current_setting('itinerary.exported_as', true), ''),
        'exports', new.exports));
  END IF;
  IF others THEN
    PERFORM append_session_event(new.session_id, new.version, 'preferences',
      json_build_object('sha256', session_digest(
        coalesce(new.audit_salt, new.owner_hash), new.preferences::text)));
    IF (new.preferences -> 'shared') IS DISTINCT FROM (old.preferences -> 'shared') THEN
      PERFORM append_session_event(new.session_id, new.version,
        CASE new.preferences -> 'shared' WHEN 'true' THEN 'shared' ELSE 'unshared' END,
        '{}');
    END IF;
  END IF;
  RETURN NULL;
END
$$
"""

# What a turn of one or two messages gives, then what comes back. `acts` is null where
# nothing makes a version: preferences and plan then stay as they are.
TURNS = """
CREATE VIEW turns AS SELECT
  null::uuid AS session_id, null::bigint AS expected_version,
  null::text AS actor, null::text AS request_id,
  null::integer AS questions, null::text AS turn_key,
  null::text AS role, null::text AS content,
  null::jsonb AS quick_replies, null::json AS context,
  null::text AS answer_role, null::text AS answer,
  null::jsonb AS answer_quick_replies, null::json AS answer_context,
  null::jsonb AS preferences, null::json AS itinerary,
  null::json AS acts, null::json AS way_back,
  null::integer AS restores, null::integer AS undone_from,
  null::bigint AS version, null::bigint AS message_count, null::timestamptz AS saved_at
WHERE false
"""

UPDATE = """UPDATE sessions AS it SET version = it.version + 1,
      message_count = it.message_count + messages,
      user_message_count = user_message_count + asked,
      clarifying_questions_count = clarifying_questions_count + new.questions,
      last_accessed = greatest(last_accessed, now()),
      sweep_after = date_bin(
        '10 min', least(now() + idle_timeout + interval '60 s', ends_at), 'epoch'){more}
    WHERE session_id = new.session_id
      AND last_accessed > now() - idle_timeout - interval '60 s' AND ends_at > now()
      AND (new.expected_version IS NULL OR it.version = new.expected_version)
    RETURNING it.version, it.message_count, plan_version, last_accessed AS at,
      it.preferences::text AS preferences, coalesce(audit_salt, owner_hash) AS salt
    INTO saved;"""
# A plan that is put where it is already is not written again.
PLANNED = """,
      plan_version = plan_version + 1,
      preferences = CASE WHEN new.preferences IS NULL THEN it.preferences
        ELSE jsonb_strip_nulls(it.preferences || new.preferences) END,
      itinerary = coalesce(new.itinerary, it.itinerary),
      plans = plans + (new.itinerary IS NOT NULL)::integer,
      planned_at = CASE WHEN new.itinerary IS NULL THEN planned_at
        ELSE coalesce(planned_at, now()) END,
      turns_to_plan = CASE WHEN new.itinerary IS NULL THEN turns_to_plan
        ELSE coalesce(turns_to_plan, user_message_count + asked) END,
      questions_to_plan = CASE WHEN new.itinerary IS NULL THEN questions_to_plan
        ELSE coalesce(
          questions_to_plan, clarifying_questions_count + new.questions) END"""

# The update holds the session's row; only then may the chain's last event be looked up,
# by a statement of its own, which sees what was committed while the update waited.
SAVE = """
CREATE FUNCTION save_turn() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off AS $$
DECLARE
  saved record;
  messages integer := 1 + (new.answer IS NOT NULL)::integer;
  asked integer := (new.role = 'user')::integer
    + coalesce((new.answer_role = 'user')::integer, 0);
  own text := set_config('itinerary.saves_turn', 'on', true);  -- in here alone
BEGIN
  IF new.acts IS NULL THEN
    COUNT
  ELSE
    CHANGE
  END IF;
  IF NOT FOUND THEN
    own := set_config('itinerary.saves_turn', '', true);
    RETURN NULL;
  END IF;
  WITH said AS (
    INSERT INTO messages (session_id, seq, role, content, quick_replies, context,
                          turn_key, turn_position, created_at)
    SELECT new.session_id, saved.message_count - messages + 1 + it.place, it.role,
           it.content, it.quick_replies, it.context, new.turn_key, it.place, saved.at
    FROM (VALUES
      (0, new.role, new.content, new.quick_replies, new.context),
      (1, new.answer_role, new.answer, new.answer_quick_replies, new.answer_context)
    ) AS it (place, role, content, quick_replies, context)
    WHERE it.place < messages
    RETURNING json_build_object(
      'seq', seq, 'role', role, 'length', char_length(content),
      'sha256', session_digest(saved.salt, content)) AS told
  ), kept AS (
    INSERT INTO plan_versions
      (session_id, number, acts, way_back, restores, undone_from, created_at)
    SELECT new.session_id, saved.plan_version, new.acts, new.way_back, new.restores,
           new.undone_from, saved.at
    WHERE new.acts IS NOT NULL
  )
  INSERT INTO session_events (session_id, seq, at, version, kind, detail, db_role,
                              actor, request_id, hash)
  SELECT e.session_id, e.seq, e.at, e.version, e.kind, e.detail, e.db_role, e.actor,
         e.request_id, sha256(e.before || convert_to(format(
           '%s %s %s %s %L %L %L %L %s', e.session_id, e.seq, extract(epoch FROM e.at),
           e.version, e.kind, e.db_role, e.actor, e.request_id, e.detail), 'UTF8'))
  FROM (
    SELECT new.session_id, coalesce(last.seq, 0) + 1 AS seq, now() AS at, saved.version,
           'turn' AS kind,
           json_strip_nulls(json_build_object(
             'messages', (SELECT json_agg(told) FROM said),
             'preferences', CASE WHEN new.preferences IS NOT NULL
               THEN session_digest(saved.salt, saved.preferences) END,
             'itinerary', CASE WHEN new.itinerary IS NOT NULL
               THEN plan_summary(saved.salt, new.itinerary) END,
             'version', CASE WHEN new.acts IS NOT NULL THEN json_build_object(
               'number', saved.plan_version, 'sha256', session_digest(saved.salt,
                 format('%s %s %s %s %s', saved.plan_version, new.acts, new.way_back,
                        new.restores, new.undone_from))) END)) AS detail,
           session_user::text AS db_role, nullif(new.actor, '') AS actor,
           nullif(new.request_id, '') AS request_id, coalesce(last.hash, '') AS before
    FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
      SELECT seq, hash FROM session_events
      WHERE session_id = new.session_id ORDER BY seq DESC LIMIT 1
    ) AS last ON true
    OFFSET 0  -- or each mention of the detail would be worked out by itself
  ) AS e;
  own := set_config('itinerary.saves_turn', '', true);
  IF new.preferences ? 'shared' THEN
    PERFORM append_session_event(new.session_id, saved.version,
      CASE new.preferences -> 'shared' WHEN 'true' THEN 'shared' ELSE 'unshared' END,
      '{}');
  END IF;
  new.version := saved.version;
  new.message_count := saved.message_count;
  new.saved_at := saved.at;
  RETURN new;
END
$$
""".replace("COUNT", UPDATE.format(more="")).replace(
    "CHANGE", UPDATE.format(more=PLANNED)
)


def upgrade() -> None:
    op.execute("LOCK TABLE sessions")  # first, as saves do
    op.execute(DIGEST.format(volatility="STABLE"))
    op.execute(SESSION)
    op.execute("REVOKE EXECUTE ON FUNCTION audit_session() FROM PUBLIC")
    for name in FORMER:
        op.execute(f"DROP TRIGGER {name} ON sessions")
    op.execute(
        "CREATE TRIGGER audit_session AFTER UPDATE OF version, owner_hash, "
        "preferences, clarifying_questions_count, message_count, user_message_count, "
        "plans, exports, idle_timeout, created_at, ends_at "
        f"ON sessions FOR EACH ROW {OTHERS} EXECUTE FUNCTION audit_session()"
    )
    for name in GUARDED:
        op.execute(
            f"CREATE OR REPLACE TRIGGER {name} {_when(name)} {OTHERS} "
            f"EXECUTE FUNCTION {name}()"
        )
    op.execute(_keep_plan_version().replace(*NOT_OWN, 1))
    op.execute(TURNS)
    op.execute("COMMENT ON VIEW turns IS 'put a row in: it saves a turn, recorded'")
    op.execute(SAVE)
    op.execute("REVOKE EXECUTE ON FUNCTION save_turn() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER save_turn INSTEAD OF INSERT ON turns "
        "FOR EACH ROW EXECUTE FUNCTION save_turn()"
    )


def downgrade() -> None:
    """Events `turn` stay, which the build before cannot verify."""
    op.execute("LOCK TABLE sessions")
    op.execute("DROP VIEW turns")
    op.execute("DROP FUNCTION save_turn()")
    op.execute(_keep_plan_version())
    for name in GUARDED:
        op.execute(
            f"CREATE OR REPLACE TRIGGER {name} {_when(name)} EXECUTE FUNCTION {name}()"
        )
    op.execute("DROP TRIGGER audit_session ON sessions")
    op.execute("DROP FUNCTION audit_session()")
    for name in FORMER:
        op.execute(f"CREATE TRIGGER {name} {_when(name)} EXECUTE FUNCTION {name}()")
    op.execute(DIGEST.format(volatility="IMMUTABLE"))


def _when(name: str) -> str:
    """When a trigger of before fires, and on which table."""
    if name == "audit_version":  # 0008
        return "AFTER INSERT OR UPDATE ON plan_versions FOR EACH ROW"
    made = {
        it[0]: it[-2]
        for revision in ("0005", "0006")
        for it in _module(revision).TRIGGERS
    }
    return str(made[name])


def _keep_plan_version() -> str:
    """As migration 0012 left it."""
    before = _module("0012")
    made = before._replacing(_module("0008").KEEP)
    return str(made.replace(*before.KEEP, 1))


def _module(number: str) -> ModuleType:
    return context.script.get_revision(number).module
