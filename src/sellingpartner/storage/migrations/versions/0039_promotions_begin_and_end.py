"""Promotions begin and end, and orders say what they redeemed."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate from the revision before: until then orders knew no more than the names of promotions."""
    op.create_table(
        "promotions",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("promotion_id", _exact(20), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("percent", sa.Integer()),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("budget", sa.BigInteger()),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.LargeBinary(), nullable=False),
        sa.Column("begins_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("ended_by", sa.String(length=20)),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "promotion_id", name=op.f("pk_promotions")),
    )
    op.create_index("promotions_by_end", "promotions", ["seller_id", "marketplace_id", "ends_at"])
    op.create_index("promotions_by_begin", "promotions", ["seller_id", "marketplace_id", "begins_at"])
    op.create_table(
        "redeemed_lines",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("promotion_id", _exact(20), nullable=False),
        sa.Column("order_id", _exact(19), nullable=False),
        sa.Column("order_item_id", sa.String(length=14), nullable=False),
        sa.Column("asin", _exact(10), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "seller_id", "promotion_id", "order_id", "order_item_id", name=op.f("pk_redeemed_lines")
        ),
    )
