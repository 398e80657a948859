"""Accounts stand in each marketplace."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Migrate from the revision before: every account is in order."""
    with op.batch_alter_table("participations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("account_status", sa.String(length=20), nullable=False, server_default="NORMAL"))
    with op.batch_alter_table("participations", schema=None) as batch_op:
        batch_op.alter_column("account_status", server_default=None)
