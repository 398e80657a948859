"""A fulfillment order and its rules. Nothing here reads or writes.

What Amazon ships it as is an order like any other (`order_id`), which holds where it goes, what of it has left, and its
packages. Here stands what only its seller's request and the network's shipments say.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.events.outbound import FulfillmentFact
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.outbound.lifecycle import (
    DEEDS,
    LIFECYCLE,
    OPEN,
    SHIPMENT,
    Action,
    FulfillmentStatus,
    Policy,
    ShipmentStatus,
)
from sellingpartner.market.outbound.refusals import NoSuchItem
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.market.time.lifecycle import advance
from sellingpartner.storage.events import Event

Fact = TypeVar("Fact", bound=FulfillmentFact)

REQUIRED = "Required"
"""The policy of a feature that an order must have."""


class Window(msgspec.Struct, frozen=True):
    """From when to when."""

    begins_at: datetime
    ends_at: datetime


class DropOff(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a parcel may be left."""

    instructions: str | None = None
    place: str | None = None
    attributes: dict[str, str] = {}


class Collection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the recipient pays on delivery, besides the goods; in minor units of the marketplace's currency."""

    charge: int = 0
    charge_tax: int = 0
    shipping: int = 0
    shipping_tax: int = 0


class Payment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the seller was paid elsewhere, as it says."""

    payment_id: str = ""
    method: str = ""
    paid_at: datetime | None = None


class Notified(msgspec.Struct, frozen=True):
    """Whom Amazon writes to as a shipment leaves, by the seller's wish."""

    email: str


class PackingSlip(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is printed on the slip, by the names of a template."""

    template: str | None = None
    attributes: dict[str, str] = {}


class Item(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One line of a fulfillment order."""

    item_id: str
    """What the seller calls it."""
    sku: str
    quantity: int
    order_item_id: str = ""
    asin: str = ""
    fnsku: str = ""
    awaited: int = 0
    """Of these units: how many are not there yet, and promised to nobody."""
    canceled: int = 0
    unfulfillable: int = 0
    shipped: int = 0
    gift_message: str | None = None
    comment: str | None = None
    declared: Money | None = None
    """What the seller says that a unit is worth."""
    price: Money | None = None
    """What is collected for a unit on delivery."""
    price_tax: Money | None = None
    slip: PackingSlip | None = None

    @property
    def left(self) -> int:
        """The units that are still to leave, those that are not there yet included."""
        return self.quantity - self.canceled - self.unfulfillable - self.shipped

    @property
    def ready(self) -> int:
        """The units that are promised to it and have not left."""
        return self.left - self.awaited


class Shipment(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What leaves one center together, in one package."""

    shipment_id: str
    center: str
    quantities: dict[str, int]
    """How many units of which item."""
    ships_at: datetime
    """When it left, or is to leave."""
    arrives_at: datetime
    status: ShipmentStatus = ShipmentStatus.PENDING
    package_number: int | None = None
    package_reference: str | None = None
    """How the order that it leaves as knows the package."""
    carrier: str = ""
    tracking_number: str | None = None

    def move(self, fact: type[Event]) -> None:
        """Change the status by a fact of the lifecycle."""
        self.status = advance(SHIPMENT, self.status, fact, subject=f"Shipment {self.shipment_id}", deed="change")


class ReturnedItem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A unit that is to come back."""

    return_item_id: str
    """What the seller calls it."""
    item_id: str
    shipment_id: str
    reason: str
    comment: str | None = None
    return_id: str
    """The return of the order, among whose units it is."""
    authorization_id: str
    changed_at: datetime
    condition: str | None = None
    """What it was found to be; None until it has come."""
    center: str | None = None


class Authorization(msgspec.Struct, frozen=True, kw_only=True):
    """Under what units may be sent back, and to where."""

    authorization_id: str
    center: str
    rma_id: str


class FulfillmentOrder(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What a seller asks Amazon to ship, and what has become of it."""

    fulfillment_order_id: str
    marketplace_id: str
    displayable_id: str
    displayable_at: datetime
    comment: str
    speed: Speed
    items: list[Item]
    received_at: datetime
    updated_at: datetime
    """When its status last changed."""
    status: FulfillmentStatus = FulfillmentStatus.RECEIVED
    action: Action = Action.SHIP
    policy: Policy = Policy.FILL_OR_KILL
    order_id: str | None = None
    refused_address: Address | None = None
    """Where it was to go, if it never was accepted: else that stands in its order."""
    invalid_because: str | None = None
    window: Window | None = None
    drop_off: DropOff | None = None
    collection: Collection | None = None
    """Given where the recipient pays on delivery."""
    from_country: str | None = None
    notified: tuple[Notified, ...] = ()
    features: dict[str, str] = {}
    """By the name of a feature, whether it is required."""
    payments: tuple[Payment, ...] = ()
    slip: PackingSlip | None = None
    channel: str | None = None
    services: dict[str, str] = {}
    """What else was asked for by name."""
    ships_by: datetime | None = None
    """By when its units are to leave, and then to arrive, by what was promised as it came in."""
    arrives_by: datetime | None = None
    waits_until: datetime | None = None
    """Until when it waits for units that lack."""
    shipments: list[Shipment] = []
    returned: list[ReturnedItem] = []
    authorizations: list[Authorization] = []

    @property
    def is_open(self) -> bool:
        """Whether more is to happen to it."""
        return self.status in OPEN

    @property
    def units(self) -> int:
        """How many units were asked for."""
        return sum(item.quantity for item in self.items)

    @property
    def awaited(self) -> int:
        """How many units it waits for."""
        return sum(item.awaited for item in self.items)

    @property
    def is_shipping(self) -> bool:
        """Whether any shipment is yet to leave."""
        return any(one.status is ShipmentStatus.PENDING for one in self.shipments)

    @property
    def shipped_as(self) -> str:
        """The order that it is shipped as; only one that was never accepted has none."""
        assert self.order_id is not None, self.status  # noqa: S101 - an Invalid order is not open
        return self.order_id

    def requires(self, feature: str) -> bool:
        """Whether it must have a feature."""
        return self.features.get(feature) == REQUIRED

    def item(self, item_id: str) -> Item:
        """One of its items; raises `NoSuchItem`."""
        for item in self.items:
            if item.item_id == item_id:
                return item
        raise NoSuchItem(self.fulfillment_order_id, item_id)

    def shipment(self, shipment_id: str) -> Shipment | None:
        """One of its shipments."""
        return next((one for one in self.shipments if one.shipment_id == shipment_id), None)

    def move(self, fact: type[Event], *, at: datetime) -> None:
        """Change the status by a fact of the lifecycle; raises `IllegalTransition`."""
        subject = f"Fulfillment order {self.fulfillment_order_id}"
        self.status = advance(LIFECYCLE, self.status, fact, subject=subject, deed=DEEDS[fact])
        self.updated_at = at

    def said(self, kind: type[Fact]) -> Fact:
        """A fact about it that says nothing more than its status."""
        return kind(
            fulfillment_order_id=self.fulfillment_order_id,
            order_id=self.order_id,
            marketplace_id=self.marketplace_id,
            status=self.status.value,
        )
