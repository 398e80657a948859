"""Packages leave and arrive. Whatever ships (a confirmation, a bought label, a feed, Amazon itself) leads to `ship`."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.events.orders import (
    InvoiceConfirmed,
    Line,
    PackageChanged,
    PackageDelivered,
    PackageShipped,
)
from sellingpartner.market.inventory import commands as inventory
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.canceling import say_shipped
from sellingpartner.market.orders.lifecycle import SHIPPABLE, OrderStatus
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.packages import Package, Parcel
from sellingpartner.market.orders.placing.paying import FulfillmentCenterShips, have_shipped
from sellingpartner.market.orders.placing.whence import near_buyer
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.refusals import GoesByEasyShip, WrongMarketplace, WrongState
from sellingpartner.market.orders.store import load_order, save_order
from sellingpartner.market.supply.questions import known_source
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import when
from sellingpartner.storage.unit import UnitOfWork

_JAPAN = BY_COUNTRY["JP"].marketplace_id

# Assumed: how long the number of a package may be is not documented; what is posted for a package is named by it.
_LONGEST_REFERENCE = 30
OTHER_CARRIER = "Other"
AMAZON_CARRIER = "AMZN_US"
"""Assumed: Amazon's own carrier is called so wherever Amazon ships, as in its report of shipments and in its sample of
multi-channel fulfillment; examples of its models say AMZL, and one answer that was seen says Amazon Logistics."""


def confirm_shipment(unit: UnitOfWork, order_id: str, parcel: Parcel, *, marketplace_id: str) -> None:
    """Let the seller say that a package of an order has left, or correct what it said of that package."""
    order = load_order(unit, order_id)
    _check_sellers_word(unit, order, parcel, marketplace_id)
    ship_loaded(unit, order, parcel)


def ship(unit: UnitOfWork, order_id: str, parcel: Parcel, *, is_tracked: bool = True) -> None:
    """Let a package of an order leave; naming a known package's reference corrects that package."""
    ship_loaded(unit, load_order(unit, order_id), parcel, is_tracked=is_tracked)


def ship_loaded(
    unit: UnitOfWork,
    order: Order,
    parcel: Parcel,
    *,
    delivered_at: datetime | None = None,
    is_tracked: bool = True,
) -> None:
    """Let a package of an order at hand leave, and keep the order.

    What is on its way is the shipping context's to follow, which delivers it (`deliver`); `is_tracked` says that
    nothing there follows it yet.
    """
    was_known = order.package(parcel.reference) is not None
    could_ship = order.status in SHIPPABLE
    lines = order.ship(parcel, at=unit.now, delivered_at=delivered_at)
    if parcel.center is None and not order.is_service:
        for line in sorted(lines, key=lambda one: one.sku):
            _take_from_stock(unit, order, parcel, line)
    _say_from_where(unit, order, parcel)
    save_order(unit, order)
    kind = PackageChanged if was_known else PackageShipped
    unit.emit(
        kind(
            order_id=order.order_id,
            marketplace_id=order.marketplace_id,
            channel=order.channel.value,
            package_reference=parcel.reference,
            shipped_at=parcel.shipped_at,
            currency=order.currency,
            lines=tuple(lines),
            carrier=parcel.carrier_code,
            service=order.service.value,
            tracking_id=parcel.tracking_number,
            is_tracked=is_tracked and delivered_at is None,
            latest_delivery_at=order.latest_delivery_at,
            ship_to=f"{order.address.country_code}-{order.address.state_or_region or ''}",
            is_invoiced=order.is_invoiced,
            is_from_outside=order.sales_channel == NON_AMAZON,
        )
    )
    if could_ship and not order.quantity_unshipped:
        say_shipped(unit, order)


def _say_from_where(unit: UnitOfWork, order: Order, parcel: Parcel) -> None:
    """Keep with a package the address of the supply source that it leaves, the parcel's or the order's."""
    package, source_id = order.package(parcel.reference), parcel.supply_source_id or order.supply_source_id
    source = None if source_id is None else known_source(unit, source_id)
    if package is None or source is None:
        return
    said = source.address
    package.ship_from = Address(
        name=said.name,
        line_1=said.address_line1,
        line_2=said.address_line2,
        line_3=said.address_line3,
        city=said.city or "",
        district=said.district or said.county,
        state_or_region=said.state_or_region,
        postal_code=said.postal_code or "",
        country_code=said.country_code,
    )


def perform(unit: UnitOfWork, order_id: str, order_item_id: str) -> None:
    """Have an item of a service be done: it has left and arrived, and no parcel was on its way.

    The appointments context decides when it is done.
    """
    order = load_order(unit, order_id)
    done = Parcel(
        reference=order.next_reference,
        shipped_at=unit.now,
        quantities={order_item_id: order.item(order_item_id).unshipped},
        carrier_code="",
    )
    ship_loaded(unit, order, done, delivered_at=unit.now)
    package = order.package(done.reference)
    if package is not None:
        say_delivered(unit, order, package)


def deliver(unit: UnitOfWork, order_id: str, package_reference: str | None = None) -> None:
    """Let a package of an order reach its buyer, or every package that is still on its way."""
    order = load_order(unit, order_id)
    arriving = [
        package
        for package in order.packages
        if package.delivered_at is None and package_reference in {None, package.reference}
    ]
    if not arriving:
        message = f"Order {order_id} has no package {package_reference or ''} on its way."
        raise WrongState(message.replace("  ", " "))
    for package in arriving:
        package.delivered_at = unit.now
    save_order(unit, order)
    for package in arriving:
        say_delivered(unit, order, package)


def track(unit: UnitOfWork, order_id: str, package_reference: str, carrier_status: str) -> None:
    """Know where the carrier has a package of an order; the shipping context decides what is possible."""
    order = load_order(unit, order_id)
    package = order.package(package_reference)
    if package is not None and package.carrier_status != carrier_status:
        package.carrier_status = carrier_status
        save_order(unit, order)


def say_delivered(unit: UnitOfWork, order: Order, package: Package) -> None:
    """Tell that a package reached its buyer."""
    unit.emit(
        PackageDelivered(
            order_id=order.order_id,
            marketplace_id=order.marketplace_id,
            channel=order.channel.value,
            package_reference=package.reference,
            delivered_at=unit.now,
        )
    )


def confirm_invoice(unit: UnitOfWork, order_id: str) -> None:
    """Let the seller confirm the invoice of an order that left without one."""
    order = load_order(unit, order_id)
    order.move(InvoiceConfirmed)
    save_order(unit, order)
    unit.emit(InvoiceConfirmed(order_id=order_id, marketplace_id=order.marketplace_id))


def hold_for_invoice(unit: UnitOfWork, order_id: str) -> None:
    """Let an order leave the fulfillment center, or be fetched from its seller, only with its invoice."""
    order = load_order(unit, order_id)
    order.ships_after_invoice = True
    save_order(unit, order)


def release_invoiced(unit: UnitOfWork, order_id: str) -> None:
    """Let an order leave whose invoice is accepted; one that had left without it has it confirmed by that."""
    order = load_order(unit, order_id)
    if order.status is OrderStatus.INVOICE_UNCONFIRMED:
        confirm_invoice(unit, order_id)
        return
    order.awaits_invoice = False
    save_order(unit, order)
    have_shipped(unit, order)


@when(FulfillmentCenterShips)
def ship_from_fulfillment_center(unit: UnitOfWork, due: FulfillmentCenterShips) -> None:
    """Ship what an order still holds, unless it was canceled meanwhile: a package from each center that gives some."""
    order = load_order(unit, due.order_id)
    if order.status not in SHIPPABLE or order.waits_for_invoice:
        return
    items = {order.item(item_id).sku: item_id for item_id in order.unshipped_quantities()}
    wanted = {sku: order.unshipped_quantities()[item_id] for sku, item_id in items.items()}
    picked = inventory.pick(unit, wanted, order.place, reference=order.order_id, near=near_buyer(order))
    luck = chance(unit, "tracking", order.order_id)
    for center, units in picked.items():
        parcel = Parcel(
            reference=str(len(order.packages) + 1),
            shipped_at=unit.now,
            quantities={items[sku]: quantity for sku, quantity in units.items()},
            carrier_code=AMAZON_CARRIER,
            method=order.service.value,
            tracking_number=f"TBA{luck.randrange(10**12):012d}",
            center=center,
        )
        ship_loaded(unit, order, parcel)


def _take_from_stock(unit: UnitOfWork, order: Order, parcel: Parcel, line: Line) -> None:
    package = order.package(parcel.reference)
    near = near_buyer(order) if order.channel is FulfillmentChannel.AFN else None
    if line.quantity > 0:
        left = inventory.ship(unit, line.sku, order.place, line.quantity, reference=order.order_id, near=near)
        if package is not None and package.center is None and left:
            package.center = left[0][0]
    else:
        # A correction says that fewer units left.
        back = None if package is None else package.center
        inventory.unship(unit, line.sku, order.place, -line.quantity, reference=order.order_id, center=back)


def _check_reference(reference: str) -> None:
    """A package is known by a number, and not by a very long one."""
    if not (reference.isascii() and reference.isdigit() and reference.strip("0")):
        message = "PackageReferenceId: is invalid, must be a positive numeric value."
        raise InvalidInput(message)
    if len(reference) > _LONGEST_REFERENCE:
        message = f"PackageReferenceId: is invalid, must have at most {_LONGEST_REFERENCE} digits."
        raise InvalidInput(message)


def _check_sellers_word(unit: UnitOfWork, order: Order, parcel: Parcel, marketplace_id: str) -> None:
    """What only a seller's confirmation may get wrong; whether the order can ship is the order's to say."""
    if order.marketplace_id != marketplace_id:
        raise WrongMarketplace(order.order_id, marketplace_id)
    if order.channel is FulfillmentChannel.AFN:
        message = f"Order {order.order_id} is fulfilled by Amazon; its seller does not confirm its shipment."
        raise WrongState(message)
    if order.easy_ship_status is not None and order.status in SHIPPABLE:
        raise GoesByEasyShip(order.order_id)
    _check_reference(parcel.reference)
    if not parcel.carrier_code.strip():
        message = "carrierCode is empty; name the carrier, or Other with carrierName."
        raise InvalidInput(message)
    if parcel.carrier_code == OTHER_CARRIER and not (parcel.carrier_name or "").strip():
        message = "carrierName is required when carrierCode is Other."
        raise InvalidInput(message)
    if not parcel.quantities:
        message = "orderItems is empty; name at least one item of the package."
        raise InvalidInput(message)
    if parcel.cod_collection_method is not None and marketplace_id != _JAPAN:
        message = "codCollectionMethod is supported in the marketplace of Japan only."
        raise InvalidInput(message)
    # Assumed: a ship date may be a day before the purchase and a day after now, for clocks and time zones; Amazon's
    # limits are not documented.
    earliest, latest = order.purchased_at - timedelta(days=1), unit.now + timedelta(days=1)
    if not earliest <= parcel.shipped_at <= latest:
        message = f"shipDate must be between {earliest:%Y-%m-%dT%H:%M:%SZ} and {latest:%Y-%m-%dT%H:%M:%SZ}."
        raise InvalidInput(message)
