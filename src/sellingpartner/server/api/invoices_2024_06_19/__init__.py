"""Invoices, 2024-06-19: tax invoices in Brazil, listed, exported, and issued with the authority."""

from __future__ import annotations

from sellingpartner.server.api.invoices_2024_06_19 import exports, government, listing

__all__ = ["exports", "government", "listing"]
