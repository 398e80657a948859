"""The seller's other shop, outside of Amazon: now and then somebody orders there, and Amazon is asked to ship it.

What becomes of such an order is seldom but of every kind: its buyer thinks better of it, a center does not find the
units, or something of it is sent back.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import NamedTuple

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.outbound.asking import Asked, AskedItem
from sellingpartner.market.outbound.commands import AskedReturn, ask_return, cancel, create, miss
from sellingpartner.market.outbound.lifecycle import Policy
from sellingpartner.market.outbound.model import FulfillmentOrder, Payment
from sellingpartner.market.outbound.questions import find_fulfillment, return_reasons
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

MISSED_SHARE = 0.12
"""Of its orders: those of which a center does not find all units; a few, so that what comes of it can be met."""

CANCELED_SHARE = 0.05
SENT_BACK_SHARE = 0.08

_POLICIES = (Policy.FILL_OR_KILL, Policy.FILL_OR_KILL, Policy.FILL_ALL, Policy.FILL_ALL_AVAILABLE)
_INDIA = "IN"


class Sold(NamedTuple):
    """What the other shop sold."""

    sku: str
    quantity: int
    price_minor: int


class OtherShopCancels(Due):
    """A buyer of the other shop has thought better of it."""

    fulfillment_order_id: str


class CenterMissesUnits(Due):
    """A center does not find the units of the first line of an order."""

    fulfillment_order_id: str


class OtherShopTakesBack(Due):
    """A buyer of the other shop wants to send a unit back."""

    fulfillment_order_id: str


def sell_elsewhere(
    unit: UnitOfWork, luck: Random, marketplace_id: str, sold: Sequence[Sold], address: Address, *, is_express: bool
) -> Order | None:
    """Sell something in the other shop, and ask Amazon to ship it; the order that it ships as, unless it refuses."""
    number = f"WEB-{unit.next_number('orders of the other shop'):06d}"
    market = MARKETPLACES[marketplace_id]
    is_declared = market.country_code == _INDIA
    asked = Asked(
        fulfillment_order_id=number,
        items=tuple(
            AskedItem(
                item_id=f"{number}-{place}",
                sku=one.sku,
                quantity=one.quantity,
                declared=Money(one.price_minor, market.currency) if is_declared else None,
            )
            for place, one in enumerate(sold, 1)
        ),
        address=address,
        speed=Speed.EXPEDITED if is_express else Speed.STANDARD,
        marketplace_id=marketplace_id,
        displayable_id=number,
        displayable_at=unit.now,
        comment="Thank you for your order.",
        policy=luck.choice(_POLICIES),
        payments=(Payment(payment_id=number, method="Other", paid_at=unit.now),) if is_declared else (),
    )
    try:
        with unit.attempt():
            order = create(unit, asked)
    except SellingPartnerError:  # the seller itself has used the number, or parcels do not go there
        return None
    if order.order_id is None:
        return None
    _foresee(unit, luck, order)
    return order_of(unit, order.order_id)


def _foresee(unit: UnitOfWork, luck: Random, order: FulfillmentOrder) -> None:
    key = order.fulfillment_order_id
    if luck.random() < MISSED_SHARE:
        misses = CenterMissesUnits(fulfillment_order_id=key)
        later(unit, misses, at=unit.now + timedelta(minutes=luck.uniform(1, 90)))
    if luck.random() < CANCELED_SHARE:
        later(unit, OtherShopCancels(fulfillment_order_id=key), at=unit.now + timedelta(minutes=luck.uniform(1, 60)))
    if luck.random() < SENT_BACK_SHARE:
        back = OtherShopTakesBack(fulfillment_order_id=key)
        later(unit, back, at=unit.now + timedelta(days=luck.uniform(8, 30)))


@when(OtherShopCancels)
def take_order_back(unit: UnitOfWork, due: OtherShopCancels) -> None:
    """Cancel the order, if nothing of it is picked yet."""
    with suppress(SellingPartnerError), unit.attempt():
        cancel(unit, due.fulfillment_order_id)


@when(CenterMissesUnits)
def miss_units(unit: UnitOfWork, due: CenterMissesUnits) -> None:
    """Have the units of the first line missed that have not left: the order's policy says what becomes of the rest."""
    order = find_fulfillment(unit, due.fulfillment_order_id)
    item = order.items[0]
    if order.is_open and item.ready:
        miss(unit, order.fulfillment_order_id, item.item_id, item.ready)


@when(OtherShopTakesBack)
def ask_back(unit: UnitOfWork, due: OtherShopTakesBack) -> None:
    """Ask to send back a unit that has left, if it has arrived."""
    order = find_fulfillment(unit, due.fulfillment_order_id)
    left = next(((one, item_id) for one in order.shipments for item_id in one.quantities), None)
    if left is None:
        return
    shipment, item_id = left
    luck = chance(unit, "why sent back", due.fulfillment_order_id)
    asked = AskedReturn(
        return_item_id=f"{due.fulfillment_order_id}-R1",
        item_id=item_id,
        shipment_id=shipment.shipment_id,
        reason=luck.choice(return_reasons()).code,
    )
    ask_return(unit, due.fulfillment_order_id, [asked])
