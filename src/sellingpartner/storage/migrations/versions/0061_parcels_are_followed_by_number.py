"""Parcels are followed by their number, whoever sent them."""

from alembic import op

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    """Migrate from the revision before: what is found is the same, by other indexes."""
    op.drop_index("parcels_by_tracking", table_name="parcels")
    op.create_index("parcels_by_number", "parcels", ["tracking_id", "seller_id"])
    op.create_index("fulfillment_packages_by_number", "fulfillment_packages", ["package_number"])
