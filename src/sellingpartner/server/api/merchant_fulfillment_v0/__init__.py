"""Merchant Fulfillment v0: services for a parcel of an order, labels, and what some services want to know besides."""

from __future__ import annotations

from sellingpartner.server.api.merchant_fulfillment_v0 import inputs, services, shipments

__all__ = ["inputs", "services", "shipments"]
