"""Sellers have wallets."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Migrate from the revision before: nobody has a wallet yet, so payouts go on to the bank."""
    op.create_table(
        "wallet_bank_accounts",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column(
            "account_id",
            sa.String(length=50).with_variant(sa.String(length=50, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "account_id", name=op.f("pk_wallet_bank_accounts")),
    )
    op.create_table(
        "wallet_schedules",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "schedule_id",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("destination", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.LargeBinary(), nullable=False),
        sa.Column("requester", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "number", name=op.f("pk_wallet_schedules")),
    )
    with op.batch_alter_table("wallet_schedules", schema=None) as batch_op:
        batch_op.create_index("wallet_schedules_by_currency", ["seller_id", "currency", "number"], unique=False)
        batch_op.create_index("wallet_schedules_by_id", ["seller_id", "schedule_id"], unique=True)

    op.create_table(
        "wallet_transactions",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "transaction_id",
            sa.String(length=50).with_variant(sa.String(length=50, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("direction", sa.String(length=6), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("expected_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("requester", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("destination", sa.LargeBinary(), nullable=False),
        sa.Column("rate", sa.LargeBinary(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("exchanged_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "number", name=op.f("pk_wallet_transactions")),
    )
    with op.batch_alter_table("wallet_transactions", schema=None) as batch_op:
        batch_op.create_index("wallet_transactions_by_currency", ["seller_id", "currency", "number"], unique=False)
        batch_op.create_index("wallet_transactions_by_id", ["seller_id", "transaction_id"], unique=True)
        batch_op.create_index(
            "wallet_transactions_open",
            ["seller_id", "currency"],
            unique=False,
            sqlite_where=sa.text("status = 'IN_PROGRESS'"),
            postgresql_where=sa.text("status = 'IN_PROGRESS'"),
        )

    op.create_table(
        "wallets",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "account_id",
            sa.String(length=50).with_variant(sa.String(length=50, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("country_code", sa.String(length=2), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "currency", name=op.f("pk_wallets")),
    )
    with op.batch_alter_table("wallets", schema=None) as batch_op:
        batch_op.create_index("wallets_by_account", ["seller_id", "account_id"], unique=True)

    with op.batch_alter_table("money_policies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pays_into_wallet", sa.Boolean(), server_default=sa.false(), nullable=False))
