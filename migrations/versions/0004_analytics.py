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

# A function with its owner's rights, as what a mere view leaves out can be seen: by
# EXPLAIN ANALYZE, which counts rows, and by a function in the reader's WHERE. Without
# the search_path a reader's own type `date` would be used by session_fact().
READ = """
CREATE FUNCTION analyst.read_{view}() RETURNS SETOF analytics.{view}
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC SELECT * FROM analytics.{view} WHERE {counted} >= 5; END
"""
SHOW = "CREATE VIEW analyst.{view} AS SELECT * FROM analyst.read_{view}()"


def upgrade() -> None:
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
    op.execute("DROP SCHEMA analyst CASCADE")
    for view in COUNTED:
        op.execute(f"DROP VIEW analytics.{view}")
