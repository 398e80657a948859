"""Units that come back to Amazon cost their seller something: apparel and shoes each, other goods where many come back.

Of what left in a month, what has come back by the end of the second month after it counts; what is beyond the threshold
is charged between the 7th and the 15th of the third. What a carrier broke on its way is Amazon's to answer for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from sellingpartner.market.events.money import MonthCharged
from sellingpartner.market.events.orders import ReturnReceived
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.money.fees.returned_units import (
    asks_for_each,
    asks_for_returns,
    returned_unit_fee,
    units_beyond,
)
from sellingpartner.market.money.ledger.model import EntryKind
from sellingpartner.market.money.ledger.selling.bases import basis_of
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.market.money.ledger.walking import EntryFilter, batches_of_entries
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.questions import order_of, orders_by_id, page_of_returns
from sellingpartner.storage.unit import UnitOfWork, on

EACH, BEYOND = "FBACustomerReturnPerUnitFee", "CustomerReturnHRRUnitFee"
Goods = tuple[str, str, str]
"""A marketplace, a SKU and its ASIN."""


@on(ReturnReceived)
def charge_each(unit: UnitOfWork, fact: ReturnReceived) -> None:
    """Charge for units of apparel and shoes that came back."""
    here = fact.marketplace_id
    is_amazons = fact.channel == FulfillmentChannel.AFN.value and fact.condition != Condition.CARRIER_DAMAGED.value
    if not is_amazons or not asks_for_returns(here, unit.now.date()):
        return
    if order_of(unit, fact.order_id).sales_channel == NON_AMAZON:
        return  # what was sold elsewhere comes back for nothing
    for line in fact.lines:
        if asks_for_each(here, basis_of(unit, line.asin, here).category):
            goods = (here, line.sku, line.asin)
            _charge(unit, EACH, goods, line.quantity, f"return:{fact.order_id}:{fact.return_id}:{line.order_item_id}")


@on(MonthCharged)
def charge_many(unit: UnitOfWork, fact: MonthCharged) -> None:
    """Charge for other goods, of which too many came back that left two months before the month that is charged."""
    begins, ends = _months_before(fact.begins, 2), _months_before(fact.begins, 1)
    returned = _returned(unit, begins, ends, fact.ends)
    if not returned:
        return
    shipped = _shipped(unit, begins, ends)
    for goods, units in sorted(returned.items()):
        beyond = units_beyond(goods[0], shipped[goods], units)
        if beyond:
            _charge(unit, BEYOND, goods, beyond, f"{BEYOND}:{begins:%Y-%m}:{goods[0]}:{goods[1]}")


def _charge(unit: UnitOfWork, component: str, goods: Goods, units: int, source: str) -> None:
    """What was never measured costs nothing that anybody could say."""
    marketplace_id, sku, asin = goods
    package = basis_of(unit, asin, marketplace_id).package
    fee = None if package is None else returned_unit_fee(marketplace_id, package, unit.now.date())
    if fee is not None:
        charge(
            unit,
            ServiceCharge(
                component=component,
                minor=fee.minor * units,
                currency=fee.currency,
                marketplace_id=marketplace_id,
                source=source,
                sku=sku,
                asin=asin,
                quantity=units,
            ),
        )


def _shipped(unit: UnitOfWork, begins: datetime, ends: datetime) -> Counter[Goods]:
    """How many units of goods that may cost something left Amazon in a month."""
    units: Counter[Goods] = Counter()
    wanted = EntryFilter(after=begins, before=ends, kinds=(EntryKind.SALE.value,))
    for batch in batches_of_entries(unit, wanted):
        for entry in batch:
            here = entry.marketplace_id
            if here is None or entry.detail.fulfillment != FulfillmentChannel.AFN.value:
                continue
            if asks_for_returns(here, unit.now.date()):
                for line in entry.detail.lines:
                    if not asks_for_each(here, basis_of(unit, line.asin, here).category):
                        units[here, line.sku, line.asin] += line.quantity
    return units


def _returned(unit: UnitOfWork, begins: datetime, ends: datetime, until: datetime) -> Counter[Goods]:
    """How many units that left between two moments came back until a third."""
    units: Counter[Goods] = Counter()
    for marketplace_id, left, one in _back(unit, begins, until):
        sku, asin, count = one
        if begins <= left < ends and asks_for_returns(marketplace_id, unit.now.date()):
            units[marketplace_id, sku, asin] += count
    return units


def _back(unit: UnitOfWork, begins: datetime, until: datetime) -> Iterator[tuple[str, datetime, tuple[str, str, int]]]:
    """What came back to Amazon until a moment: where it was sold, when its order first left, what and how much."""
    after = None
    while True:
        page = page_of_returns(unit, start=begins, end=until, after=after)
        orders = orders_by_id(unit, {one.order_id for one in page.found})
        for one in page.found:
            order = orders[one.order_id]
            is_back = one.received_at is not None and one.received_at < until
            is_amazons = order.channel is FulfillmentChannel.AFN and order.sales_channel != NON_AMAZON
            if not is_back or not is_amazons or one.condition is Condition.CARRIER_DAMAGED:
                continue
            left = min(package.shipped_at for package in order.packages)
            for item_id, units in one.quantities.items():
                item = order.item(item_id)
                yield order.marketplace_id, left, (item.sku, item.asin, units)
        after = page.next_key
        if after is None:
            return


def _months_before(moment: datetime, months: int) -> datetime:
    for _ in range(months):
        moment = (moment - timedelta(days=1)).replace(day=1)
    return moment
