"""What others may ask of the ledger."""

from __future__ import annotations

from sellingpartner.market.money.ledger.balances.balance import Balance, balance, currencies_of, sums_by_account
from sellingpartner.market.money.ledger.balances.debts import Debt, debt_of
from sellingpartner.market.money.ledger.balances.paying_out import Payout, payout_of, payouts_of
from sellingpartner.market.money.ledger.components import Component, KindNames, components, kind_names
from sellingpartner.market.money.ledger.holds import Hold, holds_of, open_holds
from sellingpartner.market.money.ledger.identifiers import trace_id_of, transaction_id_of
from sellingpartner.market.money.ledger.periods import Period, open_period, period_by_group, period_of, periods_of
from sellingpartner.market.money.ledger.policies import Policy, home_of, policy_of
from sellingpartner.market.money.ledger.selling.low_stock import LowStock, Supply
from sellingpartner.market.money.ledger.services.removing import RemovalCharges
from sellingpartner.market.money.ledger.services.storage_charges import StorageCharge, storage_charges_of
from sellingpartner.market.money.ledger.services.storing import Kept, ages_of
from sellingpartner.market.money.ledger.statement import StatementLine, statement_of
from sellingpartner.market.money.ledger.store import entries_of_order, entry_by_source, entry_of, legs_of
from sellingpartner.market.money.ledger.walking import (
    EntryFilter,
    EntryPage,
    Key,
    Latest,
    batches_of_entries,
    latest_entries,
    page_of_entries,
)

__all__ = [
    "Balance",
    "Component",
    "Debt",
    "EntryFilter",
    "EntryPage",
    "Hold",
    "Kept",
    "Key",
    "KindNames",
    "Latest",
    "LowStock",
    "Payout",
    "Period",
    "Policy",
    "RemovalCharges",
    "StatementLine",
    "StorageCharge",
    "Supply",
    "ages_of",
    "balance",
    "batches_of_entries",
    "components",
    "currencies_of",
    "debt_of",
    "entries_of_order",
    "entry_by_source",
    "entry_of",
    "holds_of",
    "home_of",
    "kind_names",
    "latest_entries",
    "legs_of",
    "open_holds",
    "open_period",
    "page_of_entries",
    "payout_of",
    "payouts_of",
    "period_by_group",
    "period_of",
    "periods_of",
    "policy_of",
    "statement_of",
    "storage_charges_of",
    "sums_by_account",
    "trace_id_of",
    "transaction_id_of",
]
