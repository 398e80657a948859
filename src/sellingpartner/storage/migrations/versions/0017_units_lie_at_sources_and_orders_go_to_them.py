"""Units lie at sources, and orders go to them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "source_draws",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "order_id",
            sa.String(length=19).with_variant(sa.String(length=19, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "sku", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("supply_source_id", sa.String(length=36), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "order_id", "sku", "supply_source_id", name=op.f("pk_source_draws")),
    )
    op.create_table(
        "source_orders",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "order_id",
            sa.String(length=19).with_variant(sa.String(length=19, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("supply_source_id", sa.String(length=36), nullable=False),
        sa.Column("assigned_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "order_id", name=op.f("pk_source_orders")),
    )
    with op.batch_alter_table("source_orders", schema=None) as batch_op:
        batch_op.create_index("source_orders_by_source", ["seller_id", "supply_source_id", "assigned_at"], unique=False)

    op.create_table(
        "source_stocks",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("supply_source_id", sa.String(length=36), nullable=False),
        sa.Column(
            "sku", sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reserved <= on_hand", name=op.f("ck_source_stocks_reserved_within_on_hand")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_source_stocks_reserved")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_source_stocks_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "supply_source_id", "sku", name=op.f("pk_source_stocks")),
    )
    with op.batch_alter_table("source_stocks", schema=None) as batch_op:
        batch_op.create_index("source_stocks_by_sku", ["seller_id", "sku"], unique=False)
