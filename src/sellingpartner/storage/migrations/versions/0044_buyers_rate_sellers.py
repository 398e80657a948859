"""Buyers rate sellers."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate from the revision before: until then nobody left feedback."""
    op.create_table(
        "seller_feedback",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("order_id", _exact(19), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("is_business", sa.Boolean(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_seller_feedback_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "order_id", name=op.f("pk_seller_feedback")),
    )
    op.create_index("seller_feedback_by_date", "seller_feedback", ["seller_id", "marketplace_id", "left_at"])
