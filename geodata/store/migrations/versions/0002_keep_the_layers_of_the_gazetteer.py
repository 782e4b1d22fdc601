"""Keep the layers of the gazetteer: which data set had which place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "layers",
        sa.Column("dataset", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["revision"], ["revisions.revision"], name=op.f("fk_layers_revision")),
        sa.PrimaryKeyConstraint("dataset", name=op.f("pk_layers")),
    )
    op.create_table(
        "layer_places",
        sa.Column("dataset", sa.String(length=120), nullable=False),
        sa.Column("place_id", sa.String(length=120), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dataset"], ["layers.dataset"], name=op.f("fk_layer_places_dataset")),
        sa.PrimaryKeyConstraint("dataset", "place_id", name=op.f("pk_layer_places")),
    )
    # What was loaded before has no layers yet: without its fingerprint the next start loads it again.
    op.execute("DELETE FROM datasets WHERE dataset = 'curated'")


def downgrade() -> None:
    """Undo the change."""
    op.drop_table("layer_places")
    op.drop_table("layers")
