"""Units lie in bulk storage, and go to FBA from there."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"

_DOCUMENT = sa.LargeBinary()


def _exact(length: int = 40) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def _of_seller(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f(f"fk_{table}_seller_id"))


def upgrade() -> None:
    """Migrate from the revision before: nobody has anything with AWD yet."""
    _orders()
    _shipments()
    _units()
    op.create_table(
        "awd_policies",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("sku", _exact(), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("least", sa.Integer()),
        sa.Column("most", sa.Integer()),
        _of_seller("awd_policies"),
        sa.PrimaryKeyConstraint("seller_id", "sku", name=op.f("pk_awd_policies")),
    )


def _orders() -> None:
    op.create_table(
        "awd_inbound_orders",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("order_id", _exact(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("document", _DOCUMENT, nullable=False),
        _of_seller("awd_inbound_orders"),
        sa.PrimaryKeyConstraint("seller_id", "order_id", name=op.f("pk_awd_inbound_orders")),
    )
    op.create_index("awd_inbound_orders_by_update", "awd_inbound_orders", ["seller_id", "updated_at", "order_id"])
    op.create_table(
        "awd_outbound_orders",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("order_id", _exact(), nullable=False),
        sa.Column("kind", sa.String(length=13), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("document", _DOCUMENT, nullable=False),
        _of_seller("awd_outbound_orders"),
        sa.PrimaryKeyConstraint("seller_id", "order_id", name=op.f("pk_awd_outbound_orders")),
    )
    columns = ["seller_id", "kind", "updated_at", "order_id"]
    op.create_index("awd_outbound_orders_by_update", "awd_outbound_orders", columns)


def _shipments() -> None:
    op.create_table(
        "awd_inbound_shipments",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("shipment_id", _exact(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("document", _DOCUMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id", "shipment_id"],
            ["awd_inbound_orders.seller_id", "awd_inbound_orders.order_id"],
            name="awd_inbound_shipments_of_order",
        ),
        sa.PrimaryKeyConstraint("seller_id", "shipment_id", name=op.f("pk_awd_inbound_shipments")),
    )
    for name, date in (("update", "updated_at"), ("creation", "created_at")):
        columns = ["seller_id", date, "shipment_id"]
        op.create_index(f"awd_inbound_shipments_by_{name}", "awd_inbound_shipments", columns)


def _units() -> None:
    op.create_table(
        "awd_lots",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("lot", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sku", _exact(), nullable=False),
        sa.Column("center", sa.String(length=8), nullable=False),
        sa.Column("expires_at", sa.BigInteger()),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("units_of_case", sa.Integer(), nullable=False),
        sa.Column("unit_volume", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("held >= 0", name=op.f("ck_awd_lots_held")),
        sa.CheckConstraint("held <= units", name=op.f("ck_awd_lots_held_within_units")),
        _of_seller("awd_lots"),
        sa.PrimaryKeyConstraint("seller_id", "lot", name=op.f("pk_awd_lots")),
    )
    op.create_index("awd_lots_by_sku", "awd_lots", ["seller_id", "sku", "lot"])
    op.create_table(
        "awd_transit",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("shipment_id", _exact(), nullable=False),
        sa.Column("sku", _exact(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        _of_seller("awd_transit"),
        sa.PrimaryKeyConstraint("seller_id", "shipment_id", "sku", name=op.f("pk_awd_transit")),
    )
    op.create_index("awd_transit_by_sku", "awd_transit", ["seller_id", "sku"])
