"""Tax invoices of Brazil are handed in, issued and exported."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def _document() -> sa.Column[bytes]:
    return sa.Column("document", sa.LargeBinary(), nullable=False)


def _create(table: str, *columns: sa.Column[Any], key: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f(f"fk_{table}_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", *key, name=op.f(f"pk_{table}")),
    )


def upgrade() -> None:
    """Migrate from the revision before: until then nobody wrote such invoices."""
    _create("invoicing_settings", sa.Column("biller", sa.String(length=6), nullable=False), key=())
    _create(
        "invoiced_shipments",
        sa.Column("shipment_id", _exact(24), nullable=False),
        _document(),
        sa.Column("submitted", sa.LargeBinary()),
        key=("shipment_id",),
    )
    _create(
        "tax_invoices",
        sa.Column("invoice_id", _exact(36), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("external_id", _exact(44), nullable=False),
        _document(),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        key=("invoice_id",),
    )
    op.create_index("tax_invoices_by_date", "tax_invoices", ["seller_id", "marketplace_id", "issued_at", "invoice_id"])
    op.create_index("tax_invoices_by_external_id", "tax_invoices", ["seller_id", "external_id"])
    _create(
        "invoice_exports",
        sa.Column("export_id", _exact(36), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        _document(),
        key=("export_id",),
    )
    op.create_index(
        "invoice_exports_by_date", "invoice_exports", ["seller_id", "marketplace_id", "created_at", "export_id"]
    )
    _create(
        "government_requests",
        sa.Column("shipment_id", _exact(38), nullable=False),
        sa.Column("invoice_type", _exact(40), nullable=False),
        sa.Column("transaction_type", _exact(40), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        _document(),
        key=("shipment_id", "invoice_type", "transaction_type"),
    )
