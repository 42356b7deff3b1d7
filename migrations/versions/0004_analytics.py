"""Views that answer analysts' questions: exact for us, without small groups for them.

The exact ones are in the schema `analytics`, a file of views/0004 each. Analysts read
the schema `analyst`: the same views without the rows that tell of few sessions.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"

VIEWS = Path(__file__).resolve().parents[1] / "views" / revision
# The views, and the column that tells how many sessions are behind a row.
COUNTED = {
    "sessions_per_day": "started",
    "funnel": "started",
    "cities_per_day": "sessions",
    "interests_per_day": "sessions",
    "questions_to_plan": "sessions",
    "turns_per_plan": "sessions",
    "length_of_stay": "sessions",
    "time_to_plan": "sessions",
    "starts_by_hour": "sessions",
    "retention_backlog": "sessions",
}

# Bodies that are parsed now. Those of 0003 are parsed by each query with the caller's
# search_path, and a caller's own type `date` would then see every session.
SESSION_FACT = """
CREATE OR REPLACE FUNCTION session_fact(s sessions) RETURNS TABLE (
  started_on date, started_hour smallint, city text, days smallint, pace text,
  budget text, interests text[], user_messages bigint, assistant_messages bigint,
  questions integer, plans integer, seconds_to_plan integer, turns_to_plan bigint,
  questions_to_plan integer, seconds_used integer
) LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC
  SELECT (s.created_at AT TIME ZONE 'UTC')::date,
         extract(hour FROM s.created_at AT TIME ZONE 'UTC')::smallint,
         s.preferences ->> 'city',
         (s.preferences ->> 'duration_days')::smallint,
         s.preferences ->> 'pace',
         s.preferences ->> 'budget',
         ARRAY(SELECT jsonb_array_elements_text(s.preferences -> 'interests')),
         s.user_message_count,
         s.message_count - s.user_message_count,
         s.clarifying_questions_count,
         s.plans,
         extract(epoch FROM s.planned_at - s.created_at)::integer,
         s.turns_to_plan,
         s.questions_to_plan,
         extract(epoch FROM s.last_accessed - s.created_at)::integer;
END
"""
SESSION_ENDED_AS = """
CREATE OR REPLACE FUNCTION session_ended_as(s sessions) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
  WHEN s.ends_at <= now() THEN 'lifetime'
  WHEN s.last_accessed <= now() - s.idle_timeout - interval '60 s' THEN 'expired'
END
"""

# A function with its owner's rights, as what a mere view leaves out can be seen: by
# EXPLAIN ANALYZE, which counts rows, and by a function in the reader's WHERE.
READ = """
CREATE FUNCTION analyst.read_{view}() RETURNS SETOF analytics.{view}
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC SELECT * FROM analytics.{view} WHERE {counted} >= 5; END
"""
SHOW = "CREATE VIEW analyst.{view} AS SELECT * FROM analyst.read_{view}()"


def upgrade() -> None:
    op.execute(SESSION_FACT)
    op.execute(SESSION_ENDED_AS)
    op.execute("CREATE SCHEMA analyst")
    for view, counted in COUNTED.items():
        text = (VIEWS / f"{view}.sql").read_text(encoding="utf-8")
        create, *comments = text.split(";\n")[:-1]
        op.execute(create)
        op.execute(READ.format(view=view, counted=counted))
        op.execute(SHOW.format(view=view))
        for comment in comments:
            op.execute(comment)
            op.execute(comment.replace("analytics.", "analyst.", 1))
    op.execute("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA analyst FROM PUBLIC")


def downgrade() -> None:
    """The functions keep their bodies: they do the same as those of 0003."""
    op.execute("DROP SCHEMA analyst CASCADE")
    for view in COUNTED:
        op.execute(f"DROP VIEW analytics.{view}")
