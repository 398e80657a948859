"""Listings that are deleted are kept as they were last."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    """Migrate from the revision before: of what was deleted until then nothing is known."""
    sku = sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql")
    op.create_table(
        "canceled_listings",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("sku", sku, nullable=False),
        sa.Column("canceled_at", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_canceled_listings_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "marketplace_id", "sku", name=op.f("pk_canceled_listings")),
    )
