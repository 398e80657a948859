"""Finances 2024-06-19: three operations, a view of the ledger in which what is held shows at once."""

from __future__ import annotations

from sellingpartner.server.api.finances_2024_06_19 import balances, listing, summaries

__all__ = ["balances", "listing", "summaries"]
