"""What is known of a session outlives it, without texts, ids and owners.

Sessions count what their messages will not tell any more once they are gone. One
function says what the facts of a session are; the trigger keeps them when a session is
deleted, by whomever, and the views read them of those that live.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

# What psql wrote into preferences must not keep a session from being deleted: what is
# no number of days or no list of interests is no fact.
# The facts of one session, in the order of session_facts' columns from started_on to
# seconds_used.
SESSION_FACT = """
CREATE FUNCTION session_fact(s sessions) RETURNS TABLE (
  started_on date, started_hour smallint, city text, days smallint, pace text,
  budget text, interests text[], user_messages bigint, assistant_messages bigint,
  questions integer, plans integer, seconds_to_plan integer, turns_to_plan bigint,
  questions_to_plan integer, seconds_used integer
) LANGUAGE sql STABLE AS $$
  SELECT (s.created_at AT TIME ZONE 'UTC')::date,
         extract(hour FROM s.created_at AT TIME ZONE 'UTC')::smallint,
         s.preferences ->> 'city',
         jsonb_path_query_first(
           s.preferences, '$.duration_days ? (@ >= 0 && @ < 1000)')::smallint,
         s.preferences ->> 'pace',
         s.preferences ->> 'budget',
         ARRAY(SELECT it #>> '{}'
               FROM jsonb_path_query(s.preferences, '$.interests[*]') AS it),
         s.user_message_count,
         s.message_count - s.user_message_count,
         s.clarifying_questions_count,
         s.plans,
         extract(epoch FROM s.planned_at - s.created_at)::integer,
         s.turns_to_plan,
         s.questions_to_plan,
         extract(epoch FROM s.last_accessed - s.created_at)::integer
$$
"""

# Why a session ended; null while it lives. Who deletes says in itinerary.ended_as when
# it was 'erased', or only 'moved'.
SESSION_ENDED_AS = """
CREATE FUNCTION session_ended_as(s sessions) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN unused < s.ends_at THEN 'expired' ELSE 'lifetime' END
  FROM (SELECT s.last_accessed + s.idle_timeout + interval '60 s') AS it (unused)
  WHERE now() >= least(s.ends_at, unused)
$$
"""

# A row for each session that ended, expired (swept or not) or lives.
ALL_SESSIONS = """
CREATE VIEW analytics.sessions AS
SELECT fact.*, session_ended_as(s) AS reason
FROM public.sessions AS s, session_fact(s) AS fact
UNION ALL
SELECT started_on, started_hour, city, days, pace, budget, interests, user_messages,
       assistant_messages, questions, plans, seconds_to_plan, turns_to_plan,
       questions_to_plan, seconds_used, reason
FROM public.session_facts
"""

KEEP_SESSION_FACT = """
CREATE FUNCTION keep_session_fact() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ended_as text := coalesce(current_setting('itinerary.ended_as', true), '');
BEGIN
  IF ended_as <> 'moved' THEN
    INSERT INTO session_facts (
      started_on, started_hour, city, days, pace, budget, interests, user_messages,
      assistant_messages, questions, plans, seconds_to_plan, turns_to_plan,
      questions_to_plan, seconds_used, ended_on, reason)
    SELECT fact.*, (now() AT TIME ZONE 'UTC')::date,
      CASE ended_as WHEN 'erased' THEN 'erased'
                    ELSE coalesce(session_ended_as(old), 'deleted') END
    FROM session_fact(old) AS fact;
  END IF;
  RETURN NULL;
END
$$
"""


def upgrade() -> None:
    zero = {"server_default": "0", "nullable": False}
    op.add_column("sessions", sa.Column("user_message_count", sa.BigInteger, **zero))
    op.add_column("sessions", sa.Column("plans", sa.Integer, **zero))
    op.add_column("sessions", sa.Column("planned_at", sa.DateTime(timezone=True)))
    op.add_column("sessions", sa.Column("turns_to_plan", sa.BigInteger))
    op.add_column("sessions", sa.Column("questions_to_plan", sa.Integer))
    op.execute(
        "UPDATE sessions SET plans = (itinerary IS NOT NULL)::integer, "
        "user_message_count = (SELECT count(*) FROM messages WHERE role = 'user' "
        "AND messages.session_id = sessions.session_id)"
    )
    op.create_table(
        "session_facts",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("started_on", sa.Date, nullable=False),
        sa.Column("started_hour", sa.SmallInteger, nullable=False),
        sa.Column("city", sa.Text),
        sa.Column("days", sa.SmallInteger),
        sa.Column("pace", sa.Text),
        sa.Column("budget", sa.Text),
        sa.Column("interests", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("user_messages", sa.BigInteger, nullable=False),
        sa.Column("assistant_messages", sa.BigInteger, nullable=False),
        sa.Column("questions", sa.Integer, nullable=False),
        sa.Column("plans", sa.Integer, nullable=False),
        sa.Column("seconds_to_plan", sa.Integer),
        sa.Column("turns_to_plan", sa.BigInteger),
        sa.Column("questions_to_plan", sa.Integer),
        sa.Column("seconds_used", sa.Integer, nullable=False),
        sa.Column("ended_on", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_session_facts_ended_on", "session_facts", ["ended_on"])
    op.execute(SESSION_FACT)
    op.execute(SESSION_ENDED_AS)
    op.execute(KEEP_SESSION_FACT)
    op.execute(
        "CREATE TRIGGER keep_session_fact AFTER DELETE ON sessions "
        "FOR EACH ROW EXECUTE FUNCTION keep_session_fact()"
    )
    op.execute("CREATE SCHEMA analytics")
    op.execute(ALL_SESSIONS)


def downgrade() -> None:
    op.execute("DROP VIEW analytics.sessions")
    op.execute("DROP SCHEMA analytics")
    op.execute("DROP TRIGGER keep_session_fact ON sessions")
    op.execute("DROP FUNCTION keep_session_fact()")
    op.execute("DROP FUNCTION session_ended_as(sessions)")
    op.execute("DROP FUNCTION session_fact(sessions)")
    op.drop_table("session_facts")
    for column in (
        "user_message_count",
        "plans",
        "planned_at",
        "turns_to_plan",
        "questions_to_plan",
    ):
        op.drop_column("sessions", column)
