"""What others may ask of what is sent to Amazon."""

from __future__ import annotations

from sellingpartner.market.inbound.items.compliance import Compliance, compliance_of
from sellingpartner.market.inbound.items.instructing import preps_by_asin, preps_of_skus
from sellingpartner.market.inbound.items.prep import Prep, fee_of
from sellingpartner.market.inbound.items.preparing import preps_by_sku
from sellingpartner.market.inbound.packing.boxing import boxes_going
from sellingpartner.market.inbound.packing.rules import BoxLimits, box_limits, content_sources, shipping_modes
from sellingpartner.market.inbound.receiving.defect_kinds import defect_kinds
from sellingpartner.market.inbound.receiving.defects import defects_between
from sellingpartner.market.inbound.store.options import previews_for, transports_for, windows_for
from sellingpartner.market.inbound.store.packages import Among, boxes_of, pallets_of
from sellingpartner.market.inbound.store.plans import (
    Key,
    Operation,
    PlanFilter,
    SortedBy,
    at_work_on,
    find_operation,
    find_plan,
    items_of,
    page_of_plans,
)
from sellingpartner.market.inbound.store.shipments import (
    ShipmentFilter,
    find_shipment,
    latest_shipments,
    page_of_shipments,
    shipment_by_confirmation,
    shipments_of,
)

__all__ = [
    "Among",
    "BoxLimits",
    "Compliance",
    "Key",
    "Operation",
    "PlanFilter",
    "Prep",
    "ShipmentFilter",
    "SortedBy",
    "at_work_on",
    "box_limits",
    "boxes_going",
    "boxes_of",
    "compliance_of",
    "content_sources",
    "defect_kinds",
    "defects_between",
    "fee_of",
    "find_operation",
    "find_plan",
    "find_shipment",
    "items_of",
    "latest_shipments",
    "page_of_plans",
    "page_of_shipments",
    "pallets_of",
    "preps_by_asin",
    "preps_by_sku",
    "preps_of_skus",
    "previews_for",
    "shipment_by_confirmation",
    "shipments_of",
    "shipping_modes",
    "transports_for",
    "windows_for",
]
