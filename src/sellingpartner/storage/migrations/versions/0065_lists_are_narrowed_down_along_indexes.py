"""Lists are narrowed down along their indexes; what is held, and what periods are made of, is kept as sums."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"

_NARROWING = ("channel", "marketplace_id")
_APART = sa.text("status IN ('Canceled', 'InvoiceUnconfirmed', 'Unfulfillable')")
_HELD = """
INSERT INTO counters (seller_id, name, value)
SELECT seller_id, 'held ' || currency, sum(amount_minor) FROM ledger_holds
WHERE released_at IS NULL GROUP BY seller_id, currency
"""
_STATED = """
INSERT INTO statement_sums (seller_id, period_id, kind, component, postings, minor)
SELECT f.seller_id, f.period_id, f.kind, p.component, count(*), sum(p.amount_minor)
FROM (
    SELECT seller_id, period_id, kind, entry_id FROM ledger_entries
    WHERE period_id IS NOT NULL AND kind <> 'RELEASE'
    UNION ALL
    SELECT e.seller_id, e.period_id, o.kind, o.entry_id FROM ledger_entries e
    JOIN ledger_entries o ON o.seller_id = e.seller_id AND o.entry_id = e.of_entry_id
    WHERE e.period_id IS NOT NULL AND e.kind = 'RELEASE'
) f JOIN ledger_postings p ON p.seller_id = f.seller_id AND p.entry_id = f.entry_id
WHERE p.account NOT IN ('seller.available', 'seller.held')
GROUP BY f.seller_id, f.period_id, f.kind, p.component
"""


def upgrade() -> None:
    """Migrate from the revision before: indexes, and sums of what is there; no row changes."""
    for name, table in (("orders_by_purchase", "orders"), ("orders_open", "orders")):
        op.drop_index(name, table_name=table)
    op.drop_index("ledger_entries_by_date", table_name="ledger_entries")
    along = ["seller_id", "purchased_at", "order_id", *_NARROWING]
    op.create_index("orders_by_purchase", "orders", along)
    op.create_index(
        "orders_open",
        "orders",
        ["seller_id", "is_open", *along[1:], "status"],
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(
        "orders_apart", "orders", ["seller_id", "status", *along[1:]], sqlite_where=_APART, postgresql_where=_APART
    )
    op.create_index("ledger_entries_by_date", "ledger_entries", ["seller_id", "posted_at", "entry_id", "currency"])
    op.create_table(
        "statement_sums",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("period_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("component", sa.String(length=50), nullable=False),
        sa.Column("postings", sa.BigInteger(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "period_id", "kind", "component", name=op.f("pk_statement_sums")),
        sqlite_with_rowid=False,
    )
    op.execute(_HELD)
    op.execute(_STATED)
