"""Sales are summed by the half hour."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

_FILL = """
INSERT INTO sales_half_hours
    (seller_id, marketplace_id, half_hour, channel, is_business, orders, items, units, sales_minor)
SELECT l.seller_id, l.marketplace_id, l.purchased_at / 1800000000 AS half_hour, o.channel, o.is_business,
       count(DISTINCT l.order_id), count(*), sum(l.quantity), sum(l.price_minor)
FROM order_lines l JOIN orders o ON o.seller_id = l.seller_id AND o.order_id = l.order_id
WHERE l.quantity > 0
GROUP BY 1, 2, 3, 4, 5
"""


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "sales_half_hours",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("half_hour", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=3), nullable=False),
        sa.Column("is_business", sa.Boolean(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("sales_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "seller_id", "marketplace_id", "half_hour", "channel", "is_business", name=op.f("pk_sales_half_hours")
        ),
        sqlite_with_rowid=False,
    )
    op.execute(_FILL)
    op.drop_table("sales_hours")
