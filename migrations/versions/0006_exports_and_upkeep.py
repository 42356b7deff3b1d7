"""Plans that were taken away or shared, totals of the sweeps, old audit forgotten.

`session_facts` and the views count exports; the trail records them, and sharing. What
the sweeps did is in one row, for metrics. Chains that are old enough may be forgotten
by the owner of the tables, who leaves a signed record of it. The facts and events of
what is deleted are written once a statement, no longer once a row: sweeps are quicker.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import context, op

revision = "0006"
down_revision = "0005"

VIEWS = Path(__file__).resolve().parents[1] / "views" / revision

# Of all sessions that one statement deletes at once, as a sweep has 500 of them. The
# functions for single rows stay, unused, for a downgrade.
KEEP_SESSION_FACTS = """
CREATE FUNCTION keep_session_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ended_as text := coalesce(current_setting('itinerary.ended_as', true), '');
BEGIN
  IF ended_as <> 'moved' THEN
    INSERT INTO session_facts (
      started_on, started_hour, city, days, pace, budget, interests, user_messages,
      assistant_messages, questions, plans, seconds_to_plan, turns_to_plan,
      questions_to_plan, seconds_used, ended_on, reason, exports)
    SELECT fact.*, (now() AT TIME ZONE 'UTC')::date,
      CASE ended_as WHEN 'erased' THEN 'erased'
                    ELSE coalesce(session_ended_as(s), 'deleted') END,
      (s).exports
    FROM (SELECT ROW(gone.*)::sessions AS s FROM gone) AS ended,
         session_fact(s) AS fact;
  END IF;
  RETURN NULL;
END
$$
"""

# What append_session_event (0005) does, for all of them.
ENDED = """
DECLARE
  told text := current_setting('itinerary.ended_as', true);
BEGIN
  INSERT INTO session_events (session_id, seq, at, version, kind, detail, db_role,
                              actor, request_id, hash)
  SELECT e.session_id, e.seq, e.at, e.version, e.kind, e.detail, e.db_role, e.actor,
         e.request_id, sha256(coalesce(e.before, '') || convert_to(format(
           '%s %s %s %s %L %L %L %L %s', e.session_id, e.seq, extract(epoch FROM e.at),
           e.version, e.kind, e.db_role, e.actor, e.request_id, e.detail), 'UTF8'))
  FROM (
    SELECT gone.session_id, coalesce(last.seq, 0) + 1 AS seq, now() AS at, gone.version,
           CASE WHEN told IN ('erased', 'moved') THEN told
                ELSE coalesce(session_ended_as(ROW(gone.*)::sessions), 'deleted')
           END AS kind,
           json_build_object('messages', gone.message_count) AS detail,
           session_user::text AS db_role,
           nullif(current_setting('itinerary.actor', true), '') AS actor,
           nullif(current_setting('itinerary.request_id', true), '') AS request_id,
           last.hash AS before
    FROM gone LEFT JOIN LATERAL (
      SELECT seq, hash FROM session_events AS it
      WHERE it.session_id = gone.session_id ORDER BY seq DESC LIMIT 1
    ) AS last ON true
  ) AS e;
  RETURN NULL;
END
"""

# As in 0004: the star was written out when the function was made.
READ_FUNNEL = """
CREATE OR REPLACE FUNCTION analyst.read_funnel() RETURNS SETOF analytics.funnel
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC SELECT * FROM analytics.funnel WHERE started >= 5; END
"""
SHOW_FUNNEL = (
    "CREATE OR REPLACE VIEW analyst.funnel AS SELECT * FROM analyst.read_funnel()"
)

# Who owns the trail may delete of it, when he says that he means it.
REFUSE = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('itinerary.forgetting', true) = 'on'
     AND pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
  THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% of % is refused: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0]
    USING ERRCODE = 'insufficient_privilege';
END
$$
"""

GONE = """AFTER DELETE ON sessions REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT"""
TRIGGERS = (
    ("audit_gone", GONE, ENDED),
    (
        "audit_exported",
        """AFTER UPDATE OF exports ON sessions FOR EACH ROW
  WHEN (new.exports <> old.exports)""",
        """
BEGIN
  PERFORM append_session_event(new.session_id, new.version, 'exported',
    json_build_object('as', nullif(current_setting('itinerary.exported_as', true), ''),
                      'exports', new.exports));
  RETURN NULL;
END
""",
    ),
    (
        "audit_shared",
        """AFTER UPDATE OF preferences ON sessions FOR EACH ROW
  WHEN ((new.preferences -> 'shared') IS DISTINCT FROM (old.preferences -> 'shared'))
""",
        """
BEGIN
  PERFORM append_session_event(new.session_id, new.version,
    CASE new.preferences -> 'shared' WHEN 'true' THEN 'shared' ELSE 'unshared' END,
    '{}');
  RETURN NULL;
END
""",
    ),
)


def upgrade() -> None:
    for table in ("sessions", "session_facts"):
        op.add_column(
            table,
            sa.Column("exports", sa.Integer, nullable=False, server_default="0"),
        )
    op.execute("DROP TRIGGER keep_session_fact ON sessions")
    op.execute("DROP TRIGGER audit_ended ON sessions")
    op.execute(KEEP_SESSION_FACTS)
    op.execute(
        f"CREATE TRIGGER keep_session_facts {GONE} "
        "EXECUTE FUNCTION keep_session_facts()"
    )
    for view in ("sessions", "funnel"):
        op.execute((VIEWS / f"{view}.sql").read_text(encoding="utf-8"))
    op.execute(READ_FUNNEL)
    op.execute(SHOW_FUNNEL)
    for schema in ("analytics", "analyst"):
        op.execute(
            f"COMMENT ON COLUMN {schema}.funnel.exported IS "
            "'Sessions whose plan was taken away: calendar, map, file'"
        )
    for name, when, body in TRIGGERS:
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp "
            f"SET enable_seqscan = off AS $${body}$$"
        )
        op.execute(f"REVOKE EXECUTE ON FUNCTION {name}() FROM PUBLIC")
        op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()")
    op.execute(REFUSE)
    op.create_table(
        "audit_forgotten",
        sa.Column("seal", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chains", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seal", name="pk_audit_forgotten"),
    )
    op.execute(
        "CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON audit_forgotten EXECUTE FUNCTION "
        "audit_refuse('the audit trail is only ever added to')"
    )
    op.create_table(
        "sweep_totals",
        sa.Column("one", sa.SmallInteger, autoincrement=False, nullable=False),
        sa.Column("passes", sa.BigInteger, nullable=False),
        sa.Column("sessions", sa.BigInteger, nullable=False),
        sa.Column("batches", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_sweep_totals"),
    )


def downgrade() -> None:
    # Views lose a column only when they are made anew, with all that rest on them.
    before = {
        revision: context.script.get_revision(revision).module
        for revision in ("0003", "0004", "0005")
    }
    op.drop_table("sweep_totals")
    op.drop_table("audit_forgotten")
    op.execute(before["0005"].REFUSE.replace("CREATE FUNC", "CREATE OR REPLACE FUNC"))
    for name, _, _ in TRIGGERS:
        op.execute(f"DROP TRIGGER {name} ON sessions")
        op.execute(f"DROP FUNCTION {name}()")
    op.execute("DROP TRIGGER keep_session_facts ON sessions")
    op.execute("DROP FUNCTION keep_session_facts()")
    before["0004"].downgrade()
    op.execute("DROP VIEW analytics.sessions")
    for name in ("keep_session_fact", "audit_ended"):
        op.execute(
            f"CREATE TRIGGER {name} AFTER DELETE ON sessions "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    for table in ("sessions", "session_facts"):
        op.drop_column(table, "exports")
    op.execute(before["0003"].ALL_SESSIONS)
    before["0004"].upgrade()
