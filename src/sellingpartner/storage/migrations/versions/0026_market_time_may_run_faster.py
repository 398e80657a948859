"""Market time may run faster."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Migrate from the revision before: every clock runs as fast as the machine's."""
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("speed", sa.Float(), nullable=False, server_default="1"))
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.alter_column("speed", server_default=None)
