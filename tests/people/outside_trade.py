"""What a seller sells in another shop, in a random history: Amazon ships it, misses units, loses parcels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from busy_shop import ADDRESSES, BY_AMAZON, BusyShop

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.amounts import Money
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import OrderFilter, order_of, orders_like
from sellingpartner.market.outbound import commands as outbound
from sellingpartner.market.outbound.asking import Asked, AskedItem
from sellingpartner.market.outbound.lifecycle import Action, Policy
from sellingpartner.market.outbound.model import Collection, FulfillmentOrder
from sellingpartner.market.outbound.questions import page_of_fulfillments, parcels_by_reference
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.market.shipping import commands as shipping
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.storage.unit import UnitOfWork


def trades(shop: BusyShop, luck: Random) -> None:
    """Let the other shop sell something, and something happen to what it sold."""
    for deed in (_sells, luck.choice((_cancels, _lets_go, _misses, _loses, _sends_back))):
        try:
            with shop.market.market.write(shop.market.seller_account.seller_id) as unit:
                deed(shop, unit, luck)
        except SellingPartnerError as refused:
            shop.refusals.append(str(refused))
        else:
            shop.happened[deed.__name__] += 1


def _sells(shop: BusyShop, unit: UnitOfWork, luck: Random) -> None:
    market = BY_COUNTRY[shop.country]
    is_on_delivery = shop.country == "JP" and luck.random() < 0.5
    price = Money(luck.randint(1, 9000), market.currency) if is_on_delivery else None
    number = f"OUT-{unit.next_number('trades')}"
    outbound.create(
        unit,
        Asked(
            fulfillment_order_id=number,
            items=tuple(
                AskedItem(item_id=str(place), sku=BY_AMAZON, quantity=luck.randint(1, 3), price=price)
                for place in range(1, luck.randint(2, 3))
            ),
            address=ADDRESSES[shop.country],
            speed=luck.choice((Speed.STANDARD, Speed.EXPEDITED)),
            marketplace_id=market.marketplace_id,
            displayable_id=number,
            displayable_at=unit.now,
            action=luck.choice((Action.SHIP, Action.SHIP, Action.HOLD)),
            policy=luck.choice(list(Policy)),
            collection=Collection(charge=300, charge_tax=30, shipping=luck.randint(0, 500)) if is_on_delivery else None,
        ),
    )


def _one(unit: UnitOfWork, luck: Random) -> FulfillmentOrder:
    found = page_of_fulfillments(unit, None, None, 20, newest=True).orders
    return luck.choice(found)


def _cancels(_: BusyShop, unit: UnitOfWork, luck: Random) -> None:
    outbound.cancel(unit, _one(unit, luck).fulfillment_order_id)


def _lets_go(_: BusyShop, unit: UnitOfWork, luck: Random) -> None:
    outbound.update(unit, _one(unit, luck).fulfillment_order_id, outbound.Change(action=Action.SHIP))


def _misses(_: BusyShop, unit: UnitOfWork, luck: Random) -> None:
    order = _one(unit, luck)
    outbound.miss(unit, order.fulfillment_order_id, luck.choice(order.items).item_id, 1)


def _loses(_: BusyShop, unit: UnitOfWork, luck: Random) -> None:
    for parcel in parcels_by_reference(unit, _one(unit, luck)).values():
        shipping.move(unit, parcel.parcel_id, luck.choice((ParcelStatus.LOST, ParcelStatus.RETURNED)))


def _sends_back(_: BusyShop, unit: UnitOfWork, luck: Random) -> None:
    order = _one(unit, luck)
    asked = [
        outbound.AskedReturn(
            return_item_id=f"R{place}", item_id=item_id, shipment_id=one.shipment_id, reason="CR-DEFECTIVE"
        )
        for place, one in enumerate(order.shipments)
        for item_id in one.quantities
    ]
    outbound.ask_return(unit, order.fulfillment_order_id, asked)


def faults_of(unit: UnitOfWork) -> list[str]:
    """Where a fulfillment order, the order that it is shipped as and the stock say different things, in words."""
    reserved: Counter[str] = Counter()
    wrong: list[str] = []
    for order in orders_like(unit, OrderFilter(channels=("AFN",))):
        for item in order.items:
            reserved[item.sku] += item.unshipped - item.awaited
    for asked in page_of_fulfillments(unit, None, None, 10_000).orders:
        if asked.order_id is not None:
            wrong += _between(asked, order_of(unit, asked.order_id))
    held = stock_of(unit, BY_AMAZON, Place.FBA).reserved
    if held != reserved[BY_AMAZON]:
        wrong.append(f"{held} units of {BY_AMAZON} are reserved, and orders wait for {reserved[BY_AMAZON]}")
    return wrong


def _between(asked: FulfillmentOrder, order: Order) -> Iterator[str]:
    for item in asked.items:
        if not item.order_item_id:
            continue
        line = order.item(item.order_item_id)
        said, seen = (item.shipped, item.left, item.awaited), (line.shipped, line.unshipped, line.awaited)
        if said != seen:
            yield f"{asked.fulfillment_order_id} {item.item_id} says {said}, and its order {seen}"
    if asked.is_open != order.is_open:
        yield f"{asked.fulfillment_order_id} is {asked.status.value}, and its order {order.status.value}"
