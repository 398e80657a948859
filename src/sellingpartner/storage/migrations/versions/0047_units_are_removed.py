"""Units are removed."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    """Migrate from the revision before: nothing was removed until then."""
    op.create_table(
        "removal_orders",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "removal_id",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_removal_orders_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "removal_id", name=op.f("pk_removal_orders")),
    )
    op.create_index("removal_orders_by_request", "removal_orders", ["seller_id", "requested_at"])
