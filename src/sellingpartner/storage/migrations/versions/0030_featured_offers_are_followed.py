"""Whose offer is featured is followed over time."""

import sqlalchemy as sa
from alembic import op

from sellingpartner.storage.columns import Instant, exact_text

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "featured_changes",
        sa.Column("seller_id", sa.String(20), nullable=False),
        sa.Column("change_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("marketplace_id", sa.String(20), nullable=False),
        sa.Column("asin", exact_text(10), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("holder_before", exact_text(20), nullable=True),
        sa.Column("sku_before", exact_text(40), nullable=True),
        sa.Column("holder", exact_text(20), nullable=True),
        sa.Column("sku", exact_text(40), nullable=True),
        sa.PrimaryKeyConstraint("seller_id", "change_id", name=op.f("pk_featured_changes")),
    )
    with op.batch_alter_table("featured_changes", schema=None) as batch_op:
        batch_op.create_index("featured_changes_by_time", ["marketplace_id", "changed_at"], unique=False)
