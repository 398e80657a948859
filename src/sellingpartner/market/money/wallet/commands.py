"""What others may do to wallets; importing this brings what happens to them by itself."""

from __future__ import annotations

from sellingpartner.market.money.wallet.accounts import add_bank_account, direct_payouts, open_wallet
from sellingpartner.market.money.wallet.moving import Wish, approve, refuse, request
from sellingpartner.market.money.wallet.planning import change, delete, plan

__all__ = [
    "Wish",
    "add_bank_account",
    "approve",
    "change",
    "delete",
    "direct_payouts",
    "open_wallet",
    "plan",
    "refuse",
    "request",
]
