"""The SQL of the PostgreSQL storage, where it can be read.

Times come from the database's clock alone. `ALIVE` is wherever a session is looked
for: an expired one is absent, swept or not.
"""

from __future__ import annotations

from functools import cache

from itinerary_app.storage.base import MAX_VERSIONS, TOUCH_INTERVAL

TOUCH = f"interval '{TOUCH_INTERVAL.total_seconds():g} s'"
ALIVE = f"last_accessed > now() - idle_timeout - {TOUCH} AND ends_at > now()"
# Rounded down to ten minutes: the index on it changes that often at the most, and a
# sweep looks at ten minutes' worth of living sessions in vain.
SWEEP_AFTER = (
    f"date_bin('10 min', least(now() + idle_timeout + {TOUCH}, ends_at), 'epoch')"
)
NEW_EXPIRY = {
    "idle_timeout": "%(idle)s::interval",
    "ends_at": "now() + %(lifetime)s::interval",
}
# For the triggers of the audit trail, which run when the statement ends. Statements
# read from it, or PostgreSQL would leave it out.
WHO = """who AS MATERIALIZED (
  SELECT set_config('itinerary.actor', %(actor)s, true),
         set_config('itinerary.request_id', %(request_id)s, true)
)"""
MESSAGE = "seq, role, content, quick_replies, turn_key, created_at, context"

CREATE = f"""
WITH {WHO}
INSERT INTO sessions
  (session_id, owner_hash, idle_timeout, created_at, last_accessed, ends_at,
   sweep_after)
SELECT %(session_id)s, %(owner_hash)s, idle_timeout, now(), now(), ends_at,
       {SWEEP_AFTER}
FROM who, (SELECT %(idle)s::interval AS idle_timeout,
                  now() + %(lifetime)s::interval AS ends_at) AS limits
ON CONFLICT (session_id) DO NOTHING
RETURNING created_at
"""

# Each as number, right, when it was made (microseconds), hash (hexadecimal).
COMPANIONS = """
  SELECT json_agg(json_build_array(number, "right",
    (extract(epoch FROM since) * 1000000)::bigint, encode(m.owner_hash, 'hex')))
  FROM session_members AS m WHERE m.session_id = s.session_id"""
LOAD_COLUMNS = (
    "owner_hash",
    "version",
    "preferences",
    "itinerary",
    "clarifying_questions_count",
    "message_count",
    "created_at",
    "last_accessed",
    "idle_timeout",
    "ends_at",
    "plan_version",
    "companions",
    "touch_due",
    *(MESSAGE_ARRAYS := tuple(f"{name}_array" for name in MESSAGE.split(", "))),
)

# The arrays are in no promised order; the reader sorts the few messages by seq, which
# is cheaper than an ORDER BY in each aggregate.
LOAD = f"""
SELECT owner_hash, version, preferences, itinerary::text, clarifying_questions_count,
       message_count, s.created_at, last_accessed, idle_timeout, ends_at, plan_version,
       ({COMPANIONS}),
       last_accessed < now() - {TOUCH} AS touch_due,
       {", ".join(MESSAGE_ARRAYS)}
FROM sessions AS s LEFT JOIN LATERAL (
  SELECT {", ".join(f"array_agg({n}) AS {n}_array" for n in MESSAGE.split(", "))}
  FROM (SELECT {MESSAGE} FROM messages WHERE session_id = s.session_id
        ORDER BY seq DESC LIMIT %(history)s) AS newest
) AS m ON true
WHERE s.session_id = %(session_id)s AND {ALIVE}
  AND (owner_hash = coalesce(%(owner_hash)s, owner_hash) OR EXISTS (
    SELECT FROM session_members AS m
    WHERE m.session_id = s.session_id AND m.owner_hash = %(owner_hash)s))
"""

VERSION = f"""
SELECT version FROM sessions AS s WHERE session_id = %(session_id)s AND {ALIVE}
  AND (owner_hash = %(owner_hash)s OR EXISTS (
    SELECT FROM session_members AS m
    WHERE m.session_id = s.session_id AND m.owner_hash = %(owner_hash)s))
"""

TOUCH_SESSION = f"""
UPDATE sessions SET last_accessed = now(), sweep_after = {SWEEP_AFTER}
WHERE session_id = %(session_id)s AND last_accessed < now() - {TOUCH} AND {ALIVE}
RETURNING last_accessed
"""

TURN = f"""
SELECT {", ".join(f"m.{name}" for name in MESSAGE.split(", "))}
FROM messages AS first JOIN messages AS m
  ON m.session_id = first.session_id AND m.turn_key = first.turn_key
 AND m.seq BETWEEN first.seq AND first.seq + 32767
WHERE first.session_id = %(session_id)s AND first.turn_key = %(turn_key)s
  AND first.turn_position = 0
ORDER BY m.seq
"""

DELETE = f"""
WITH {WHO}
DELETE FROM sessions USING who WHERE session_id = %(session_id)s AND {ALIVE}
RETURNING session_id
"""

# The salt of a trip without one of its own was its owner's hash, and stays.
CHANGE_OWNER = f"""
WITH {WHO}, theirs AS (
  UPDATE session_members SET owner_hash = %(new_hash)s
  FROM who WHERE owner_hash = %(owner_hash)s
)
UPDATE sessions
SET owner_hash = %(new_hash)s, audit_salt = coalesce(audit_salt, owner_hash)
FROM who WHERE owner_hash = %(owner_hash)s AND {ALIVE}
RETURNING session_id
"""

MESSAGES = f"""
SELECT {", ".join(f"m.{name}" for name in MESSAGE.split(", "))}
FROM sessions AS s LEFT JOIN LATERAL (
  SELECT {MESSAGE} FROM messages
  WHERE session_id = s.session_id
    AND (%(before)s::bigint IS NULL OR seq < %(before)s::bigint)
  ORDER BY seq DESC LIMIT %(limit)s
) AS m ON true
WHERE s.session_id = %(session_id)s AND {ALIVE}
ORDER BY m.seq
"""

VERSIONS = f"""
SELECT v.number, v.acts, v.way_back, v.created_at, v.restores, v.undone_from
FROM sessions AS s LEFT JOIN LATERAL (
  SELECT number, acts::text, way_back::text, created_at, restores, undone_from
  FROM plan_versions
  WHERE session_id = s.session_id AND number > s.plan_version - {MAX_VERSIONS}
  ORDER BY number DESC LIMIT %(limit)s
) AS v ON true
WHERE s.session_id = %(session_id)s AND {ALIVE}
ORDER BY v.number DESC
"""

LIST = f"""
SELECT session_id, preferences, message_count, itinerary IS NOT NULL,
       created_at, last_accessed, idle_timeout, ends_at, "right"
FROM (
  SELECT session_id, 'own' AS "right" FROM sessions WHERE owner_hash = %(owner_hash)s
  UNION ALL
  SELECT m.session_id, m."right" FROM session_members AS m
  WHERE m.owner_hash = %(owner_hash)s AND NOT EXISTS (  -- who owns it, too
    SELECT FROM sessions AS s
    WHERE s.session_id = m.session_id AND s.owner_hash = m.owner_hash)
) AS held JOIN sessions USING (session_id)
WHERE {ALIVE}
  AND (%(created_at)s::timestamptz IS NULL OR created_at < %(created_at)s::timestamptz
       OR created_at = %(created_at)s::timestamptz
          AND session_id > %(session_id)s::uuid)
ORDER BY created_at DESC, session_id LIMIT %(limit)s
"""

# sweep_after finds candidates cheaply, ALIVE decides, and the lock keeps a session
# that is touched meanwhile: its row is read again after waiting, or skipped.
EXPIRED = f"""
SELECT session_id FROM sessions
WHERE sweep_after < now() AND NOT ({ALIVE})
  AND session_id <> ALL (%(passed_over)s::uuid[])
ORDER BY sweep_after LIMIT %(limit)s
"""
SWEEP = f"""
WITH {WHO}, expired AS MATERIALIZED ({EXPIRED} FOR UPDATE SKIP LOCKED)
DELETE FROM sessions USING who, expired
WHERE sessions.session_id = expired.session_id AND NOT ({ALIVE})
RETURNING sessions.session_id
"""

DELETE_EXPIRED = f"""
WITH {WHO}
DELETE FROM sessions USING who WHERE session_id = %(session_id)s AND NOT ({ALIVE})
RETURNING session_id
"""

BACKLOG = f"""
SELECT count(*), now() - min(least(last_accessed + idle_timeout + {TOUCH}, ends_at))
FROM sessions WHERE sweep_after < now() AND NOT ({ALIVE})
"""

SHARE_EXPIRED = f"""
SELECT coalesce(max(expired::float / kept), 0) FROM (
  SELECT count(*) FILTER (WHERE NOT ({ALIVE})) AS expired, count(*) AS kept
  FROM sessions GROUP BY idle_timeout) AS alike
WHERE expired >= %(of_at_least)s
"""

FORGET_FACTS = """
DELETE FROM session_facts
WHERE ended_on < (now() AT TIME ZONE 'UTC')::date - %(older_than)s::interval
RETURNING id
"""

NOTE_SWEEP = """
INSERT INTO sweep_totals AS t
  (one, passes, sessions, batches, facts, seconds, last_at)
VALUES (1, 1, %(sessions)s, %(batches)s, %(facts)s, %(seconds)s, now())
ON CONFLICT (one) DO UPDATE SET
  passes = t.passes + 1, sessions = t.sessions + excluded.sessions,
  batches = t.batches + excluded.batches, facts = t.facts + excluded.facts,
  seconds = t.seconds + excluded.seconds, last_at = excluded.last_at
RETURNING one
"""
SWEEP_TOTALS = """
SELECT passes, sessions, batches, facts, seconds, last_at FROM sweep_totals
"""

RECORD_EXPORT = f"""
WITH {WHO}, told AS MATERIALIZED (
  SELECT set_config('itinerary.exported_as', %(kind)s, true)
)
UPDATE sessions SET exports = exports + 1 FROM who, told
WHERE session_id = %(session_id)s AND {ALIVE}
RETURNING session_id
"""

# Whether the tables are there; whether a turn would be refused; whether it would wait
# for standbys that are away (of "ANY 2 (a, b)" two are needed). A write would wait,
# too, and its backend with it. Without pg_read_all_stats states are null: no judgement.
CHECK = r"""
SELECT EXISTS (SELECT FROM sessions, messages LIMIT 0),
       current_setting('transaction_read_only') = 'on',
       names <> '' AND current_setting('synchronous_commit') NOT IN ('off', 'local')
       AND coalesce(substring(names FROM '(?i)^\s*(?:any|first)?\s*(\d+)\s*\(')::int, 1)
         > (SELECT count(*) FROM pg_stat_replication
            WHERE coalesce(sync_state, 'sync') IN ('sync', 'quorum'))
FROM current_setting('synchronous_standby_names') AS names
"""
NO_HURRY = "SET LOCAL idle_in_transaction_session_timeout = 0"
SOLE_SWEEPER = "SELECT pg_try_advisory_xact_lock(hashtext('itinerary_app.sweep'))"

IDS = f"""
SELECT session_id FROM sessions
WHERE session_id > %(after)s AND {ALIVE} ORDER BY session_id LIMIT %(limit)s
"""

DISCARD = f"""
WITH {WHO}
DELETE FROM sessions USING who WHERE session_id = %(session_id)s
  AND version = %(version)s AND created_at = %(created_at)s
RETURNING session_id
"""

# In one transaction: an older version makes room, and one that was begun before.
MOVED = f"""
WITH {WHO}
SELECT set_config('itinerary.ended_as', 'moved', true) FROM who  -- leaves no facts
"""
MAKE_ROOM = """
DELETE FROM sessions WHERE session_id = %(session_id)s
  AND (created_at, version) < (%(created_at)s, %(version)s)
"""

RESTORE = f"""
INSERT INTO sessions
  (session_id, owner_hash, version, preferences, itinerary,
   plans, plan_version, clarifying_questions_count, message_count,
   user_message_count, idle_timeout, created_at, ends_at, last_accessed, sweep_after)
SELECT %(session_id)s, %(owner_hash)s, %(version)s, %(preferences)s::jsonb,
       %(itinerary)s::json, (%(itinerary)s::text IS NOT NULL)::integer,
       %(plan_version)s, %(questions)s, %(count)s, %(user_messages)s, idle_timeout,
       %(created_at)s, ends_at, %(last_accessed)s, {SWEEP_AFTER}
FROM (SELECT %(idle)s::interval AS idle_timeout, %(ends_at)s::timestamptz AS ends_at)
  AS limits
ON CONFLICT (session_id) DO NOTHING
RETURNING session_id
"""

RESTORE_MESSAGE = """
INSERT INTO messages (session_id, seq, role, content, quick_replies, turn_key,
                      turn_position, created_at, context)
VALUES (%s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s::json)
"""
RESTORE_VERSION = """
INSERT INTO plan_versions
  (session_id, number, acts, way_back, created_at, restores, undone_from)
VALUES (%s, %s, %s::json, %s::json, %s, %s, %s)
"""

RESTORE_COMPANION = """
INSERT INTO session_members (session_id, number, "right", since, owner_hash)
VALUES (%s, %s, %s, %s, %s)
"""

# In one transaction (reencrypting.py). Of versions the app may insert and delete alone.
REENCRYPTING = f"""
WITH {WHO} SELECT set_config('itinerary.reencrypting', 'on', true) FROM who
"""
ALL_IDS = """
SELECT session_id FROM sessions
WHERE session_id > %(after)s ORDER BY session_id LIMIT %(limit)s
"""
HOLD = """
SELECT preferences, itinerary::text FROM sessions
WHERE session_id = %(session_id)s FOR NO KEY UPDATE
"""
SAID = f"SELECT {MESSAGE} FROM messages WHERE session_id = %(session_id)s"
KEPT_VERSIONS = """
SELECT number, acts::text, way_back::text, created_at, restores, undone_from
FROM plan_versions WHERE session_id = %(session_id)s
"""
PUT_PREFERENCES = """
UPDATE sessions SET preferences = %(preferences)s::jsonb
WHERE session_id = %(session_id)s
"""
PUT_ITINERARY = """
UPDATE sessions SET itinerary = %(itinerary)s::json WHERE session_id = %(session_id)s
"""
PUT_MESSAGE = """
UPDATE messages SET content = %(content)s, quick_replies = %(quick_replies)s::jsonb,
                    context = %(context)s::json
WHERE session_id = %(session_id)s AND seq = %(seq)s
"""
DROP_VERSION = """
DELETE FROM plan_versions WHERE session_id = %(session_id)s AND number = %(number)s
"""
PUT_VERSION = """
INSERT INTO plan_versions
  (session_id, number, acts, way_back, created_at, restores, undone_from)
VALUES (%(session_id)s, %(number)s, %(acts)s::json, %(way_back)s::json, %(created_at)s,
        %(restores)s, %(undone_from)s)
"""


# A version is one more insert, and none of the old ones' deletion but now and then.
_KEPT = """, kept AS (
INSERT INTO plan_versions
  (session_id, number, acts, way_back, restores, undone_from, created_at)
SELECT session_id, plan_version, %(acts)s::json, %(way_back)s::json,
       %(restores)s::integer, %(undone_from)s::integer, saved_at
FROM saved)"""
_THINNED = f""", thinned AS (
DELETE FROM plan_versions AS old USING saved
WHERE old.session_id = saved.session_id
  AND old.number <= saved.plan_version - {MAX_VERSIONS})"""


# Whose number stays and is another is updated, so that none is written twice.
_COMPANIONS = """, dismissed AS (
DELETE FROM session_members AS old USING saved
WHERE old.session_id = saved.session_id AND number <> ALL (%(numbers)s::int[])
), welcome AS (
INSERT INTO session_members AS old (session_id, number, "right", since, owner_hash)
SELECT session_id, it.* FROM saved, unnest(
  %(numbers)s::int[], %(rights)s::text[], %(since)s::timestamptz[], %(hashes)s::bytea[]
) AS it
ON CONFLICT (session_id, number) DO UPDATE SET
  "right" = excluded."right", since = excluded.since, owner_hash = excluded.owner_hash
WHERE (old."right", old.since, old.owner_hash)
  IS DISTINCT FROM (excluded."right", excluded.since, excluded.owner_hash))"""


@cache
def save(
    *,
    messages: int,
    preferences: bool,
    itinerary: bool,
    unplanned: bool,
    versioned: bool,
    recorded: bool,
    thinned: bool,
    expiring: bool,
    companions: bool,
) -> str:
    """The statement that saves a turn: only what changed is written.

    No row comes back when the session is gone, or its version another than expected.
    """
    update = f"""
UPDATE sessions SET version = version + 1,
  message_count = message_count + {messages},
  user_message_count = user_message_count + %(user_messages)s,
  clarifying_questions_count = clarifying_questions_count + %(questions)s,
  last_accessed = greatest(last_accessed, now())"""
    sweep_after = SWEEP_AFTER
    if expiring:
        for column, value in NEW_EXPIRY.items():
            update += f", {column} = {value}"
            sweep_after = sweep_after.replace(column, value)  # not that of before
    update += f", sweep_after = {sweep_after}"
    if preferences:
        update += """,
  preferences = jsonb_strip_nulls(preferences || %(preferences)s::jsonb)"""
    if itinerary:
        update += """,
  itinerary = %(itinerary)s::json, plans = plans + 1,
  planned_at = coalesce(planned_at, now()),
  turns_to_plan = coalesce(turns_to_plan, user_message_count + %(user_messages)s),
  questions_to_plan = coalesce(
    questions_to_plan, clarifying_questions_count + %(questions)s)"""
    if unplanned:
        update += ", itinerary = NULL"
    if recorded:
        update += ", plan_version = plan_version + 1"
    update += f"\nFROM who WHERE session_id = %(session_id)s AND {ALIVE}"
    if versioned:
        update += " AND version = %(expected_version)s"
    update += """
RETURNING session_id, version, message_count, plan_version,
  last_accessed AS saved_at"""
    statement = f"\nWITH {WHO}, saved AS ({update})"
    if messages:
        statement += f""", said AS (
INSERT INTO messages (session_id, seq, role, content, quick_replies, context, turn_key,
                      turn_position, created_at)
SELECT session_id, message_count - {messages} + turn_position + 1, role, content,
       quick_replies, context, %(turn_key)s::text, turn_position, saved_at
FROM saved, (VALUES {_values(messages)})
  AS turn (turn_position, role, content, quick_replies, context))"""
    if recorded:
        statement += _KEPT
    if thinned:
        statement += _THINNED
    if companions:
        statement += _COMPANIONS
    return f"{statement}\nSELECT version, message_count, saved_at FROM saved\n"


def _values(messages: int) -> str:
    return ", ".join(
        f"({place}, %(role_{place})s::text, %(content_{place})s::text, "
        f"%(quick_replies_{place})s::jsonb, %(context_{place})s::json)"
        for place in range(messages)
    )
