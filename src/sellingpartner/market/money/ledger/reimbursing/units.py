"""What Amazon loses or damages of a seller's units it pays for by itself, and takes back for what it finds.

In its fulfillment centers, and on the way to buyers: of a parcel that its carriers lost the buyer has the money back at
once, and the seller what the sale would have left, after it was looked into.

Assumed: a unit is worth its price at the moment at which it went missing, or in its order, less the fees of its sale.
Amazon pays by what it costs to make, since 2025, for what was lost before anybody had ordered it.
"""

from __future__ import annotations

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.events.inbound import UnitsReceived
from sellingpartner.market.events.inventory import StockMoved
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.events.shipping import ParcelLost
from sellingpartner.market.inventory.model import RESEARCHED, Condition, Place, Reason
from sellingpartner.market.listings.model import FulfillmentChannel, Listing
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.money.ledger.reimbursing.cases import Worth, find_units, open_case
from sellingpartner.market.money.ledger.selling.bases import basis_of
from sellingpartner.market.money.ledger.selling.charging import Sold, fees_of
from sellingpartner.market.money.ledger.selling.lost_parcels import lost_units
from sellingpartner.market.money.ledger.selling.sales import seller_now
from sellingpartner.market.orders.commands import refund
from sellingpartner.market.orders.items import OrderItem
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import NON_AMAZON
from sellingpartner.market.orders.questions import order_of
from sellingpartner.storage.unit import UnitOfWork, on

LOST, DAMAGED, ON_THE_WAY = "WAREHOUSE_LOST", "WAREHOUSE_DAMAGE", "CS_ERROR_ITEMS"
MISSING = "MISSING_FROM_INBOUND"
"""What did not come with a shipment, and was looked for long enough."""
"""Assumed: what was lost on its way to a buyer is paid as an error of customer service."""
LOST_BY_CARRIER = "LostByCarrier"
"""Assumed: the reason of a refund that Amazon gives a buyer whose parcel was lost."""

_PAID_FOR = {Reason.LOST: LOST, Reason.DAMAGED: DAMAGED}


@on(StockMoved)
def look_into(unit: UnitOfWork, fact: StockMoved) -> None:
    """Open a case for units that were lost or damaged at Amazon; settle one for those that are found."""
    if fact.place != Place.FBA or not fact.on_hand_change:
        return
    if fact.reason == Reason.FOUND and fact.on_hand_change > 0:
        left = find_units(unit, fact.sku, LOST, fact.on_hand_change, reference=fact.reference)
        if left:
            find_units(unit, fact.sku, MISSING, left, reference=fact.reference)
    elif fact.reason in _PAID_FOR and fact.on_hand_change < 0:
        worth = worth_of_stock(unit, fact.sku)
        if worth is not None:
            was_looked_for = Condition(fact.condition) in RESEARCHED
            open_case(
                unit,
                MISSING if was_looked_for else _PAID_FOR[Reason(fact.reason)],
                worth,
                -fact.on_hand_change,
                reference=fact.reference,
                days=0 if was_looked_for else None,
            )


@on(UnitsReceived)
def answer_for_received(unit: UnitOfWork, fact: UnitsReceived) -> None:
    """Open a case for units that Amazon broke while it received them.

    Assumed: for those that came broken it does not pay, whoever carried them.
    """
    worth = worth_of_stock(unit, fact.sku) if fact.broken_by_amazon else None
    if worth is not None:
        open_case(unit, DAMAGED, worth, fact.broken_by_amazon, reference=fact.confirmation_id)


@on(ParcelLost)
def answer_for(unit: UnitOfWork, fact: ParcelLost) -> None:
    """Give a buyer the money back for a parcel that Amazon sent and lost, and look into what the seller is owed.

    For a parcel that the seller sent its buyer may claim (`selling/lost_parcels.py`).
    """
    if fact.order_id is None:
        return
    order = order_of(unit, fact.order_id)
    if order.channel is not FulfillmentChannel.AFN or order.sales_channel == NON_AMAZON:
        return
    lost = lost_units(unit, order, fact.package_reference)
    if not lost:
        return
    refund(unit, order.order_id, reason=LOST_BY_CARRIER, quantities=lost)
    for item_id, units in lost.items():
        worth = _worth_of_item(unit, order, order.item(item_id))
        if worth is not None:
            reference = fact.package_reference or ""
            open_case(unit, ON_THE_WAY, worth, units, reference=reference, order_id=order.order_id)


def worth_of_stock(unit: UnitOfWork, sku: str) -> Worth | None:
    """What a unit in stock is worth; None of what has no price, or would cost more to sell than it brings."""
    listing = _offered(unit, sku)
    if listing is None:
        return None
    return _worth(unit, sku, listing.asin, listing.marketplace_id, LineAmounts(price=listing.price.minor), 1)


def _worth_of_item(unit: UnitOfWork, order: Order, item: OrderItem) -> Worth | None:
    """What a unit of an order was worth to its seller."""
    amounts = LineAmounts(price=item.amounts.price, promotion_discount=item.amounts.promotion_discount)
    return _worth(unit, item.sku, item.asin, order.marketplace_id, amounts, item.quantity)


def _worth(
    unit: UnitOfWork, sku: str, asin: str, marketplace_id: str, amounts: LineAmounts, units: int
) -> Worth | None:
    currency = MARKETPLACES[marketplace_id].currency
    sold = Sold(
        marketplace_id=marketplace_id,
        currency=currency,
        quantity=units,
        amounts=amounts,
        points=0,
        basis=basis_of(unit, asin, marketplace_id),
        is_amazon_fulfilled=True,
        is_individual=seller_now(unit).is_individual,
    )
    brings = amounts.price - amounts.promotion_discount
    each = (brings + sum(effect for _, effect in fees_of(sold, unit.now.date()))) // units
    if each <= 0:
        return None
    return Worth(sku=sku, asin=asin, marketplace_id=marketplace_id, currency=currency, each_minor=each)


def _offered(unit: UnitOfWork, sku: str) -> Listing | None:
    """The SKU's offer in the first of the seller's marketplaces that has it."""
    for entered in participations_of(unit, unit.seller_id):
        try:
            return listing_of(unit, sku, entered.marketplace_id)
        except SellingPartnerError:
            continue
    return None
