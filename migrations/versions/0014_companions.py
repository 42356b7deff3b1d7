"""Who else has a trip: companions and invitations, which the audit trail records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

# By number and right, never by hash. Those that go with their session, by the foreign
# key's own trigger, are not recorded one by one. Whoever changes a hash alone, as when
# a companion gets a new secret, does not hold the session's row yet.
AUDIT = """
CREATE FUNCTION audit_member() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off AS $$
DECLARE
  it session_members := CASE WHEN TG_OP = 'DELETE' THEN old ELSE new END;
  at_version bigint;
BEGIN
  SELECT version INTO at_version FROM sessions
  WHERE session_id = it.session_id FOR NO KEY UPDATE;
  IF FOUND THEN
    PERFORM append_session_event(it.session_id, at_version, 'companion',
      json_build_object(
        'number', it.number,
        'right', CASE WHEN TG_OP <> 'DELETE' THEN it."right" END,
        'is', CASE WHEN TG_OP = 'DELETE' THEN 'dismissed'
                   WHEN it.owner_hash IS NULL THEN 'invited'
                   WHEN TG_OP = 'INSERT' THEN 'joined' ELSE 'changed' END));
  END IF;
  RETURN NULL;
END
$$
"""


def upgrade() -> None:
    op.create_table(
        "session_members",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("right", sa.Text(), nullable=False, comment="look or edit"),
        sa.Column(
            "since",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was invited, or joined",
        ),
        sa.Column(
            "owner_hash",
            sa.LargeBinary(),
            comment="SHA-256 of the companion's secret",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.session_id"],
            name="fk_session_members_session_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "number", name="pk_session_members"),
        comment="companions and invitations of trips",
    )
    op.create_index(
        "ix_session_members_owner_hash",
        "session_members",
        ["owner_hash"],
        postgresql_where=sa.text("owner_hash IS NOT NULL"),
    )
    op.execute(AUDIT)
    op.execute("REVOKE EXECUTE ON FUNCTION audit_member() FROM PUBLIC")
    for when, only in (
        ("INSERT OR UPDATE", ""),
        ("DELETE", "WHEN (pg_trigger_depth() = 0)"),
    ):
        op.execute(
            f"CREATE TRIGGER audit_member_{when[:6].lower()} AFTER {when} "
            f"ON session_members FOR EACH ROW {only} EXECUTE FUNCTION audit_member()"
        )
    op.execute(
        "CREATE TRIGGER audit_refuse BEFORE TRUNCATE ON session_members "
        "EXECUTE FUNCTION audit_refuse('use DELETE, which is recorded')"
    )


def downgrade() -> None:
    op.drop_table("session_members")
    op.execute("DROP FUNCTION audit_member()")
