"""What waits on a lane is found in order."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Migrate from the revision before."""
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("deliveries_by_lane")
        batch_op.create_index("deliveries_by_lane", ["lane", "next_at", "delivery_id"], unique=False)
