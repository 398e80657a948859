"""A buyer places an order."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES, Marketplace
from sellingpartner.market.catalog.questions import title_of
from sellingpartner.market.events.orders import LineAmounts, OrderPlaced, ServiceOrdered
from sellingpartner.market.inventory import commands as inventory
from sellingpartner.market.listings.model import FulfillmentChannel, Listing, ListingStatus
from sellingpartner.market.listings.questions import listing_of, why_not_for_sale
from sellingpartner.market.orders.buyer import Buyer
from sellingpartner.market.orders.identifiers import order_id_of, order_item_id_of, relay_address
from sellingpartner.market.orders.items import AssociatedItem, OrderItem
from sellingpartner.market.orders.lifecycle import OrderStatus
from sellingpartner.market.orders.metrics.half_hours import count_placed
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.placing.moving import destination_of
from sellingpartner.market.orders.placing.paying import PreorderIsReleased, expect_payment, mark_paid, say_paid
from sellingpartner.market.orders.placing.promoting import keep_redeemed, promoted
from sellingpartner.market.orders.placing.reviewing import VerificationFallsDue
from sellingpartner.market.orders.placing.whence import say_whence
from sellingpartner.market.orders.promises import level_name, promise
from sellingpartner.market.orders.purchase import InvoiceStatus, OrderType, Purchase, PurchaseLine
from sellingpartner.market.orders.refusals import MixedChannels, NotBuyable
from sellingpartner.market.orders.regulated import REVIEW_TIME, Review
from sellingpartner.market.orders.store import find_order, insert_order, load_order, save_order
from sellingpartner.market.orders.taxes.rates import levy
from sellingpartner.market.services.questions import offerings_in
from sellingpartner.market.supply.choosing import assign
from sellingpartner.market.time.schedule import later
from sellingpartner.storage.unit import UnitOfWork

MOST_LINES = 100
MOST_WISHES = 3
_JAPAN = BY_COUNTRY["JP"].marketplace_id

Choice = tuple[PurchaseLine, Listing]
"""What a buyer asks for, with the listing that offers it."""


def place(unit: UnitOfWork, purchase: Purchase) -> Order:
    """Place a buyer's order with this unit's seller: stock is reserved, and what follows is scheduled."""
    choices = _choices(unit, purchase)
    if purchase.replaces_order_id is not None:
        find_order(unit, purchase.replaces_order_id)
    choices, redemptions = promoted(unit, purchase, choices)
    order = _order(unit, purchase, choices)
    if not order.is_service:
        _take_from_stock(unit, purchase, order)
    say_whence(unit, order)
    levy(order)
    placed = _placed(order)
    pays_now = purchase.paid and order.status is OrderStatus.PENDING
    if pays_now:
        mark_paid(unit, order)
    insert_order(unit, order)
    _associate(unit, order)
    keep_redeemed(unit, order, redemptions)
    count_placed(unit, order)
    unit.emit(placed)
    if order.is_service:
        unit.emit(ServiceOrdered(order_id=order.order_id, marketplace_id=order.marketplace_id))
    if pays_now:
        say_paid(unit, order)
    _schedule(unit, purchase, order)
    return order


def _take_from_stock(unit: UnitOfWork, purchase: Purchase, order: Order) -> None:
    ordered = {item.sku: item.quantity for item in order.items}
    for sku in sorted(ordered):
        inventory.reserve(unit, sku, order.place, ordered[sku], reference=order.order_id)
    if order.channel is FulfillmentChannel.MFN:
        order.supply_source_id = assign(
            unit, order.order_id, ordered, destination_of(order), wanted=purchase.supply_source_id
        )


def _associate(unit: UnitOfWork, service: Order) -> None:
    """Have the goods that a service is for say so."""
    bought = tuple(AssociatedItem(service.order_id, item.order_item_id) for item in service.items)
    for order_id in service.serves_order_ids:
        goods = load_order(unit, order_id)
        for item in goods.items:
            item.services = (*item.services, *bought)
        save_order(unit, goods)


def _is_service(unit: UnitOfWork, purchase: Purchase, choices: list[Choice]) -> bool:
    """Whether an order is of a service; raises if it is of goods as well, or is for orders that are not of goods."""
    offered = offerings_in(unit, purchase.marketplace_id)
    services = [line.sku for line, _ in choices if line.sku in offered]
    if services and len(services) < len(choices):
        message = f"SKU {services[0]!r} is a service, which is ordered by an order of its own; order the goods apart."
        raise NotBuyable(message)
    if (purchase.serves_order_ids or purchase.wished_times) and not services:
        message = f"SKU {choices[0][0].sku!r} is no service, so it is for no other order and at no certain time."
        raise NotBuyable(message)
    if len(purchase.wished_times) > MOST_WISHES or any(one <= unit.now for one in purchase.wished_times):
        message = f"A buyer may wish for {MOST_WISHES} times at most, each of them to come."
        raise NotBuyable(message)
    for order_id in purchase.serves_order_ids:
        if find_order(unit, order_id).is_service:
            message = f"Order {order_id} is of a service; a service is for orders of goods."
            raise NotBuyable(message)
    return bool(services)


def _choices(unit: UnitOfWork, purchase: Purchase) -> list[Choice]:
    """The listings that a purchase names; raises if a buyer cannot order them, or not together."""
    if purchase.marketplace_id not in MARKETPLACES:
        message = f"{purchase.marketplace_id} is not a marketplace."
        raise InvalidInput(message)
    if not 1 <= len(purchase.lines) <= MOST_LINES:
        message = f"An order has 1 to {MOST_LINES} lines; this one has {len(purchase.lines)}."
        raise InvalidInput(message)
    if len({line.sku for line in purchase.lines}) < len(purchase.lines):
        message = "Each SKU stands once in an order; add the quantities up."
        raise InvalidInput(message)
    choices = [(line, listing_of(unit, line.sku, purchase.marketplace_id)) for line in purchase.lines]
    for line, listing in choices:
        _check_buyable(unit, line, listing)
    if len({listing.fulfillment_channel for _, listing in choices}) > 1:
        raise MixedChannels
    if any(line.points for line in purchase.lines) and purchase.marketplace_id != _JAPAN:
        message = "Amazon Points are granted in the marketplace of Japan only."
        raise InvalidInput(message)
    return choices


def _check_buyable(unit: UnitOfWork, line: PurchaseLine, listing: Listing) -> None:
    if listing.status is not ListingStatus.ACTIVE:
        why = why_not_for_sale(unit, line.sku, listing.marketplace_id)
        message = f"SKU {line.sku!r} is not for sale in marketplace {listing.marketplace_id}: {why}"
        raise NotBuyable(message)
    most = listing.max_order_quantity
    if line.quantity < 1 or (most is not None and line.quantity > most):
        message = f"Of SKU {line.sku!r} a buyer can order 1 to {most or 'any number of'} units, not {line.quantity}."
        raise NotBuyable(message)


def _order(unit: UnitOfWork, purchase: Purchase, choices: list[Choice]) -> Order:
    marketplace = MARKETPLACES[purchase.marketplace_id]
    number = unit.next_number("orders")
    first = choices[0][1]
    handling = max(listing.handling_days for _, listing in choices)
    dates = promise(purchase.available_at or unit.now, handling, purchase.service, marketplace.country_code)
    waits = purchase.order_type is OrderType.PREORDER and (purchase.available_at or unit.now) > unit.now
    return Order(
        order_id=order_id_of(unit.seed, unit.seller_id, number, marketplace.country_code),
        marketplace_id=purchase.marketplace_id,
        status=OrderStatus.PENDING_AVAILABILITY if waits else OrderStatus.PENDING,
        channel=first.fulfillment_channel,
        currency=first.price.currency,
        purchased_at=unit.now,
        updated_at=unit.now,
        buyer=_buyer(unit, purchase, marketplace),
        address=purchase.address,
        items=_items(unit, number, purchase, choices),
        sales_channel=marketplace.name,
        service=purchase.service,
        service_level=level_name(purchase.service, marketplace.country_code),
        earliest_ship_at=dates.earliest_ship_at,
        latest_ship_at=dates.latest_ship_at,
        earliest_delivery_at=dates.earliest_delivery_at,
        latest_delivery_at=dates.latest_delivery_at,
        handling_days=handling,
        order_type=purchase.order_type,
        available_at=purchase.available_at,
        payment_method=purchase.payment_method,
        payment_details=purchase.payment_details,
        is_business=purchase.is_business,
        is_prime=purchase.is_prime,
        is_premium=purchase.is_premium,
        is_access_point=purchase.is_access_point,
        is_global_express=purchase.is_global_express,
        is_store_pickup=purchase.is_store_pickup,
        store_chain_store_id=purchase.store_chain_store_id,
        supply_source_id=purchase.supply_source_id,
        replaces_order_id=purchase.replaces_order_id,
        is_service=_is_service(unit, purchase, choices),
        serves_order_ids=tuple(sorted(set(purchase.serves_order_ids))),
        wished_times=purchase.wished_times,
        awaits_invoice=purchase.awaits_invoice,
        # Assumed: in Brazil an order starts without an electronic invoice; elsewhere it has no such status.
        invoice_status=InvoiceStatus.NOT_FOUND if marketplace.country_code == "BR" else None,
        review=_review(unit, purchase, choices),
    )


def _items(unit: UnitOfWork, number: int, purchase: Purchase, choices: list[Choice]) -> list[OrderItem]:
    return [
        _item(
            order_item_id_of(unit.seed, unit.seller_id, number, index),
            choice,
            title_of(unit, choice[1].asin, purchase.marketplace_id),
        )
        for index, choice in enumerate(choices)
    ]


def _item(order_item_id: str, choice: Choice, title: str) -> OrderItem:
    line, listing = choice
    return OrderItem(
        order_item_id=order_item_id,
        sku=line.sku,
        asin=listing.asin,
        title=title,
        quantity=line.quantity,
        amounts=_amounts(line, listing),
        condition=listing.condition,
        condition_subtype=listing.condition_subtype,
        promotion_ids=line.promotion_ids,
        is_gift=line.is_gift or line.gift_message is not None or line.gift_wrap_level is not None,
        gift_message=line.gift_message,
        gift_wrap_level=line.gift_wrap_level,
        customized_url=line.customized_url,
        has_business_price=line.has_business_price,
        is_regulated=listing.is_regulated,
        points=line.points,
    )


def _amounts(line: PurchaseLine, listing: Listing) -> LineAmounts:
    """What a line costs, before `levy` taxes it."""
    price = (listing.price.minor if line.unit_price is None else line.unit_price) * line.quantity
    charged = (price, line.shipping, line.gift_wrap, line.cod_fee)
    if min(charged) < 0 or not 0 <= line.promotion_discount <= price:
        message = f"The amounts of SKU {line.sku!r} must be 0 or more, and a discount not more than the price."
        raise InvalidInput(message)
    if line.points < 0:
        message = f"The points of SKU {line.sku!r} must be 0 or more."
        raise InvalidInput(message)
    if not 0 <= line.shipping_discount <= line.shipping:
        message = f"The shipping discount of SKU {line.sku!r} must not be more than its shipping."
        raise InvalidInput(message)
    return LineAmounts(
        price=price,
        shipping=line.shipping,
        shipping_discount=line.shipping_discount,
        promotion_discount=line.promotion_discount,
        gift_wrap=line.gift_wrap,
        cod_fee=line.cod_fee,
    )


def _buyer(unit: UnitOfWork, purchase: Purchase, marketplace: Marketplace) -> Buyer:
    if purchase.buyer.email:
        return purchase.buyer
    person = f"{purchase.buyer.name}/{purchase.address.postal_code}/{purchase.address.line_1}"
    return msgspec.structs.replace(purchase.buyer, email=relay_address(unit.seed, person, marketplace.domain))


def _review(unit: UnitOfWork, purchase: Purchase, choices: list[Choice]) -> Review | None:
    if not any(listing.is_regulated for _, listing in choices):
        return None
    return Review(
        fields=purchase.regulated_fields,
        deadline=unit.now + REVIEW_TIME,
        requires_dosage_label=purchase.requires_dosage_label,
    )


def _placed(order: Order) -> OrderPlaced:
    return OrderPlaced(
        order_id=order.order_id,
        marketplace_id=order.marketplace_id,
        channel=order.channel.value,
        status=order.status.value,
        purchased_at=order.purchased_at,
        currency=order.currency,
        total_minor=order.total.minor,
        is_business=order.is_business,
        lines=tuple(item.ordered_line() for item in order.items),
    )


def _schedule(unit: UnitOfWork, purchase: Purchase, order: Order) -> None:
    delay = timedelta(0) if purchase.paid else purchase.payment_delay
    if order.status is OrderStatus.PENDING_AVAILABILITY and purchase.available_at is not None:
        pays_after = None if delay is None else delay.total_seconds()
        later(unit, PreorderIsReleased(order_id=order.order_id, pays_after=pays_after), at=purchase.available_at)
    elif order.status is OrderStatus.PENDING:
        expect_payment(unit, order.order_id, delay)
    if order.review is not None:
        later(unit, VerificationFallsDue(order_id=order.order_id), at=order.review.deadline)
