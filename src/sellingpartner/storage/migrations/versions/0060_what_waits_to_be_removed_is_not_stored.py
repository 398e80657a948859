"""What waits to be removed is not charged for its space."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    """Migrate from the revision before: all that lay there was charged until then."""
    pending = sa.Column("pending", sa.String(length=40), nullable=False, server_default="0")
    with op.batch_alter_table("storage_charges") as table:
        table.add_column(pending)
    with op.batch_alter_table("storage_charges") as table:
        table.alter_column("pending", server_default=None)
