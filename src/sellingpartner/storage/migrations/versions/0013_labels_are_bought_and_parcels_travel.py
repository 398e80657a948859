"""Labels are bought and parcels travel."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "parcels",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("parcel_id", sa.Text(), nullable=False),
        sa.Column(
            "order_id",
            sa.String(length=19).with_variant(sa.String(length=19, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("tracking_id", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_parcels_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "parcel_id", name=op.f("pk_parcels")),
    )
    with op.batch_alter_table("parcels", schema=None) as batch_op:
        batch_op.create_index("parcels_by_order", ["seller_id", "order_id"], unique=False)
        batch_op.create_index("parcels_by_tracking", ["seller_id", "tracking_id"], unique=False)

    op.create_table(
        "shipments",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "shipment_id",
            sa.String(length=36).with_variant(sa.String(length=36, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "order_id",
            sa.String(length=19).with_variant(sa.String(length=19, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_shipments_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "shipment_id", name=op.f("pk_shipments")),
    )
    with op.batch_alter_table("shipments", schema=None) as batch_op:
        batch_op.create_index("shipments_by_creation", ["seller_id", "created_at", "shipment_id"], unique=False)
        batch_op.create_index("shipments_by_order", ["seller_id", "order_id"], unique=False)

    op.create_table(
        "shipping_settings",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_shipping_settings_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", name=op.f("pk_shipping_settings")),
    )
