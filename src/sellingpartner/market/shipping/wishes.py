"""What is to be shipped: whoever asks for services or buys a label says this, in whatever version of an API."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.shipping.carriers.measures import Box, Weighed
from sellingpartner.market.shipping.carriers.zones import Spot


class Experience(StrEnum):
    """What a delivery is confirmed by."""

    NO_TRACKING = "NoTracking"
    CONFIRMATION = "DeliveryConfirmationWithoutSignature"
    SIGNATURE = "DeliveryConfirmationWithSignature"
    ADULT_SIGNATURE = "DeliveryConfirmationWithAdultSignature"

    @property
    def is_signed(self) -> bool:
        """Whether somebody has to sign."""
        return self in {Experience.SIGNATURE, Experience.ADULT_SIGNATURE}


class Sender(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a parcel comes from, or goes back to."""

    name: str
    line_1: str
    city: str
    postal_code: str
    country_code: str
    email: str = ""
    phone: str = ""
    company: str | None = None
    line_2: str | None = None
    line_3: str | None = None
    county: str | None = None
    state: str | None = None

    @property
    def spot(self) -> Spot:
        """How carriers see the place."""
        return Spot(country=self.country_code, postal_code=self.postal_code, state=(self.state or "").upper())


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is in a parcel, as its seller says: the market does not know what others sell."""

    quantity: int
    title: str = ""
    item_id: str = ""
    worth: Money | None = None
    """What one unit is worth."""
    grams: int = 0
    """What one unit weighs; 0 where that was not said."""


class Wish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A parcel, and how it is to travel: one of an order of the market, or one that was sold elsewhere."""

    order_id: str | None = None
    """The order that it is for; without one `recipient` says where it goes."""
    quantities: tuple[tuple[str, int], ...] = ()
    """How many units of which order item are in it."""
    sender: Sender
    recipient: Address | None = None
    contents: tuple[Content, ...] = ()
    reference: str = ""
    """What its seller calls it."""
    returns_to: Sender | None = None
    """Where it comes back to, if that is elsewhere."""
    client_reference: str = ""
    """What its seller calls the shipment, in Shipping v1."""
    client_references: tuple[tuple[str, str], ...] = ()
    """By what a software that ships for many knows whose it is: kind and id."""
    shown_name: str | None = None
    """The seller's name on the label."""
    notes: str | None = None
    """What the driver is to know."""
    to_collect: Money | None = None
    """What its recipient pays at the door."""
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
    is_return: bool = False
    """Whether it comes from a buyer, not from the seller."""
    access_point: str | None = None
    """The counter or locker at which its recipient fetches it."""
    accounts: tuple[tuple[str, str], ...] = ()
    """The seller's own accounts that carriers are to be paid by: whose, and which."""

    def account_with(self, carrier_id: str) -> str | None:
        """The seller's own account that a carrier is paid by; None where Amazon is."""
        return dict(self.accounts).get(carrier_id)

    @property
    def digest(self) -> str:
        """What tells this wish from any other."""
        return blake2b(msgspec.json.encode(self), digest_size=48).hexdigest()


def spot_of(address: Address) -> Spot:
    """Where an order is to go, as carriers see the place."""
    state = (address.state_or_region or "").upper()
    return Spot(country=address.country_code, postal_code=address.postal_code, state=state)
