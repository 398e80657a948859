"""The tables of the ledger. What is posted stays as it is; what may change stands in tables beside it.

Postings are kept in the order of their key, as they are only ever walked along. Entries are not: SQLite would then walk
along all of a seller's rather than use an index that it knows nothing of. All amounts are minor units.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, SmallInteger, String, Table, Text, false, text

from sellingpartner.market.money.fees.model import Package
from sellingpartner.market.money.ledger.model import EntryDetail
from sellingpartner.market.skus import SKU_LENGTH
from sellingpartner.storage.append_only import append_only
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata

ledger_entries = append_only(
    Table(
        "ledger_entries",
        metadata,
        Column("seller_id", String(20), primary_key=True),
        Column("entry_id", BigInteger, primary_key=True, autoincrement=False),
        Column("kind", String(30), nullable=False),
        Column("source", String(80), nullable=False),
        Column("posted_at", Instant, nullable=False),
        Column("marketplace_id", String(20)),
        Column("currency", String(3), nullable=False),
        Column("order_id", exact_text(19)),
        Column("account_type", String(20), nullable=False),
        Column("total_minor", BigInteger, nullable=False),
        Column("period_id", Integer),
        Column("of_entry_id", BigInteger),
        Column("detail", Json(EntryDetail), nullable=False),
    )
)
_entry = ledger_entries.c
Index("ledger_entries_by_source", _entry.seller_id, _entry.source, unique=True)
# The currency at its end has what was posted last in one found without reading what was posted in others.
Index("ledger_entries_by_date", _entry.seller_id, _entry.posted_at, _entry.entry_id, _entry.currency)
Index(
    "ledger_entries_by_period",
    _entry.seller_id,
    _entry.period_id,
    _entry.posted_at,
    _entry.entry_id,
    sqlite_where=_entry.period_id.is_not(None),
    postgresql_where=_entry.period_id.is_not(None),
)
Index(
    "ledger_entries_by_order",
    _entry.seller_id,
    _entry.order_id,
    _entry.entry_id,
    sqlite_where=_entry.order_id.is_not(None),
    postgresql_where=_entry.order_id.is_not(None),
)
Index(
    "ledger_entries_by_origin",
    _entry.seller_id,
    _entry.of_entry_id,
    sqlite_where=_entry.of_entry_id.is_not(None),
    postgresql_where=_entry.of_entry_id.is_not(None),
)

ledger_postings = append_only(
    Table(
        "ledger_postings",
        metadata,
        Column("seller_id", String(20), primary_key=True),
        Column("entry_id", BigInteger, primary_key=True, autoincrement=False),
        Column("number", SmallInteger, primary_key=True, autoincrement=False),
        Column("line", SmallInteger, nullable=False),
        Column("account", String(30), nullable=False),
        Column("component", String(50), nullable=False),
        Column("amount_minor", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
)

ledger_holds = Table(
    "ledger_holds",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("entry_id", BigInteger, primary_key=True, autoincrement=False),
    Column("order_id", exact_text(19)),
    Column("currency", String(3), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("reason", String(10), nullable=False),
    Column("held_at", Instant, nullable=False),
    Column("matures_at", Instant, nullable=False),
    Column("released_at", Instant),
)
_hold = ledger_holds.c
# Of what was released nobody asks but by its entry: an index of what is held alone stays small. An order's holds are
# those of its entries.
Index(
    "ledger_holds_open",
    _hold.seller_id,
    _hold.currency,
    _hold.matures_at,
    sqlite_where=_hold.released_at.is_(None),
    postgresql_where=_hold.released_at.is_(None),
)

settlement_periods = Table(
    "settlement_periods",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("period_id", Integer, primary_key=True, autoincrement=False),
    Column("currency", String(3), nullable=False),
    Column("group_id", String(43), nullable=False),
    Column("settlement_id", BigInteger, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("status", String(10), nullable=False),
    # What the entries that count in it sum to; a transfer is not one of them.
    Column("balance_minor", BigInteger, nullable=False),
    Column("opening_minor", BigInteger, nullable=False),
    Column("reserve_minor", BigInteger, nullable=False),
    Column("total_minor", BigInteger),
    Column("transfer_status", String(20)),
    Column("transferred_at", Instant),
    Column("trace_id", String(40)),
    Column("account_tail", String(4)),
)
_period = settlement_periods.c
Index("settlement_periods_by_group", _period.seller_id, _period.group_id, unique=True)
Index("settlement_periods_by_settlement", _period.seller_id, _period.settlement_id)
Index(
    "settlement_periods_open",
    _period.seller_id,
    _period.currency,
    unique=True,
    sqlite_where=text("status = 'OPEN'"),
    postgresql_where=text("status = 'OPEN'"),
)

# What periods are made of, added up as entries come to count in them: a row for each kind and component.
statement_sums = Table(
    "statement_sums",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("period_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(30), primary_key=True),
    Column("component", String(50), primary_key=True),
    Column("postings", BigInteger, nullable=False),
    Column("minor", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

payouts = Table(
    "payouts",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("payout_id", Integer, primary_key=True, autoincrement=False),
    Column("period_id", Integer),
    Column("currency", String(3), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("status", String(10), nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("reason", Text, nullable=False),
    Column("method_id", Text),
    Column("marketplace_id", String(20)),
    Index("payouts_by_date", "seller_id", "begun_at", "payout_id"),
)

debts = Table(
    "debts",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("debt_id", Integer, primary_key=True, autoincrement=False),
    Column("period_id", Integer, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("left_minor", BigInteger, nullable=False),
    Column("status", String(10), nullable=False),
    Column("owed_at", Instant, nullable=False),
)

money_policies = Table(
    "money_policies",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("deferral_days", Integer, nullable=False),
    Column("reserve_percent", Integer, nullable=False),
    Column("bank_tail", String(4), nullable=False),
    Column("bank_works", Boolean, nullable=False),
    Column("card_works", Boolean, nullable=False),
    Column("minimum_minor", BigInteger, nullable=False),
    Column("pays_into_wallet", Boolean, nullable=False, server_default=false()),
)

# What Amazon owes for units that it lost or broke: looked into first, then paid, and taken back where they are found.
reimbursement_cases = Table(
    "reimbursement_cases",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sku", exact_text(SKU_LENGTH), nullable=False),
    Column("asin", exact_text(10), nullable=False),
    Column("component", String(40), nullable=False),
    Column("units", Integer, nullable=False),  # those that were found again are taken off
    Column("each_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("marketplace_id", String(20), nullable=False),
    Column("order_id", String(19)),
    Column("reference", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("entry_id", BigInteger),  # that paid for it
    Index("reimbursement_cases_by_sku", "seller_id", "sku"),
)

# What storage of a month was charged for: a row for each SKU's space in a center, and each age of it that costs more.
storage_charges = Table(
    "storage_charges",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("sku", exact_text(SKU_LENGTH), primary_key=True),
    Column("tier", String(20), primary_key=True),
    Column("center", String(8), primary_key=True),  # empty for months that earlier versions charged
    Column("marketplace_id", String(20), nullable=False),
    Column("asin", exact_text(10), nullable=False),
    Column("units", String(40), nullable=False),  # on average: a decimal with all its digits
    Column("pending", String(40), nullable=False),  # of them those that waited to be removed
    Column("rate", String(20), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("package", Json(Package), nullable=False),
    Column("charged_at", Instant, nullable=False),
)

# What decides on the fees of an item; it belongs to no seller.
fee_bases = Table(
    "fee_bases",
    metadata,
    Column("marketplace_id", String(20), primary_key=True),
    Column("asin", exact_text(10), primary_key=True),
    Column("category", String(60), nullable=False),
    Column("package", Json(Package)),
)
