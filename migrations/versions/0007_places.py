"""Imported places, the cities that they belong to, and a line for each import.

The shipped places stay files. What is imported is found by city and kind, best first,
and by kind around a point: a btree on kind, latitude and longitude is smaller and
quicker than GiST on points (see PLACES.md), and needs no extension.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "place_cities",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("radius_km", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_place_cities"),
    )
    op.create_table(
        "place_imports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_place_imports"),
    )
    op.create_table(
        "places",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("city_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("interests", ARRAY(sa.Text()), nullable=False),
        sa.Column("importance", sa.SmallInteger(), nullable=False),
        sa.Column("hours", sa.Text()),
        sa.Column("price", sa.Double()),
        sa.Column("currency", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("local_name", sa.Text()),
        sa.Column("minutes", sa.SmallInteger()),
        sa.Column("diets", ARRAY(sa.Text()), nullable=False),
        sa.Column("wheelchair", sa.Text()),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "score",
            sa.SmallInteger(),
            sa.Computed(
                "importance * 2 + (hours IS NOT NULL)::integer", persisted=True
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
        sa.ForeignKeyConstraint(
            ["city_id"], ["place_cities.id"], name="fk_places_city_id"
        ),
    )
    op.create_index("ux_places_source", "places", ["source", "source_id"], unique=True)
    op.create_index(
        "ix_places_city_id", "places", ["city_id", "category", "score", "id"]
    )
    op.create_index("ix_places_category", "places", ["category", "lat", "lon"])


def downgrade() -> None:
    op.drop_table("places")
    op.drop_table("place_imports")
    op.drop_table("place_cities")
