"""Orders may be returned and refunded."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "order_refunds",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "order_id",
            sa.String(length=19).with_variant(sa.String(length=19, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "refund_id",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("refunded_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "order_id", "refund_id", name=op.f("pk_order_refunds")),
    )
    with op.batch_alter_table("order_refunds", schema=None) as batch_op:
        batch_op.create_index("order_refunds_by_date", ["seller_id", "refunded_at"], unique=False)

    op.create_table(
        "order_returns",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "order_id",
            sa.String(length=19).with_variant(sa.String(length=19, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "return_id",
            sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "order_id", "return_id", name=op.f("pk_order_returns")),
    )
    with op.batch_alter_table("order_returns", schema=None) as batch_op:
        batch_op.create_index("order_returns_by_date", ["seller_id", "asked_at"], unique=False)
