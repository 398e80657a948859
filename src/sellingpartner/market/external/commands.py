"""What happens at locations of external fulfillment: their shipments go step by step, their stock is counted."""

from __future__ import annotations

from sellingpartner.market.external import following, returns
from sellingpartner.market.external.answering import Answer, confirm, reject
from sellingpartner.market.external.labeling import Courier, Labeled, generate_labels
from sellingpartner.market.external.leaving import update_status
from sellingpartner.market.external.locations import close_location, open_location
from sellingpartner.market.external.options import retrieve_options
from sellingpartner.market.external.packing import create_packages, update_package
from sellingpartner.market.external.quantities import state_quantity
from sellingpartner.market.external.writing import generate_invoice

__all__ = [
    "Answer",
    "Courier",
    "Labeled",
    "close_location",
    "confirm",
    "create_packages",
    "following",
    "generate_invoice",
    "generate_labels",
    "open_location",
    "reject",
    "retrieve_options",
    "returns",
    "state_quantity",
    "update_package",
    "update_status",
]
