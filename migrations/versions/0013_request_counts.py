"""Where all processes count requests together; nothing that has to outlive a crash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "request_counts",
        sa.Column(
            "key",
            sa.LargeBinary(),
            nullable=False,
            comment="HMAC of what is limited and of whom",
        ),
        sa.Column("period", sa.BigInteger(), nullable=False, comment="the newest"),
        sa.Column("count", sa.BigInteger(), nullable=False, comment="in that period"),
        sa.Column("before", sa.BigInteger(), nullable=False, comment="in the last one"),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_request_counts"),
        comment="how often one asked, of the last minutes",
        prefixes=["UNLOGGED"],
        postgresql_with={"fillfactor": 50},
    )


def downgrade() -> None:
    op.drop_table("request_counts")
