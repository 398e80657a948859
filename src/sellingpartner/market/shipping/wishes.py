"""What is to be shipped: whoever asks for services or buys a label says this, in whatever version of an API."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.shipping.measures import Box, Weighed
from sellingpartner.market.shipping.zones import Spot


class Experience(StrEnum):
    """What a delivery is confirmed by."""

    NO_TRACKING = "NoTracking"
    CONFIRMATION = "DeliveryConfirmationWithoutSignature"
    SIGNATURE = "DeliveryConfirmationWithSignature"
    ADULT_SIGNATURE = "DeliveryConfirmationWithAdultSignature"


class Sender(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a parcel comes from."""

    name: str
    line_1: str
    city: str
    postal_code: str
    country_code: str
    email: str
    phone: str
    line_2: str | None = None
    line_3: str | None = None
    county: str | None = None
    state: str | None = None

    @property
    def spot(self) -> Spot:
        """How carriers see the place."""
        return Spot(country=self.country_code, postal_code=self.postal_code, state=(self.state or "").upper())


class Wish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A parcel of an order, and how it is to travel."""

    order_id: str
    quantities: tuple[tuple[str, int], ...]
    """How many units of which order item are in it."""
    sender: Sender
    box: Box
    weight: Weighed
    experience: Experience
    is_collected: bool = False
    """Whether the carrier is to pick it up."""
    declared: Money | None = None
    """What it is to be insured for."""
    ship_at: datetime | None = None
    must_arrive_at: datetime | None = None
    is_hazmat: bool = False

    @property
    def digest(self) -> str:
        """What tells this wish from any other."""
        return blake2b(msgspec.json.encode(self), digest_size=48).hexdigest()


def spot_of(address: Address) -> Spot:
    """Where an order is to go, as carriers see the place."""
    state = (address.state_or_region or "").upper()
    return Spot(country=address.country_code, postal_code=address.postal_code, state=state)
