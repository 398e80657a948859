"""What happens to fulfillment orders: what Amazon ships for orders that were placed outside its shop.

Each of them has the order that Amazon ships it as, and tells the status that it has from then on. The units that leave
are told of by `PackageShipped` of that order as well.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.storage.events import Event


class FulfillmentFact(Event):
    """What every fact of a fulfillment order says."""

    fulfillment_order_id: str
    """What the seller calls it."""
    order_id: str | None
    """What Amazon ships it as; none if it never was accepted."""
    marketplace_id: str
    status: str


class FulfillmentOrderReceived(FulfillmentFact):
    """A fulfillment order came in, and can be fulfilled."""


class FulfillmentOrderRefused(FulfillmentFact):
    """A fulfillment order came in that cannot be fulfilled: its address, or the stock, does not allow it."""


class FulfillmentPlanned(FulfillmentFact):
    """The network plans the shipments of a fulfillment order."""


class FulfillmentBegun(FulfillmentFact):
    """A center began to pick units for a fulfillment order; from here on its seller cannot cancel it."""


class FulfillmentCompleted(FulfillmentFact):
    """All units of a fulfillment order have left."""


class FulfillmentPartlyCompleted(FulfillmentFact):
    """Some units of a fulfillment order have left; the others will not."""


class FulfillmentCanceled(FulfillmentFact):
    """A fulfillment order was canceled before anything was picked."""


class FulfillmentUnfulfillable(FulfillmentFact):
    """Nothing of a fulfillment order could be fulfilled."""


class Sent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Units of one item that left in a shipment, and what is collected for them where they are paid on delivery."""

    order_item_id: str
    sku: str
    asin: str
    quantity: int
    collected: int = 0
    """The price of the goods, in minor units."""
    collected_tax: int = 0


class Collected(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is collected on delivery besides the goods, in minor units."""

    charge: int = 0
    charge_tax: int = 0
    shipping: int = 0
    shipping_tax: int = 0


class FulfillmentShipped(FulfillmentFact):
    """A shipment of a fulfillment order left its center."""

    shipment_id: str
    package_number: int
    carrier: str
    tracking_number: str
    arrives_at: datetime
    """When it is expected."""
    speed: str
    units_ordered: int
    """Of how many units its order is, by which the fee of each goes."""
    is_first: bool
    """Whether it is the first of its order."""
    blocks_amazons_carrier: bool
    lines: tuple[Sent, ...]
    collected: Collected | None = None
    """What of a payment on delivery comes with this shipment; none where nothing is collected."""


class FulfillmentShipmentDropped(FulfillmentFact):
    """A shipment was canceled before it left: by the seller, or because its center could not make it."""

    shipment_id: str
    shipment_status: str


class FulfillmentParcelLost(FulfillmentFact):
    """A carrier gave up the package of a shipment that had left."""

    shipment_id: str
    quantities: dict[str, int]
    """How many units of which SKU were in it."""


class FulfillmentReturnReceived(FulfillmentFact):
    """Units of a fulfillment order came back."""

    sku: str
    quantity: int
    condition: str


class FulfillmentOrderChanged(FulfillmentFact):
    """A seller changed what a fulfillment order says, or let one go that was on hold; its status is the same."""
