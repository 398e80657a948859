"""Seller Wallet, 2024-03-01: accounts, transactions, what a transfer costs, transfers that are planned."""

from __future__ import annotations

from sellingpartner.server.api.seller_wallet_2024_03_01 import accounts, schedules, transactions

__all__ = ["accounts", "schedules", "transactions"]
