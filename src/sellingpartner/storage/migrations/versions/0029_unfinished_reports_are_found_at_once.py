"""Unfinished reports are found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Migrate from the revision before."""
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(
            "reports_unfinished",
            ["seller_id", "report_type", "created_at"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
