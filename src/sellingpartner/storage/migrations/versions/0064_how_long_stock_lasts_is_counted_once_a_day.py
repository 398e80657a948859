"""How long the stock of a SKU at Amazon lasts is counted once a day, and kept; of older worlds it is counted when asked."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"


def upgrade() -> None:
    """Migrate from the revision before: a table, which begins empty."""
    sku = sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql")
    op.create_table(
        "turnovers",
        sa.Column("seller_id", sa.String(20), nullable=False),
        sa.Column("sku", sku, nullable=False),
        sa.Column("movement_id", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "sku", name=op.f("pk_turnovers")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_turnovers_seller_id")),
    )
