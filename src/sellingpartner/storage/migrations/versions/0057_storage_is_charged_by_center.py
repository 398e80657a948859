"""Storage is charged by center."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"

_KEY = ["seller_id", "month", "kind", "sku", "tier", "center"]


def upgrade() -> None:
    """Migrate from the revision before: of what was charged until then nobody knows where it lay."""
    center = sa.Column("center", sa.String(length=8), nullable=False, server_default="")
    with op.batch_alter_table("storage_charges") as table:
        table.add_column(center)
        table.drop_constraint(op.f("pk_storage_charges"), type_="primary")
        table.create_primary_key(op.f("pk_storage_charges"), _KEY)
    with op.batch_alter_table("storage_charges") as table:
        table.alter_column("center", server_default=None)
