"""Holds are found by their order."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Migrate from the revision before."""
    with op.batch_alter_table("ledger_holds", schema=None) as batch_op:
        batch_op.drop_index("ledger_holds_by_order")
        batch_op.create_index(
            "ledger_holds_by_order",
            ["seller_id", "order_id"],
            unique=False,
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )
