"""Plans that were taken away or shared, totals of the sweeps, old audit forgotten.

`session_facts` and the views count exports; the trail records them, and sharing. What
the sweeps did is in one row, for metrics. Chains that are old enough may be forgotten
by the owner of the tables, who leaves a signed record of it.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import context, op

revision = "0006"
down_revision = "0005"

VIEWS = Path(__file__).resolve().parents[1] / "views" / revision

KEEP_SESSION_FACT = """
CREATE OR REPLACE FUNCTION keep_session_fact() RETURNS trigger LANGUAGE plpgsql AS $$
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
                    ELSE coalesce(session_ended_as(old), 'deleted') END,
      old.exports
    FROM session_fact(old) AS fact;
  END IF;
  RETURN NULL;
END
$$
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

TRIGGERS = (
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
    op.execute(KEEP_SESSION_FACT)
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
    before["0004"].downgrade()
    op.execute("DROP VIEW analytics.sessions")
    op.execute(
        before["0003"].KEEP_SESSION_FACT.replace(
            "CREATE FUNC", "CREATE OR REPLACE FUNC"
        )
    )
    for table in ("sessions", "session_facts"):
        op.drop_column(table, "exports")
    op.execute(before["0003"].ALL_SESSIONS)
    before["0004"].upgrade()
