"""What others may ask of shipping."""

from __future__ import annotations

from sellingpartner.market.shipping.access_points.finding import (
    AccessPoint,
    Nearby,
    access_points,
    closed_days,
    find_access_point,
)
from sellingpartner.market.shipping.claiming.claiming import is_paid_for
from sellingpartner.market.shipping.claiming.store import claim_of_shipment
from sellingpartner.market.shipping.collecting.forming import form_by_id, forms_made, unmanifested
from sellingpartner.market.shipping.easy_ship.rules import easy_ship_of
from sellingpartner.market.shipping.model import Parcel, Shipment
from sellingpartner.market.shipping.own_accounts.linking import linked_account
from sellingpartner.market.shipping.own_accounts.rules import linkable_in
from sellingpartner.market.shipping.own_accounts.store import active_accounts
from sellingpartner.market.shipping.rating.offering import Offer, Offering, offering
from sellingpartner.market.shipping.store import (
    find_parcel,
    find_shipment,
    latest_shipments,
    parcels_by_tracking,
    parcels_of_anybody,
    parcels_of_order,
    settings_of,
    shipments_of_order,
)
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "AccessPoint",
    "Nearby",
    "Offer",
    "Offering",
    "access_points",
    "active_accounts",
    "bought_parcel",
    "claim_of_shipment",
    "closed_days",
    "easy_ship_of",
    "find_access_point",
    "find_parcel",
    "find_shipment",
    "form_by_id",
    "forms_made",
    "is_paid_for",
    "latest_shipments",
    "linkable_in",
    "linked_account",
    "offering",
    "parcels_by_tracking",
    "parcels_of_anybody",
    "parcels_of_order",
    "settings_of",
    "shipments_of_order",
    "unmanifested",
]


def bought_parcel(unit: UnitOfWork, tracking_id: str, carrier_id: str | None = None) -> tuple[Parcel, Shipment] | None:
    """The parcel of a bought label with a tracking number, of one carrier or of any."""
    for parcel in parcels_by_tracking(unit, tracking_id):
        if parcel.shipment_id is not None and carrier_id in {None, parcel.carrier_id}:
            return parcel, find_shipment(unit, parcel.shipment_id)
    return None
