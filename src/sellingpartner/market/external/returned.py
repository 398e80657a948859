"""What comes back to a location. Nothing here reads or writes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.market.external.lifecycle import RETURN, ReturnStatus


class ReturnKind(StrEnum):
    """Why it comes back, in Amazon's words."""

    CUSTOMER = "CUSTOMER"
    """The buyer sends it back."""
    REJECT = "REJECT"
    """It could not be delivered."""


class Tracking(msgspec.Struct, frozen=True):
    """A carrier, and its number for a parcel."""

    carrier_name: str
    tracking_id: str


class ExternalReturn(Discreet, msgspec.Struct, kw_only=True, omit_defaults=True):
    """Units of one SKU that come back to a location."""

    secret_besides = frozenset({"password_until"})

    external_return_id: str
    order_id: str
    order_item_id: str
    shipment_id: str
    marketplace_id: str
    rma_id: str
    """The return of `orders` that it is a part of; of what could not be delivered, the package's."""
    fulfilled_from: str
    """The supply source that had sent it."""
    returns_to: str
    """The supply source that it comes to."""
    sku: str
    units: int
    kind: ReturnKind
    reason: str
    created_at: datetime
    updated_at: datetime
    status: ReturnStatus = ReturnStatus.CREATED
    forward: Tracking | None = None
    backward: Tracking
    picked_at: datetime | None = None
    delivered_at: datetime | None = None
    refunded: int = 0
    """Of how many units the buyer has got the money back."""
    password: str | None = None
    """What the carrier is told before it hands the parcel over, where that is done."""
    password_until: datetime | None = None
    invoice_number: str | None = None

    def move(self, status: ReturnStatus, at: datetime) -> bool:
        """Be somewhere else, if it can be there from here; whether it is."""
        if status not in RETURN[self.status]:
            return False
        self.status, self.updated_at = status, at
        return True
