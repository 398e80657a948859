"""An order and its rules. Nothing here reads or writes: commands load an order, have it change, and keep it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.orders import InvoiceAwaited, Line, OrderShipped, PackageShipped
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.lifecycle import DEEDS, LIFECYCLE, OPEN, SHIPPABLE, UNPAID, OrderStatus, PickupStatus
from sellingpartner.market.orders.packages import Package, Parcel
from sellingpartner.market.orders.promises import Service, promise
from sellingpartner.market.orders.purchase import InvoiceStatus, OrderType, PaymentMethod
from sellingpartner.market.orders.refusals import (
    IsService,
    NothingRegulated,
    NoUnits,
    OrderNotShippable,
    TooMany,
    UnknownItem,
    VerificationOpen,
)
from sellingpartner.market.orders.regulated import Review
from sellingpartner.market.time.lifecycle import advance
from sellingpartner.storage.events import Event

_BY_INVOICE = "Invoice"


class Canceler(StrEnum):
    """Who cancels."""

    BUYER = "Buyer"
    SELLER = "Seller"
    MARKET = "Market"


class Cancellation(msgspec.Struct, frozen=True, kw_only=True):
    """That an order, or what was left of it, was canceled."""

    by: Canceler
    reason: str
    at: datetime


class CancellationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """That the buyer asks for a cancellation."""

    reason: str
    at: datetime


class Order(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What a buyer ordered of one seller in one marketplace, and all that has happened to it."""

    order_id: str
    marketplace_id: str
    status: OrderStatus
    channel: FulfillmentChannel
    currency: str
    purchased_at: datetime
    updated_at: datetime
    buyer: Buyer
    address: Address
    items: list[OrderItem]
    sales_channel: str
    service: Service
    service_level: str
    earliest_ship_at: datetime
    latest_ship_at: datetime
    earliest_delivery_at: datetime
    latest_delivery_at: datetime
    handling_days: int = 2
    is_late: bool = False
    """Whether the time to ship it was over before all of it had left."""
    seller_order_id: str | None = None
    order_type: OrderType = OrderType.STANDARD
    available_at: datetime | None = None
    payment_method: PaymentMethod = PaymentMethod.OTHER
    payment_details: tuple[str, ...] = ("Standard",)
    paid_at: datetime | None = None
    is_business: bool = False
    is_prime: bool = False
    is_premium: bool = False
    is_access_point: bool = False
    is_global_express: bool = False
    is_store_pickup: bool = False
    store_chain_store_id: str | None = None
    supply_source_id: str | None = None
    seller_country: str | None = None
    """Where the seller's business is, if not in the marketplace's country."""
    from_country: str | None = None
    """Where the goods leave from, if not from the marketplace's country."""
    replaces_order_id: str | None = None
    is_requested: bool = False
    """Whether a seller asked for it by a fulfillment order, which says when it ships."""
    is_service: bool = False
    """Whether it is of work that is done at an appointment: nothing of it lies in stock, and no parcel leaves."""
    serves_order_ids: tuple[str, ...] = ()
    """Of a service: the orders of goods that it is for."""
    wished_times: tuple[datetime, ...] = ()
    """Of a service: when the buyer would like it to begin."""
    awaits_invoice: bool = False
    ships_after_invoice: bool = False
    """Whether it leaves the fulfillment center, or is fetched from its seller, only when its invoice is accepted."""
    easy_ship_status: str | None = None
    invoice_status: InvoiceStatus | None = None
    packages: list[Package] = []
    review: Review | None = None
    pickup_status: PickupStatus | None = None
    cancellation: Cancellation | None = None
    cancellation_request: CancellationRequest | None = None

    @property
    def place(self) -> Place:
        """Where the order's units lie."""
        return Place.FBA if self.channel is FulfillmentChannel.AFN else Place.SELLER

    @property
    def is_open(self) -> bool:
        """Whether more is to happen to it by itself."""
        return self.status in OPEN

    @property
    def is_unpaid(self) -> bool:
        """Whether it hides its address and its prices."""
        return self.status in UNPAID

    @property
    def waits_for_invoice(self) -> bool:
        """Whether it may not leave yet, for want of its invoice."""
        return self.ships_after_invoice and self.invoice_status is not InvoiceStatus.ACCEPTED

    @property
    def is_invoiced(self) -> bool:
        """Whether a business pays for it by invoice, weeks after it has come."""
        return self.is_business and _BY_INVOICE in self.payment_details

    @property
    def total(self) -> Money:
        """What the buyer pays for all that was not canceled."""
        return Money(sum(item.held_amounts.total for item in self.items), self.currency)

    @property
    def quantity_shipped(self) -> int:
        """How many units have left."""
        return sum(item.shipped for item in self.items)

    @property
    def quantity_unshipped(self) -> int:
        """How many units are still to leave."""
        return sum(item.unshipped for item in self.items)

    @property
    def next_reference(self) -> str:
        """A reference that none of its packages has."""
        known = {package.reference for package in self.packages}
        return next(str(number) for number in range(1, len(known) + 2) if str(number) not in known)

    def item(self, order_item_id: str) -> OrderItem:
        """One of its items; raises `UnknownItem`."""
        for item in self.items:
            if item.order_item_id == order_item_id:
                return item
        raise UnknownItem(self.order_id, order_item_id)

    def package(self, reference: str) -> Package | None:
        """The package with a reference."""
        return next((package for package in self.packages if package.reference == reference), None)

    def regulated(self) -> Review:
        """The review of its regulated information; raises `NothingRegulated`."""
        if self.review is None:
            raise NothingRegulated(self.order_id)
        return self.review

    def unshipped_quantities(self) -> dict[str, int]:
        """How many units of which item are still to leave."""
        return {item.order_item_id: item.unshipped for item in self.items if item.unshipped}

    def promise_from(self, moment: datetime) -> None:
        """Promise anew when it ships and when it arrives, as if it had been ordered at a moment."""
        country = MARKETPLACES[self.marketplace_id].country_code
        dates = promise(moment, self.handling_days, self.service, country)
        self.earliest_ship_at, self.latest_ship_at = dates.earliest_ship_at, dates.latest_ship_at
        self.earliest_delivery_at, self.latest_delivery_at = dates.earliest_delivery_at, dates.latest_delivery_at

    def move(self, fact: type[Event]) -> None:
        """Change the status by a fact of the lifecycle; raises `IllegalTransition`."""
        self.status = advance(LIFECYCLE, self.status, fact, subject=f"Order {self.order_id}", deed=DEEDS[fact])

    def ship(self, parcel: Parcel, *, at: datetime, delivered_at: datetime | None = None) -> list[Line]:
        """Let a package leave, or correct the one with its reference; returns the units that moved.

        Raises before anything has changed if the order cannot ship, an item is unknown or its units do not suffice.
        """
        known = self.package(parcel.reference)
        self._check_shippable(known, parcel)
        moves = self._moves(parcel.quantities, known.quantities if known else {})
        lines = [item.ship(units) for item, units in moves if units]
        package = Package.of(parcel, confirmed_at=at, delivered_at=delivered_at)
        if known is None:
            self.packages = [*self.packages, package]
        else:
            package.confirmed_at, package.delivered_at = known.confirmed_at, known.delivered_at
            self.packages = [package if one is known else one for one in self.packages]
        if self.status in SHIPPABLE:
            self.move(self.shipping_fact())
        return lines

    def shipping_fact(self) -> type[Event]:
        """What the leaving of a package, or the canceling of what is left, makes of the order."""
        if self.quantity_unshipped:
            return PackageShipped
        return InvoiceAwaited if self.awaits_invoice else OrderShipped

    def cancel_units(self, quantities: Mapping[str, int]) -> list[Line]:
        """Take back units that have not left; returns them. Raises before anything has changed."""
        moves = []
        for order_item_id, units in quantities.items():
            item = self.item(order_item_id)
            _check_units(item, units, item.unshipped)
            moves.append((item, units))
        return [item.cancel(units) for item, units in moves]

    def _check_shippable(self, known: Package | None, parcel: Parcel) -> None:
        if self.is_service and parcel.carrier_code:
            raise IsService(self.order_id)
        corrects = known is not None and self.status in {OrderStatus.SHIPPED, OrderStatus.INVOICE_UNCONFIRMED}
        if self.status not in SHIPPABLE and not corrects:
            raise OrderNotShippable(self.order_id, self.status)
        # Assumed: a regulated order can be shipped only when its review has approved it.
        if self.review is not None and self.review.requires_action and self.review.is_pending:
            raise VerificationOpen(self.order_id)

    def _moves(self, after: Mapping[str, int], before: Mapping[str, int]) -> list[tuple[OrderItem, int]]:
        """By how many units each item's shipped quantity changes."""
        moves = []
        for order_item_id in _merged(before, after):
            item = self.item(order_item_id)
            had = before.get(order_item_id, 0)
            if order_item_id in after:
                _check_units(item, after[order_item_id], item.unshipped + had)
            moves.append((item, after.get(order_item_id, 0) - had))
        # Assumed: a shipment confirmation of an order that is Shipped can be corrected, but not to fewer units.
        if self.status not in SHIPPABLE and any(units < 0 for _, units in moves):
            raise OrderNotShippable(self.order_id, self.status)
        return moves


def _check_units(item: OrderItem, units: int, left: int) -> None:
    if units < 1:
        raise NoUnits(item.order_item_id, units)
    if units > left:
        raise TooMany(item.order_item_id, units, left)


def _merged(first: Iterable[str], second: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*first, *second]))
