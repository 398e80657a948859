"""Feeds know where they came in."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Migrate from the revision before: what is said of where is said in links of results alone."""
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origin", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.alter_column("origin", server_default=None)
