"""What others may ask of shipping."""

from __future__ import annotations

from sellingpartner.market.shipping.offering import Offer, Offering, offering
from sellingpartner.market.shipping.store import (
    find_parcel,
    find_shipment,
    latest_shipments,
    parcels_by_tracking,
    parcels_of_order,
    settings_of,
    shipments_of_order,
)

__all__ = [
    "Offer",
    "Offering",
    "find_parcel",
    "find_shipment",
    "latest_shipments",
    "offering",
    "parcels_by_tracking",
    "parcels_of_order",
    "settings_of",
    "shipments_of_order",
]
