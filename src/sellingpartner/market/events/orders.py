"""What happens to orders.

Facts carry the amounts that others post or report, so that nobody reads the order again to learn them. An order's
facts come in this order: OrderPlaced, (PreorderReleased,) OrderPaid, PackageShipped once a package, OrderShipped.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.storage.events import Event


class LineAmounts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a buyer pays for some units of one item, in minor units of the order's currency.

    Where prices include tax (`tax_included`), the tax amounts are parts of the prices; else they come on top.
    """

    price: int = 0
    tax: int = 0
    shipping: int = 0
    shipping_tax: int = 0
    shipping_discount: int = 0
    shipping_discount_tax: int = 0
    promotion_discount: int = 0
    promotion_discount_tax: int = 0
    gift_wrap: int = 0
    gift_wrap_tax: int = 0
    cod_fee: int = 0
    goodwill: int = 0
    """Given back beyond what was paid: only refunds have it, and the two below."""
    restocking_fee: int = 0
    """Kept of what is given back."""
    return_shipping: int = 0
    """Kept of it for the label that the buyer sent units back with."""
    tax_included: bool = False

    @property
    def total(self) -> int:
        """What the buyer pays in all."""
        before_tax = (
            self.price
            + self.shipping
            + self.gift_wrap
            + self.cod_fee
            + self.goodwill
            - self.shipping_discount
            - self.promotion_discount
            - self.restocking_fee
            - self.return_shipping
        )
        return before_tax if self.tax_included else before_tax + self.all_tax

    @property
    def all_tax(self) -> int:
        """The tax in all, whether it is included in the prices or comes on top."""
        return (
            self.tax + self.shipping_tax + self.gift_wrap_tax - self.shipping_discount_tax - self.promotion_discount_tax
        )

    def negated(self) -> LineAmounts:
        """The same amounts, given back."""
        parts = {name: -getattr(self, name) for name in self.__struct_fields__ if name != "tax_included"}
        return LineAmounts(tax_included=self.tax_included, **parts)


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Some units of one item of an order, and what they cost. A correction may take units back: then it is negative."""

    order_item_id: str
    sku: str
    asin: str
    quantity: int
    amounts: LineAmounts
    points: int = 0
    """The points that the seller grants with these units."""
    promotion_ids: tuple[str, ...] = ()
    unpromised: int = 0
    """Of units that were canceled: how many the order had only waited for."""


class OrderPlaced(Event):
    """A buyer placed an order."""

    order_id: str
    marketplace_id: str
    channel: str
    status: str
    purchased_at: datetime
    currency: str
    total_minor: int
    is_business: bool
    lines: tuple[Line, ...]


class ServiceOrdered(Event):
    """What a buyer ordered is a service; it follows `OrderPlaced`."""

    order_id: str
    marketplace_id: str


class PreorderReleased(Event):
    """A preordered item was released, so the order's payment is authorized next."""

    order_id: str
    marketplace_id: str


class OrderPaid(Event):
    """The payment was authorized, so the order may ship."""

    order_id: str
    marketplace_id: str
    channel: str
    currency: str
    total_minor: int


class PackageFact(Event):
    """What is said of a package that left, and when that is corrected."""

    order_id: str
    marketplace_id: str
    channel: str
    package_reference: str
    shipped_at: datetime
    currency: str
    lines: tuple[Line, ...]
    carrier: str = ""
    service: str = ""
    tracking_id: str | None = None
    is_tracked: bool = True
    """Whether the package is a parcel of its own; one with a label of the market is followed by that label."""
    latest_delivery_at: datetime | None = None
    """When it is to have arrived at the latest, by what the buyer was promised."""
    ship_to: str = ""
    """The country and state that it goes to: `US-OR`."""
    is_invoiced: bool = False
    """Whether a business pays for it by invoice, weeks later."""
    is_from_outside: bool = False
    """Whether it was ordered outside the shop, so that nothing is paid for it here."""


class PackageShipped(PackageFact):
    """A package of an order left; also for the last one, which `OrderShipped` follows."""


class PackageChanged(PackageFact):
    """What was said of a shipped package was corrected; `lines` are the differences, empty if no quantity moved."""


class OrderMoved(Event):
    """Another supply source of the seller ships units of an order than the one that was to."""

    order_id: str
    marketplace_id: str
    supply_source_id: str
    moved_from: str


class OrderShipped(Event):
    """All that an order still holds has left."""

    order_id: str
    marketplace_id: str
    channel: str
    shipped_at: datetime


class InvoiceAwaited(Event):
    """All has left, and the seller still owes the confirmation of the invoice."""

    order_id: str
    marketplace_id: str
    channel: str
    shipped_at: datetime


class InvoiceConfirmed(Event):
    """The seller confirmed the invoice of an order that had left without."""

    order_id: str
    marketplace_id: str


class PackageDelivered(Event):
    """A package reached its buyer."""

    order_id: str
    marketplace_id: str
    channel: str
    package_reference: str
    delivered_at: datetime


class CancellationRequested(Event):
    """The buyer asks the seller to cancel an order that is paid."""

    order_id: str
    marketplace_id: str
    reason: str


class ItemsCanceled(Event):
    """Some units of an order will not ship; the rest goes on."""

    order_id: str
    marketplace_id: str
    channel: str
    canceled_by: str
    reason: str
    currency: str
    lines: tuple[Line, ...]


class OrderCanceled(Event):
    """An order was canceled before anything of it had left."""

    order_id: str
    marketplace_id: str
    channel: str
    canceled_by: str
    reason: str
    currency: str
    lines: tuple[Line, ...]


class OrderUnfulfillable(Event):
    """An order from outside the shop cannot be fulfilled by the fulfillment network."""

    order_id: str
    marketplace_id: str
    channel: str
    lines: tuple[Line, ...]


class VerificationApproved(Event):
    """The seller approved an order's regulated information."""

    order_id: str
    marketplace_id: str


class VerificationRejected(Event):
    """The seller rejected an order's regulated information."""

    order_id: str
    marketplace_id: str


class VerificationExpired(Event):
    """Nobody decided on an order's regulated information in time."""

    order_id: str
    marketplace_id: str


class VerificationCanceled(Event):
    """An order was canceled before anybody had decided on its regulated information."""

    order_id: str
    marketplace_id: str


class PickupReady(Event):
    """An order waits for its buyer in the store."""

    order_id: str
    marketplace_id: str


class OrderPickedUp(Event):
    """The buyer took the last of an order from the store."""

    order_id: str
    marketplace_id: str


class PickupRefused(Event):
    """The buyer refused the last of an order in the store."""

    order_id: str
    marketplace_id: str


class ShipmentLate(Event):
    """The time to ship an order is over, and not all of it has left."""

    order_id: str
    marketplace_id: str
    channel: str
    latest_ship_at: datetime


class ReturnAsked(Event):
    """A buyer asks to send units of an order back; `lines` are these units and what was paid for them."""

    order_id: str
    return_id: str
    marketplace_id: str
    channel: str
    reason: str
    currency: str
    lines: tuple[Line, ...]


class ReturnOnItsWay(Event):
    """A buyer has handed over what comes back."""

    order_id: str
    return_id: str
    marketplace_id: str
    channel: str


class ReturnReceived(Event):
    """What was sent back has come: to the seller, or to the fulfillment network. `condition` is inventory's."""

    order_id: str
    return_id: str
    marketplace_id: str
    channel: str
    condition: str
    currency: str
    lines: tuple[Line, ...]


class RefundIssued(Event):
    """A buyer gets money back: the amounts of `lines` are negative, their quantities are the units that are refunded.

    A refund of a part of the price refunds no unit, so that its quantity is 0.
    """

    order_id: str
    refund_id: str
    return_id: str | None
    marketplace_id: str
    channel: str
    reason: str
    currency: str
    lines: tuple[Line, ...]
