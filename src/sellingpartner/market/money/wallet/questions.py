"""What others may ask of wallets."""

from __future__ import annotations

from sellingpartner.market.money.wallet.accounts import (
    WalletBalance,
    as_bank_account,
    balance_of,
    holder_of,
    own_accounts,
)
from sellingpartner.market.money.wallet.moving import preview
from sellingpartner.market.money.wallet.rates import is_known
from sellingpartner.market.money.wallet.store import (
    bank_accounts_of,
    schedule_by_id,
    schedules_of,
    transaction_by_id,
    transactions_of,
    wallet_by_account,
    wallet_in,
    wallets_of,
)

__all__ = [
    "WalletBalance",
    "as_bank_account",
    "balance_of",
    "bank_accounts_of",
    "holder_of",
    "is_known",
    "own_accounts",
    "preview",
    "schedule_by_id",
    "schedules_of",
    "transaction_by_id",
    "transactions_of",
    "wallet_by_account",
    "wallet_in",
    "wallets_of",
]
