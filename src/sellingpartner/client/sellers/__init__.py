"""Many sellers, one pool: clients by name, from credentials that are given or from a store of grants."""

from __future__ import annotations

from sellingpartner.client.sellers.registry import AsyncSellers, Sellers, UnknownSeller

__all__ = ["AsyncSellers", "Sellers", "UnknownSeller"]
