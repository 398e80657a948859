"""A fulfillment order comes in: it is looked at, promised units, and handed to the network or put on hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.events.outbound import FulfillmentOrderReceived, FulfillmentOrderRefused
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stocks_of_skus
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.model import Record
from sellingpartner.market.orders.fulfilling.outside import OutsideLine, OutsideOrder, take_in
from sellingpartner.market.outbound.addresses import why_unknown
from sellingpartner.market.outbound.asking import Asked, check, goods_of
from sellingpartner.market.outbound.departing import promised, spot_of
from sellingpartner.market.outbound.lifecycle import POLICIES, FulfillmentStatus, Lack
from sellingpartner.market.outbound.model import FulfillmentOrder, Item
from sellingpartner.market.outbound.network import begin
from sellingpartner.market.outbound.refusals import DuplicateOrder
from sellingpartner.market.outbound.speeds import Promise
from sellingpartner.market.outbound.store import insert_fulfillment, is_known
from sellingpartner.storage.unit import UnitOfWork

NO_SUCH_ADDRESS, NO_SPEED, NO_STOCK = "InvalidDestinationAddress", "DeliverySLAUnavailable", "NotEnoughInventory"
_TRIES = 4

Goods = Mapping[str, Record]
"""What the lines of an order ask for, by their numbers."""


def create(unit: UnitOfWork, asked: Asked) -> FulfillmentOrder:
    """Take a fulfillment order in; one that cannot be fulfilled is kept as Invalid.

    Raises `InvalidInput` for what is no order at all: nothing of it is kept then.
    """
    if is_known(unit, asked.fulfillment_order_id):
        raise DuplicateOrder(asked.fulfillment_order_id)
    check(asked)
    goods = {item.item_id: goods_of(unit, asked.marketplace_id, item.item_id, item.sku) for item in asked.items}
    order = _order(unit, asked)
    if why_unknown(asked.address):
        return _refuse(unit, order, asked, NO_SUCH_ADDRESS)
    skus = {item.sku for item in order.items}
    found = promised(unit, asked.marketplace_id, asked.speed, spot_of(asked.address), asked.features, skus)
    if found is None:
        return _refuse(unit, order, asked, NO_SPEED)
    if not _promise_units(unit, order, asked, goods, found):
        return _refuse(unit, order, asked, NO_STOCK)
    order.ships_by, order.arrives_by = found.latest_ship_at, found.latest_arrival_at
    _keep(unit, order)
    unit.emit(order.said(FulfillmentOrderReceived))
    begin(unit, order)
    return order


def _promise_units(unit: UnitOfWork, order: FulfillmentOrder, asked: Asked, goods: Goods, found: Promise) -> bool:
    """Have units promised to an order, all of them or as its policy says; whether there is anything to ship.

    What is asked for may be gone between the look and the promise: then it is looked at again.
    """
    lacking: Counter[str] = Counter()
    for _ in range(_TRIES):
        _let_lack(order, lacking)
        if order.units == sum(item.unfulfillable for item in order.items):
            return False
        try:
            with unit.attempt():
                _take_in(unit, order, asked, goods, found)
        except OutOfStock:
            if POLICIES[order.policy].at_first is Lack.REFUSE:
                return False
            lacking = _lacking(unit, order)
        else:
            return True
    return False


def _lacking(unit: UnitOfWork, order: FulfillmentOrder) -> Counter[str]:
    """How many units of each line are not there; the first lines have what there is."""
    held = stocks_of_skus(unit, sorted({item.sku for item in order.items}), Place.FBA)
    free = {sku: stock.available for sku, stock in held.items()}
    lacking: Counter[str] = Counter()
    for item in order.items:
        had = min(item.quantity, max(free.get(item.sku, 0), 0))
        free[item.sku] = free.get(item.sku, 0) - had
        lacking[item.item_id] = item.quantity - had
    return lacking


def _let_lack(order: FulfillmentOrder, lacking: Counter[str]) -> None:
    """Have lines wait for what lacks, or go without it, by the order's policy."""
    waits = POLICIES[order.policy].at_first is Lack.WAIT
    for item in order.items:
        lacks = lacking[item.item_id]
        item.awaited, item.unfulfillable = (lacks, 0) if waits else (0, lacks)


def _take_in(unit: UnitOfWork, order: FulfillmentOrder, asked: Asked, goods: Goods, found: Promise) -> None:
    shipped = [item for item in order.items if item.left]
    taken = take_in(
        unit,
        OutsideOrder(
            marketplace_id=order.marketplace_id,
            seller_order_id=order.fulfillment_order_id,
            lines=tuple(_line(item, goods[item.item_id]) for item in shipped),
            address=asked.address,
            email=asked.notified[0].email if asked.notified else "",
            service=order.speed.service,
            ships_at=(found.earliest_ship_at, found.latest_ship_at),
            arrives_at=(found.earliest_arrival_at, found.latest_arrival_at),
            is_paid_on_delivery=order.collection is not None,
        ),
    )
    order.order_id = taken.order_id
    for item, line in zip(shipped, taken.items, strict=True):
        item.order_item_id, item.asin = line.order_item_id, line.asin
        item.fnsku = goods[item.item_id].fnsku or fnsku_of(unit, item.sku)


def _line(item: Item, record: Record) -> OutsideLine:
    price = 0 if item.price is None else item.price.minor
    tax = 0 if item.price_tax is None else item.price_tax.minor
    return OutsideLine(
        sku=item.sku,
        asin=record.asin or "",
        quantity=item.left,
        awaited=item.awaited,
        condition=record.condition,
        condition_subtype=record.condition_subtype,
        amounts=LineAmounts(price=price * item.left, tax=tax * item.left),
        gift_message=item.gift_message,
    )


def _refuse(unit: UnitOfWork, order: FulfillmentOrder, asked: Asked, why: str) -> FulfillmentOrder:
    order.status, order.invalid_because, order.refused_address = FulfillmentStatus.INVALID, why, asked.address
    for item in order.items:
        item.awaited, item.unfulfillable = 0, item.quantity
    _keep(unit, order)
    unit.emit(order.said(FulfillmentOrderRefused))
    return order


def _keep(unit: UnitOfWork, order: FulfillmentOrder) -> None:
    if not insert_fulfillment(unit, order):  # somebody else was quicker
        raise DuplicateOrder(order.fulfillment_order_id)


def _order(unit: UnitOfWork, asked: Asked) -> FulfillmentOrder:
    return FulfillmentOrder(
        fulfillment_order_id=asked.fulfillment_order_id,
        marketplace_id=asked.marketplace_id,
        displayable_id=asked.displayable_id,
        displayable_at=asked.displayable_at,
        comment=asked.comment,
        speed=asked.speed,
        items=[
            Item(
                item_id=item.item_id,
                sku=item.sku,
                quantity=item.quantity,
                gift_message=item.gift_message,
                comment=item.comment,
                declared=item.declared,
                price=item.price,
                price_tax=item.price_tax,
                slip=item.slip,
            )
            for item in asked.items
        ],
        received_at=unit.now,
        updated_at=unit.now,
        action=asked.action,
        policy=asked.policy,
        window=asked.window,
        drop_off=asked.drop_off,
        collection=asked.collection,
        from_country=asked.from_country,
        notified=asked.notified,
        features=asked.features,
        payments=asked.payments,
        slip=asked.slip,
        channel=asked.channel,
        services=asked.services,
    )
