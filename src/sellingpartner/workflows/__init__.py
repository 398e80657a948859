"""Programs made of many calls: what a seller does all day, begun again where it stopped. They use the client alone."""

from __future__ import annotations

from sellingpartner.workflows.following import Delivery, follow_deliveries, follow_deliveries_async
from sellingpartner.workflows.fulfillment import fulfill_orders, fulfill_orders_async
from sellingpartner.workflows.journal import Journal, JournalBusy
from sellingpartner.workflows.labels import BuyLabels, LabelFile, ParcelSize
from sellingpartner.workflows.model import (
    Handed,
    Outcome,
    Progress,
    Report,
    Result,
    ShippingPlan,
    Stage,
    ToShip,
    Units,
)
from sellingpartner.workflows.own_shipping import OwnShipping

__all__ = [
    "BuyLabels",
    "Delivery",
    "Handed",
    "Journal",
    "JournalBusy",
    "LabelFile",
    "Outcome",
    "OwnShipping",
    "ParcelSize",
    "Progress",
    "Report",
    "Result",
    "ShippingPlan",
    "Stage",
    "ToShip",
    "Units",
    "follow_deliveries",
    "follow_deliveries_async",
    "fulfill_orders",
    "fulfill_orders_async",
]
