"""Replenishment, 2022-11-07: Subscribe & Save, its offers and what they bring."""

from __future__ import annotations

from sellingpartner.server.api.replenishment_2022_11_07 import metrics, offer_metrics, offers

__all__ = ["metrics", "offer_metrics", "offers"]
