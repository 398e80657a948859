"""An order is written along fewer trees."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.drop_index("events_by_kind", table_name="events")
    op.create_index(
        "events_of_prices",
        "events",
        ["seller_id", "event_id"],
        sqlite_where=sa.text("kind = 'PriceChanged'"),
        postgresql_where=sa.text("kind = 'PriceChanged'"),
    )
    op.drop_index("ledger_holds_by_order", table_name="ledger_holds")
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("schedule", recreate="always", table_kwargs={"sqlite_with_rowid": False}):
            """What is due lies in the order of its key."""
