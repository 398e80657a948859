"""Parcels need no order of the market's, and a request for rates is good for one purchase."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate from the revision before: all parcels so far are of orders."""
    with op.batch_alter_table("parcels") as parcels:
        parcels.alter_column("order_id", existing_type=_exact(19), nullable=True)
    with op.batch_alter_table("shipments") as shipments:
        shipments.alter_column("order_id", existing_type=_exact(19), nullable=True)
        shipments.add_column(sa.Column("request_id", _exact(36), nullable=True))
        shipments.add_column(sa.Column("retry_key", _exact(64), nullable=True))
    op.create_index("shipments_by_request", "shipments", ["seller_id", "request_id"], unique=True)
    op.create_index("shipments_by_retry_key", "shipments", ["seller_id", "retry_key"], unique=True)
