"""Facts say which request led to them."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Migrate from the revision before: of what happened so far, nobody knows."""
    op.add_column("events", sa.Column("cause", sa.String(length=40), nullable=True))
