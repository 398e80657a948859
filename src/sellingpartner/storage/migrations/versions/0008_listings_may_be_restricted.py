"""Listings may be restricted."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "listing_restrictions",
        sa.Column("restriction_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("conditions", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("is_approved_at_once", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("restriction_id", name=op.f("pk_listing_restrictions")),
    )
    op.create_table(
        "listing_approvals",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("restriction_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_listing_approvals_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "restriction_id", name=op.f("pk_listing_approvals")),
    )
    with op.batch_alter_table("listings", schema=None) as batch_op:
        batch_op.create_index("listings_by_contained", ["seller_id", "contains_sku"], unique=False)
        batch_op.create_index("listings_by_label", ["seller_id", "fnsku"], unique=False)
