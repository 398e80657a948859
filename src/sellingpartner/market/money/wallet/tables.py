"""The tables of wallets. What moved is posted to the ledger; here stands what was asked for, and what came of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, text

from sellingpartner.market.money.wallet.model import BankAccount, Failure, Rate, Terms
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

wallets = Table(
    "wallets",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("account_id", exact_text(50), nullable=False),
    Column("country_code", String(2), nullable=False),
    Column("opened_at", Instant, nullable=False),
    # What the ledger's account of it sums to.
    Column("balance_minor", BigInteger, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("wallets_by_account", "seller_id", "account_id", unique=True),
)

wallet_bank_accounts = Table(
    "wallet_bank_accounts",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("account_id", exact_text(50), primary_key=True),
    Column("account", Json(BankAccount), nullable=False),
)

wallet_transactions = Table(
    "wallet_transactions",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("transaction_id", exact_text(50), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("direction", String(6), nullable=False),
    Column("status", String(30), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("requested_at", Instant, nullable=False),
    Column("expected_at", Instant),
    Column("ended_at", Instant),
    Column("changed_at", Instant, nullable=False),
    Column("requester", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("destination", Json(BankAccount), nullable=False),
    Column("rate", Json(Rate), nullable=False),
    Column("failure", Text, nullable=False),
    # How much of it goes into another currency: what is sent so within a year decides on later fees.
    Column("exchanged_minor", BigInteger, nullable=False),
    Index("wallet_transactions_by_id", "seller_id", "transaction_id", unique=True),
    Index("wallet_transactions_by_currency", "seller_id", "currency", "number"),
    # The few that are on their way.
    Index(
        "wallet_transactions_open",
        "seller_id",
        "currency",
        sqlite_where=text("status = 'IN_PROGRESS'"),
        postgresql_where=text("status = 'IN_PROGRESS'"),
    ),
)

wallet_schedules = Table(
    "wallet_schedules",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("schedule_id", exact_text(60), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("destination", Json(BankAccount), nullable=False),
    Column("status", String(10), nullable=False),
    Column("terms", Json(Terms), nullable=False),
    Column("next_at", Instant),
    Column("failures", Json(tuple[Failure, ...]), nullable=False),
    Column("requester", Text, nullable=False),
    Index("wallet_schedules_by_id", "seller_id", "schedule_id", unique=True),
    Index("wallet_schedules_by_currency", "seller_id", "currency", "number"),
)
