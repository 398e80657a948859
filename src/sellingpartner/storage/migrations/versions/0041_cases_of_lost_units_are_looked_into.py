"""What Amazon owes for units is looked into before it is paid."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate from the revision before: until then it was paid at once, so that no case is open.

    What was paid by then stays paid, even if it is found.
    """
    op.create_table(
        "reimbursement_cases",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sku", _exact(40), nullable=False),
        sa.Column("asin", _exact(10), nullable=False),
        sa.Column("component", sa.String(length=40), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("each_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column("order_id", sa.String(length=19)),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("seller_id", "number", name=op.f("pk_reimbursement_cases")),
    )
    op.create_index("reimbursement_cases_by_sku", "reimbursement_cases", ["seller_id", "sku"])
