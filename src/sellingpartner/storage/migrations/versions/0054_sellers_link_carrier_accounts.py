"""Sellers link accounts of their own with carriers."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


def upgrade() -> None:
    """Migrate from the revision before: nobody has linked any."""
    op.create_table(
        "carrier_accounts",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("account_id", _exact(36), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("carrier_id", _exact(40), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_carrier_accounts_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "account_id", name=op.f("pk_carrier_accounts")),
    )
