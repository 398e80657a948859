"""What the seller's own promotions take off an order, and what they led to.

A line that was redeemed is written once, with the order, and stays as it was: Amazon's reports of promotions count what
was canceled or sent back later as well.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import func, select

from sellingpartner.market.listings.model import Listing
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.purchase import Purchase, PurchaseLine
from sellingpartner.market.orders.tables import redeemed_lines
from sellingpartner.market.promotions import commands as promotions
from sellingpartner.market.promotions.questions import Redemption, Wanted, redemptions_for
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork

_insert = Prepared(redeemed_lines.insert())


class OfItem(NamedTuple):
    """What a promotion led to, of one item."""

    asin: str
    units: int
    price_minor: int
    """Without the discount."""
    discount_minor: int


def promoted(
    unit: UnitOfWork, purchase: Purchase, choices: list[tuple[PurchaseLine, Listing]]
) -> tuple[list[tuple[PurchaseLine, Listing]], list[Redemption]]:
    """The choices with what the seller's promotions that run now take off; they are yet to be redeemed.

    A line that says itself what is taken off it keeps that. What replaces an order is promoted by nobody.
    """
    if purchase.replaces_order_id is not None:
        return choices, []
    wanted = [
        Wanted(line.sku, line.quantity, listing.price.minor if line.unit_price is None else line.unit_price)
        for line, listing in choices
        if not line.promotion_ids and not line.promotion_discount
    ]
    found = redemptions_for(unit, purchase.marketplace_id, wanted)
    by_sku = {one.sku: one for one in found}
    return [(_less(line, by_sku.get(line.sku)), listing) for line, listing in choices], found


def keep_redeemed(unit: UnitOfWork, order: Order, redemptions: list[Redemption]) -> None:
    """Redeem what an order was spared, and keep which lines that was."""
    if not redemptions:
        return
    promotions.redeem(unit, redemptions)
    items = {item.sku: item for item in order.items}
    rows = [
        {
            "seller_id": unit.seller_id,
            "promotion_id": one.promotion_id,
            "order_id": order.order_id,
            "order_item_id": items[one.sku].order_item_id,
            "asin": items[one.sku].asin,
            "units": one.units,
            "price_minor": one.price,
            "discount_minor": one.discount,
        }
        for one in redemptions
    ]
    _insert.run_many(unit.connection, rows)


def redeemed_by_item(unit: UnitOfWork, promotion_id: str) -> dict[str, OfItem]:
    """What a promotion led to, by ASIN."""
    at = redeemed_lines.c
    sums = (func.sum(at.units), func.sum(at.price_minor), func.sum(at.discount_minor))
    wanted = (
        select(at.asin, *sums)
        .where(at.seller_id == unit.seller_id, at.promotion_id == promotion_id)
        .group_by(at.asin)
        .order_by(at.asin)
    )
    rows: Any = unit.execute(wanted)
    return {asin: OfItem(asin, int(units), int(price), int(discount)) for asin, units, price, discount in rows}


def orders_that_redeemed(unit: UnitOfWork, promotion_id: str) -> int:
    """How many orders a promotion took something off."""
    at = redeemed_lines.c
    counted = select(func.count(at.order_id.distinct()))
    rows: Any = unit.execute(counted.where(at.seller_id == unit.seller_id, at.promotion_id == promotion_id))
    return int(next(iter(rows))[0])


def _less(line: PurchaseLine, redemption: Redemption | None) -> PurchaseLine:
    if redemption is None:
        return line
    return replace(line, promotion_discount=redemption.discount, promotion_ids=(redemption.promotion_id,))
