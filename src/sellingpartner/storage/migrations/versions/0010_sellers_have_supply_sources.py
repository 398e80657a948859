"""Sellers have supply sources."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "supply_sources",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("supply_source_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "code", sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_supply_sources_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "supply_source_id", name=op.f("pk_supply_sources")),
    )
    with op.batch_alter_table("supply_sources", schema=None) as batch_op:
        batch_op.create_index("supply_sources_by_code", ["seller_id", "code"], unique=True)
        batch_op.create_index("supply_sources_by_number", ["seller_id", "number"], unique=False)
