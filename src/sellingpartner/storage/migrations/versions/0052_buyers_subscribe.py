"""Buyers subscribe to what they have again and again."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def _of_seller(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f(f"fk_{table}_seller_id"))


def upgrade() -> None:
    """Migrate from the revision before: nobody has subscribed yet."""
    op.create_table(
        "program_offers",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("sku", _exact(40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("is_suspended", sa.Boolean(), nullable=False),
        _of_seller("program_offers"),
        sa.PrimaryKeyConstraint("seller_id", "marketplace_id", "sku", name=op.f("pk_program_offers")),
    )
    op.create_table(
        "buyer_subscriptions",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("subscription_id", _exact(36), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("sku", _exact(40), nullable=False),
        sa.Column("asin", _exact(10), nullable=False),
        sa.Column("buyer_key", sa.String(length=32), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("has_coupon", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("canceled_at", sa.BigInteger()),
        sa.Column("canceled_by", sa.String(length=6), nullable=False),
        sa.Column("buyer", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        _of_seller("buyer_subscriptions"),
        sa.PrimaryKeyConstraint("seller_id", "subscription_id", name=op.f("pk_buyer_subscriptions")),
    )
    op.create_index("buyer_subscriptions_by_sku", "buyer_subscriptions", ["seller_id", "marketplace_id", "sku"])
    op.create_table(
        "subscription_deliveries",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subscription_id", _exact(36), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("sku", _exact(40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("order_id", _exact(19)),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("whole_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("planned_at", sa.BigInteger(), nullable=False),
        sa.Column("shipped_at", sa.BigInteger()),
        sa.Column("shipped_units", sa.Integer(), nullable=False),
        sa.Column("shipped_minor", sa.BigInteger(), nullable=False),
        _of_seller("subscription_deliveries"),
        sa.PrimaryKeyConstraint("seller_id", "number", name=op.f("pk_subscription_deliveries")),
    )
    table = "subscription_deliveries"
    op.create_index("subscription_deliveries_by_sku", table, ["seller_id", "marketplace_id", "sku"])
    op.create_index("subscription_deliveries_by_order", table, ["seller_id", "order_id"])
