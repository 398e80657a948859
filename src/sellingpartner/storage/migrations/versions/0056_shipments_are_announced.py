"""Shipments are announced before their labels are bought."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    """Migrate from the revision before: nobody has announced one."""
    op.create_table(
        "announced_shipments",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "shipment_id",
            sa.String(length=36).with_variant(sa.String(length=36, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_announced_shipments_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "shipment_id", name=op.f("pk_announced_shipments")),
    )
