"""Shipping v2: rates, labels and their papers, parcels that are followed, shipments that are canceled."""

from __future__ import annotations

from sellingpartner.server.api.shipping_v2 import (
    access_points,
    aftercare,
    carrier_accounts,
    collection_forms,
    rates,
    shipments,
    tracking,
)

__all__ = ["access_points", "aftercare", "carrier_accounts", "collection_forms", "rates", "shipments", "tracking"]
