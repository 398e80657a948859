"""Fulfillment Inbound v0: what is left of it, as views of the plans that 2024-03-20 makes."""

from __future__ import annotations

from sellingpartner.server.api.fulfillment_inbound_v0 import papers, preparing, shipments

__all__ = ["papers", "preparing", "shipments"]
