"""Money is posted to a ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "debts",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("debt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("left_minor", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("owed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "debt_id", name=op.f("pk_debts")),
    )
    op.create_table(
        "fee_bases",
        sa.Column("marketplace_id", sa.String(length=20), nullable=False),
        sa.Column(
            "asin", sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("package", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("marketplace_id", "asin", name=op.f("pk_fee_bases")),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.Column("marketplace_id", sa.String(length=20), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "order_id",
            sa.String(length=19).with_variant(sa.String(length=19, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("account_type", sa.String(length=20), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("of_entry_id", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "entry_id", name=op.f("pk_ledger_entries")),
        info={"append_only": True},
    )
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.create_index("ledger_entries_by_date", ["seller_id", "posted_at", "entry_id"], unique=False)
        batch_op.create_index(
            "ledger_entries_by_order",
            ["seller_id", "order_id", "entry_id"],
            unique=False,
            sqlite_where=sa.text("order_id IS NOT NULL"),
            postgresql_where=sa.text("order_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ledger_entries_by_origin",
            ["seller_id", "of_entry_id"],
            unique=False,
            sqlite_where=sa.text("of_entry_id IS NOT NULL"),
            postgresql_where=sa.text("of_entry_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ledger_entries_by_period",
            ["seller_id", "period_id", "posted_at", "entry_id"],
            unique=False,
            sqlite_where=sa.text("period_id IS NOT NULL"),
            postgresql_where=sa.text("period_id IS NOT NULL"),
        )
        batch_op.create_index("ledger_entries_by_source", ["seller_id", "source"], unique=True)

    op.create_table(
        "ledger_holds",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "order_id",
            sa.String(length=19).with_variant(sa.String(length=19, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=False),
        sa.Column("matures_at", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("seller_id", "entry_id", name=op.f("pk_ledger_holds")),
    )
    with op.batch_alter_table("ledger_holds", schema=None) as batch_op:
        batch_op.create_index("ledger_holds_by_order", ["seller_id", "order_id"], unique=False)
        batch_op.create_index(
            "ledger_holds_open",
            ["seller_id", "currency", "matures_at"],
            unique=False,
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )

    op.create_table(
        "ledger_postings",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.SmallInteger(), nullable=False),
        sa.Column("account", sa.String(length=30), nullable=False),
        sa.Column("component", sa.String(length=50), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "entry_id", "number", name=op.f("pk_ledger_postings")),
        info={"append_only": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "money_policies",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("deferral_days", sa.Integer(), nullable=False),
        sa.Column("reserve_percent", sa.Integer(), nullable=False),
        sa.Column("bank_tail", sa.String(length=4), nullable=False),
        sa.Column("bank_works", sa.Boolean(), nullable=False),
        sa.Column("card_works", sa.Boolean(), nullable=False),
        sa.Column("minimum_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seller_id", "currency", name=op.f("pk_money_policies")),
    )
    op.create_table(
        "payouts",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("payout_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("method_id", sa.Text(), nullable=True),
        sa.Column("marketplace_id", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("seller_id", "payout_id", name=op.f("pk_payouts")),
    )
    with op.batch_alter_table("payouts", schema=None) as batch_op:
        batch_op.create_index("payouts_by_date", ["seller_id", "begun_at", "payout_id"], unique=False)

    op.create_table(
        "settlement_periods",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("period_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("group_id", sa.String(length=43), nullable=False),
        sa.Column("settlement_id", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.Column("opening_minor", sa.BigInteger(), nullable=False),
        sa.Column("reserve_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=True),
        sa.Column("transfer_status", sa.String(length=20), nullable=True),
        sa.Column("transferred_at", sa.BigInteger(), nullable=True),
        sa.Column("trace_id", sa.String(length=40), nullable=True),
        sa.Column("account_tail", sa.String(length=4), nullable=True),
        sa.PrimaryKeyConstraint("seller_id", "period_id", name=op.f("pk_settlement_periods")),
    )
    with op.batch_alter_table("settlement_periods", schema=None) as batch_op:
        batch_op.create_index("settlement_periods_by_group", ["seller_id", "group_id"], unique=True)
        batch_op.create_index("settlement_periods_by_settlement", ["seller_id", "settlement_id"], unique=False)
        batch_op.create_index(
            "settlement_periods_open",
            ["seller_id", "currency"],
            unique=True,
            sqlite_where=sa.text("status = 'OPEN'"),
            postgresql_where=sa.text("status = 'OPEN'"),
        )

    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER ledger_entries_keeps_UPDATE BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END"
        )
        op.execute(
            "CREATE TRIGGER ledger_entries_keeps_DELETE BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END"
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION ledger_entries_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ledger_entries is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER ledger_entries_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_stays()"
        )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER ledger_postings_keeps_UPDATE BEFORE UPDATE ON ledger_postings BEGIN SELECT RAISE(ABORT, 'ledger_postings is append-only'); END"
        )
        op.execute(
            "CREATE TRIGGER ledger_postings_keeps_DELETE BEFORE DELETE ON ledger_postings BEGIN SELECT RAISE(ABORT, 'ledger_postings is append-only'); END"
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION ledger_postings_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ledger_postings is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER ledger_postings_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_postings_stays()"
        )
