"""Amazon ships for other shops: sellers ask for it by fulfillment orders."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate from the revision before: until then nobody could ask for it."""
    op.create_table(
        "fulfillment_orders",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("fulfillment_order_id", _exact(40), nullable=False),
        sa.Column("order_id", _exact(19)),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_fulfillment_orders_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "fulfillment_order_id", name=op.f("pk_fulfillment_orders")),
    )
    op.create_index(
        "fulfillment_orders_by_update", "fulfillment_orders", ["seller_id", "updated_at", "fulfillment_order_id"]
    )
    op.create_index("fulfillment_orders_by_order", "fulfillment_orders", ["seller_id", "order_id"])
    op.create_table(
        "fulfillment_packages",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("package_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fulfillment_order_id", _exact(40), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "package_number", name=op.f("pk_fulfillment_packages")),
    )
