"""Sales are found by SKU and by ASIN."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Migrate from the revision before."""
    with op.batch_alter_table("order_lines", schema=None) as batch_op:
        batch_op.create_index("order_lines_by_asin", ["seller_id", "asin", "purchased_at"], unique=False)
        batch_op.create_index("order_lines_by_sku", ["seller_id", "sku", "purchased_at"], unique=False)
