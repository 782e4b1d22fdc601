"""Keep statements of control, the areas that they speak of, and the sides of the factions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "sides",
        sa.Column("side_id", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_ar", sa.Text(), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("side_id", name=op.f("pk_sides")),
    )
    # Written out: Alembic would copy the table and drop the old one, which SQLite refuses while events,
    # aliases and members refer to it. Both databases take this.
    op.execute(
        "ALTER TABLE factions ADD COLUMN side_id VARCHAR(120) "
        "CONSTRAINT fk_factions_side_id REFERENCES sides (side_id)"
    )
    op.create_table(
        "areas",
        sa.Column("area_id", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_ar", sa.Text(), nullable=False),
        sa.Column("outline", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("area_id", name=op.f("pk_areas")),
    )
    op.create_table(
        "statements",
        sa.Column("statement_id", sa.String(length=120), nullable=False),
        sa.Column("place_id", sa.String(length=120), nullable=True),
        sa.Column("area_id", sa.String(length=120), nullable=True),
        sa.Column("place_as_reported", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("faction_id", sa.String(length=120), nullable=False),
        sa.Column("from_faction_id", sa.String(length=120), nullable=True),
        sa.Column("to_faction_id", sa.String(length=120), nullable=True),
        sa.Column("date_start", sa.Date(), nullable=False),
        sa.Column("date_end", sa.Date(), nullable=False),
        sa.Column("report_id", sa.String(length=120), nullable=False),
        sa.Column("certainty", sa.Integer(), nullable=False),
        sa.Column("match", sa.String(length=10), nullable=False),
        sa.Column("checked", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(place_id IS NULL) <> (area_id IS NULL)", name=op.f("ck_statements_place_or_area")
        ),
        sa.CheckConstraint("date_start <= date_end", name=op.f("ck_statements_days_in_order")),
        sa.ForeignKeyConstraint(["place_id"], ["places.place_id"], name=op.f("fk_statements_place_id")),
        sa.ForeignKeyConstraint(["area_id"], ["areas.area_id"], name=op.f("fk_statements_area_id")),
        sa.ForeignKeyConstraint(
            ["faction_id"], ["factions.faction_id"], name=op.f("fk_statements_faction_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_faction_id"], ["factions.faction_id"], name=op.f("fk_statements_from_faction_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_faction_id"], ["factions.faction_id"], name=op.f("fk_statements_to_faction_id")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["reports.report_id"], name=op.f("fk_statements_report_id")),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_statements")),
    )


def downgrade() -> None:
    """Undo the change."""
    op.drop_table("statements")
    op.drop_table("areas")
    op.drop_column("factions", "side_id")
    op.drop_table("sides")
