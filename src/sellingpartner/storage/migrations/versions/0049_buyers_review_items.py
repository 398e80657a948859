"""Buyers review items, and it is kept why items are sent back."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate from the revision before: until then nobody reviewed; returns asked before are not counted."""
    seller = ["seller_id"], ["sellers.seller_id"]
    op.create_table(
        "item_reviews",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("order_id", _exact(19), nullable=False),
        sa.Column("order_item_id", sa.String(length=14), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("asin", _exact(10), nullable=False),
        sa.Column("classification_id", sa.String(length=20), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(*seller, name=op.f("fk_item_reviews_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "order_id", "order_item_id", name=op.f("pk_item_reviews")),
    )
    op.create_index("item_reviews_by_item", "item_reviews", ["marketplace_id", "asin", "written_at"])
    op.create_index("item_reviews_by_place", "item_reviews", ["marketplace_id", "classification_id", "written_at"])
    op.create_table(
        "returned_items",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("order_id", _exact(19), nullable=False),
        sa.Column("return_id", _exact(20), nullable=False),
        sa.Column("order_item_id", sa.String(length=14), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("asin", _exact(10), nullable=False),
        sa.Column("classification_id", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=100), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(*seller, name=op.f("fk_returned_items_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "order_id", "return_id", "order_item_id", name=op.f("pk_returned_items")),
    )
    op.create_index("returned_items_by_place", "returned_items", ["marketplace_id", "classification_id", "asked_at"])
