"""Facts are found by when they happened."""

from alembic import op

revision = "0063"
down_revision = "0062"


def upgrade() -> None:
    """Migrate from the revision before: an index, and no row changes."""
    op.create_index("events_by_time", "events", ["seller_id", "happened_at"])
