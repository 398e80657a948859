"""What others may ask of external fulfillment."""

from __future__ import annotations

from sellingpartner.market.external.locations import location_of
from sellingpartner.market.external.packing import crosses_a_border
from sellingpartner.market.external.quantities import quantity_at
from sellingpartner.market.external.returns_store import ReturnFilter, find_return, page_of_returns
from sellingpartner.market.external.store import (
    ShipmentFilter,
    find_shipment,
    latest_shipments,
    locations_of,
    page_of_shipments,
    shipments_of_order,
)
from sellingpartner.market.external.writing import invoice_of, label_of, needs_invoice

__all__ = [
    "ReturnFilter",
    "ShipmentFilter",
    "crosses_a_border",
    "find_return",
    "find_shipment",
    "invoice_of",
    "label_of",
    "latest_shipments",
    "location_of",
    "locations_of",
    "needs_invoice",
    "page_of_returns",
    "page_of_shipments",
    "quantity_at",
    "shipments_of_order",
]
