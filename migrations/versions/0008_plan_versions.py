"""Versions of preferences and plan, and what an assistant's message was about.

A change that says nothing of versions, by the build before or by hand, makes one too: a
trigger keeps what it overwrote. Audit records each by number and digest.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0008"
down_revision = "0007"

# Whoever records a version counts plan_version up himself, and makes a smaller patch.
# It runs with its owner's rights: the app's role has none on the new table until they
# are granted, and the build before goes on until then. 64 is MAX_VERSIONS.
KEEP = """
CREATE FUNCTION keep_plan_version() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  wishes jsonb := old.preferences;
  wished jsonb := new.preferences;
  patch json[] := '{}';
BEGIN
  -- What is no object was put there by hand.
  IF jsonb_typeof(wishes) = 'object' AND jsonb_typeof(wished) = 'object' THEN
    wishes := wishes - 'shared';
    wished := wished - 'shared';
  END IF;
  IF wishes <> wished THEN
    patch := array_append(patch, json_build_object(
      'op', 'replace', 'path', '/preferences', 'value', wishes));
  END IF;
  IF new.itinerary::text IS DISTINCT FROM old.itinerary::text THEN
    patch := array_append(patch, json_build_object(
      'op', 'replace', 'path', '/plan', 'value', old.itinerary));
  END IF;
  IF cardinality(patch) = 0 THEN
    RETURN new;
  END IF;
  new.plan_version := old.plan_version + 1;
  INSERT INTO plan_versions (session_id, number, acts, way_back, created_at)
  VALUES (new.session_id, new.plan_version, '[]', array_to_json(patch), now());
  DELETE FROM plan_versions
  WHERE session_id = new.session_id AND number <= new.plan_version - 64;
  RETURN new;
END
$$
"""

# Uncompresses the plan once, where 0005 did so at each mention and made jsonb of it;
# that took longer than all else that a turn with a plan does in the database.
PLAN_SUMMARY = """
CREATE OR REPLACE FUNCTION plan_summary(owner_hash bytea, itinerary json) RETURNS json
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  plan text := itinerary::text;
  digest text := session_digest(owner_hash, plan);
  city json;
  days json;
BEGIN
  SELECT it.city -> 1, it.days INTO city, days
  FROM json_to_record(plan::json) AS it (city json, days json);
  RETURN json_build_object(
    'city', city, 'days', json_array_length(days),
    'stops', (SELECT coalesce(sum(json_array_length(day -> 'stops')), 0)
              FROM json_array_elements(days) AS day),
    'sha256', digest);
EXCEPTION WHEN data_exception THEN  -- none of our plans, and recorded all the same
  RETURN json_build_object('sha256', digest);
END
$$
"""

# The digest begins with the owner's hash, as all digests of the trail do. Whoever makes
# a version holds the session's row, so that no two events want the same place.
AUDIT = """
CREATE FUNCTION audit_version() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off AS $$
DECLARE
  s record;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM FROM sessions WHERE session_id = new.session_id FOR NO KEY UPDATE;
  END IF;
  SELECT version, owner_hash INTO s FROM sessions WHERE session_id = new.session_id;
  PERFORM append_session_event(new.session_id, s.version, 'version',
    json_build_object('number', new.number, 'sha256', session_digest(
      s.owner_hash, format('%s %s %s %s %s', new.number, new.acts, new.way_back,
                           new.restores, new.undone_from))));
  RETURN NULL;
END
$$
"""


def upgrade() -> None:
    op.add_column(
        "sessions",
        sa.Column("plan_version", sa.Integer(), nullable=False, server_default="0"),
    )
    op.add_column("messages", sa.Column("context", sa.JSON(none_as_null=True)))
    op.create_table(
        "plan_versions",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("way_back", sa.JSON(), nullable=False),
        sa.Column("restores", sa.Integer()),
        sa.Column("undone_from", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.session_id"],
            name="fk_plan_versions_session_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "number", name="pk_plan_versions"),
    )
    for function in (KEEP, AUDIT, PLAN_SUMMARY):
        op.execute(function)
    for name in ("keep_plan_version", "audit_version"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {name}() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER keep_plan_version "
        "BEFORE UPDATE OF preferences, itinerary ON sessions FOR EACH ROW "
        "WHEN (new.plan_version = old.plan_version) "
        "EXECUTE FUNCTION keep_plan_version()"
    )
    op.execute(
        "CREATE TRIGGER audit_version AFTER INSERT OR UPDATE ON plan_versions "
        "FOR EACH ROW EXECUTE FUNCTION audit_version()"
    )
    op.execute(
        "CREATE TRIGGER audit_refuse BEFORE TRUNCATE ON plan_versions "
        "EXECUTE FUNCTION audit_refuse('use DELETE, which is recorded')"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER keep_plan_version ON sessions")
    op.drop_table("plan_versions")
    op.execute("DROP FUNCTION keep_plan_version()")
    op.execute("DROP FUNCTION audit_version()")
    before = context.script.get_revision("0005").module
    op.execute(
        before.PLAN_SUMMARY.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    )
    op.drop_column("messages", "context")
    op.drop_column("sessions", "plan_version")
