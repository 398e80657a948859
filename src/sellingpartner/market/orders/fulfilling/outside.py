"""Orders from outside the shop: a fulfillment order that a seller asked for is shipped as one.

Whoever took the fulfillment order in says when it is accepted, ships and ends (`outbound`); stock, packages, parcels,
returns and reports know it as an order like any other. Nobody pays for it here.

Assumed: Orders lists it as Pending until the network plans its shipments, and as Unshipped from then on; its amounts
are what is collected on delivery, so nothing as a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.catalog.questions import title_of
from sellingpartner.market.events.orders import LineAmounts, OrderPaid, OrderPlaced
from sellingpartner.market.inventory import commands as inventory
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders.buyer import Address, Buyer
from sellingpartner.market.orders.canceling import cancel_loaded, give_up
from sellingpartner.market.orders.fulfilling.shipping import ship_loaded
from sellingpartner.market.orders.identifiers import order_item_id_of, outside_order_id_of, relay_address
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.metrics.half_hours import count_canceled, count_placed
from sellingpartner.market.orders.model import Canceler, Order
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.placing.paying import say_paid
from sellingpartner.market.orders.promises import Service, level_name
from sellingpartner.market.orders.purchase import NON_AMAZON, PaymentMethod
from sellingpartner.market.orders.refusals import WrongState
from sellingpartner.market.orders.store import insert_order, load_order, lower_lines, save_order
from sellingpartner.storage.unit import UnitOfWork


class OutsideLine(msgspec.Struct, frozen=True, kw_only=True):
    """Units of one SKU; of those that are awaited none is there yet."""

    sku: str
    asin: str
    quantity: int
    awaited: int = 0
    condition: str = "New"
    condition_subtype: str = "New"
    amounts: LineAmounts = LineAmounts()
    gift_message: str | None = None


class OutsideOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be shipped for a seller, and by when."""

    marketplace_id: str
    seller_order_id: str
    lines: tuple[OutsideLine, ...]
    address: Address
    email: str
    service: Service
    ships_at: tuple[datetime, datetime]
    arrives_at: tuple[datetime, datetime]
    is_paid_on_delivery: bool = False


def take_in(unit: UnitOfWork, outside: OutsideOrder) -> Order:
    """Take an order in, and promise it the units that it does not wait for; raises `OutOfStock`.

    The lines of the order are those that were given, in their order.
    """
    number = unit.next_number("orders")
    order = _order(unit, outside, number)
    promised: dict[str, int] = {}
    for item in order.items:
        promised[item.sku] = promised.get(item.sku, 0) + item.quantity - item.awaited
    for sku in sorted(promised):
        if promised[sku]:
            inventory.reserve(unit, sku, order.place, promised[sku], reference=order.order_id)
    insert_order(unit, order)
    count_placed(unit, order)
    unit.emit(
        OrderPlaced(
            order_id=order.order_id,
            marketplace_id=order.marketplace_id,
            channel=order.channel.value,
            status=order.status.value,
            purchased_at=order.purchased_at,
            currency=order.currency,
            total_minor=order.total.minor,
            is_business=False,
            lines=tuple(item.ordered_line() for item in order.items),
        )
    )
    return order


def accept(unit: UnitOfWork, order_id: str) -> None:
    """Let an order be one that may ship."""
    order = load_order(unit, order_id)
    order.move(OrderPaid)
    order.paid_at = unit.now
    save_order(unit, order)
    say_paid(unit, order)


def promise_awaited(unit: UnitOfWork, order_id: str, quantities: Mapping[str, int]) -> None:
    """Promise an order units that it waited for; raises `OutOfStock`."""
    order = load_order(unit, order_id)
    for item in sorted(order.items, key=lambda one: one.sku):
        units = quantities.get(item.order_item_id, 0)
        if units:
            inventory.reserve(unit, item.sku, order.place, units, reference=order_id)
            item.awaited -= units
    save_order(unit, order)


def let_wait(unit: UnitOfWork, order_id: str, order_item_id: str, units: int) -> None:
    """Have an order wait for units that were promised to it, and that it cannot have after all."""
    order = load_order(unit, order_id)
    item = order.item(order_item_id)
    inventory.release(unit, item.sku, order.place, units, reference=order_id)
    item.awaited += units
    save_order(unit, order)


def add_units(unit: UnitOfWork, order_id: str, order_item_id: str, units: int) -> None:
    """Promise an order more units of an item, and count them as ordered; raises `OutOfStock`."""
    order = load_order(unit, order_id)
    item = order.item(order_item_id)
    if not item.held:
        message = f"Of item {order_item_id} nothing is left; ask for it by another order."
        raise WrongState(message)
    inventory.reserve(unit, item.sku, order.place, units, reference=order_id)
    of_one = item.amounts_between(0, 1)
    item.quantity += units
    item.amounts = LineAmounts(price=of_one.price * item.quantity, tax=of_one.tax * item.quantity)
    added = [msgspec.structs.replace(item.some(units), quantity=-units, amounts=LineAmounts())]
    lower_lines(unit, order_id, added)
    count_canceled(unit, order, added)
    save_order(unit, order)


def ship_outside(unit: UnitOfWork, order_id: str, parcel: Parcel) -> None:
    """Let a package leave."""
    ship_loaded(unit, load_order(unit, order_id), parcel)


def redirect(
    unit: UnitOfWork,
    order_id: str,
    *,
    address: Address,
    service: Service,
    ships_at: tuple[datetime, datetime],
    arrives_at: tuple[datetime, datetime],
) -> None:
    """Send an order somewhere else, or at another speed."""
    order = load_order(unit, order_id)
    order.address, order.buyer = address, msgspec.structs.replace(order.buyer, name=address.name)
    order.service = service
    order.service_level = level_name(service, MARKETPLACES[order.marketplace_id].country_code)
    order.earliest_ship_at, order.latest_ship_at = ships_at
    order.earliest_delivery_at, order.latest_delivery_at = arrives_at
    save_order(unit, order)


def take_back(
    unit: UnitOfWork, order_id: str, quantities: Mapping[str, int] | None, *, by: Canceler, reason: str
) -> None:
    """Cancel units that have not left, those that are awaited first; all of them if none are named."""
    cancel_loaded(unit, load_order(unit, order_id), by=by, reason=reason, quantities=quantities)


def give_up_whole(unit: UnitOfWork, order_id: str) -> None:
    """Let an order of which nothing has left be unfulfillable."""
    give_up(unit, load_order(unit, order_id))


def _order(unit: UnitOfWork, outside: OutsideOrder, number: int) -> Order:
    market = MARKETPLACES[outside.marketplace_id]
    person = f"{outside.address.name}/{outside.address.postal_code}/{outside.address.line_1}"
    email = outside.email or relay_address(unit.seed, person, market.domain)
    return Order(
        order_id=outside_order_id_of(unit.seed, unit.seller_id, number),
        marketplace_id=outside.marketplace_id,
        status=OrderStatus.PENDING,
        channel=FulfillmentChannel.AFN,
        currency=market.currency,
        purchased_at=unit.now,
        updated_at=unit.now,
        buyer=Buyer(name=outside.address.name, email=email),
        address=outside.address,
        items=[
            _item(unit, order_item_id_of(unit.seed, unit.seller_id, number, place), line, outside.marketplace_id)
            for place, line in enumerate(outside.lines)
        ],
        sales_channel=NON_AMAZON,
        service=outside.service,
        service_level=level_name(outside.service, market.country_code),
        earliest_ship_at=outside.ships_at[0],
        latest_ship_at=outside.ships_at[1],
        earliest_delivery_at=outside.arrives_at[0],
        latest_delivery_at=outside.arrives_at[1],
        seller_order_id=outside.seller_order_id,
        is_requested=True,
        payment_method=PaymentMethod.COD if outside.is_paid_on_delivery else PaymentMethod.OTHER,
        payment_details=("CashOnDelivery",) if outside.is_paid_on_delivery else ("Standard",),
    )


def _item(unit: UnitOfWork, order_item_id: str, line: OutsideLine, marketplace_id: str) -> OrderItem:
    return OrderItem(
        order_item_id=order_item_id,
        sku=line.sku,
        asin=line.asin,
        title=title_of(unit, line.asin, marketplace_id),
        quantity=line.quantity,
        awaited=line.awaited,
        amounts=line.amounts,
        condition=line.condition,
        condition_subtype=line.condition_subtype,
        is_gift=line.gift_message is not None,
        gift_message=line.gift_message,
    )
