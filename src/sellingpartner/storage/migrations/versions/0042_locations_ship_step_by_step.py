"""Locations of sellers ship step by step, and buyers send back to them."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def _of_seller() -> sa.Column[str]:
    return sa.Column("seller_id", sa.String(length=20), nullable=False)


def upgrade() -> None:
    """Migrate from the revision before: until then no supply source was such a location."""
    op.create_table(
        "external_locations",
        _of_seller(),
        sa.Column("supply_source_id", sa.String(length=36), nullable=False),
        sa.Column("ships", sa.String(length=11), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_external_locations_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "supply_source_id", name=op.f("pk_external_locations")),
    )
    op.create_table(
        "external_shipments",
        _of_seller(),
        sa.Column("shipment_id", _exact(36), nullable=False),
        sa.Column("order_id", _exact(19), nullable=False),
        sa.Column("supply_source_id", sa.String(length=36), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=21), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_external_shipments_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "shipment_id", name=op.f("pk_external_shipments")),
    )
    op.create_index(
        "external_shipments_by_status", "external_shipments", ["seller_id", "status", "updated_at", "shipment_id"]
    )
    op.create_index("external_shipments_by_order", "external_shipments", ["seller_id", "order_id"])
    op.create_table(
        "external_returns",
        _of_seller(),
        sa.Column("external_return_id", _exact(36), nullable=False),
        sa.Column("order_id", _exact(19), nullable=False),
        sa.Column("supply_source_id", sa.String(length=36), nullable=False),
        sa.Column("rma_id", _exact(20), nullable=False),
        sa.Column("tracking_id", _exact(40), nullable=False),
        sa.Column("status", sa.String(length=41), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_external_returns_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "external_return_id", name=op.f("pk_external_returns")),
    )
    op.create_index(
        "external_returns_by_creation", "external_returns", ["seller_id", "created_at", "external_return_id"]
    )
    op.create_index("external_returns_by_order", "external_returns", ["seller_id", "order_id"])
    op.create_table(
        "external_sequences",
        _of_seller(),
        sa.Column("location_id", sa.String(length=36), nullable=False),
        sa.Column("sku", _exact(40), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_external_sequences_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "location_id", "sku", name=op.f("pk_external_sequences")),
    )
