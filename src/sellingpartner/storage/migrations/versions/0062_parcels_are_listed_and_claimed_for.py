"""Parcels are listed on collection forms, and claimed for."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def _of_seller(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f(f"fk_{table}_seller_id"))


def upgrade() -> None:
    """Migrate from the revision before: there is no form yet, and no claim."""
    op.create_table(
        "collection_forms",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("form_id", _exact(36), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("carrier_id", _exact(40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("retry_key", _exact(64)),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        _of_seller("collection_forms"),
        sa.PrimaryKeyConstraint("seller_id", "form_id", name=op.f("pk_collection_forms")),
    )
    op.create_index("collection_forms_by_date", "collection_forms", ["seller_id", "created_at", "form_id"])
    op.create_index("collection_forms_by_retry_key", "collection_forms", ["seller_id", "retry_key"], unique=True)
    op.create_table(
        "collected_shipments",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("shipment_id", _exact(36), nullable=False),
        sa.Column("form_id", _exact(36), nullable=False),
        _of_seller("collected_shipments"),
        sa.PrimaryKeyConstraint("seller_id", "shipment_id", name=op.f("pk_collected_shipments")),
    )
    op.create_table(
        "shipment_claims",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("claim_id", _exact(36), nullable=False),
        sa.Column("shipment_id", _exact(36), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        _of_seller("shipment_claims"),
        sa.PrimaryKeyConstraint("seller_id", "claim_id", name=op.f("pk_shipment_claims")),
    )
    op.create_index("shipment_claims_by_shipment", "shipment_claims", ["seller_id", "shipment_id"], unique=True)
