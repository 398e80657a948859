"""Finances v0: four operations, a view of the ledger in which money counts once it is available."""

from __future__ import annotations

from sellingpartner.server.api.finances_v0 import groups, listing

__all__ = ["groups", "listing"]
