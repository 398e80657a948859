"""What others may ask of promotions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sellingpartner.market.promotions.model import Promotion
from sellingpartner.market.promotions.refusals import PromotionUnknown
from sellingpartner.market.promotions.store import all_of_seller, begun_between, promotion_with, running_in
from sellingpartner.storage.unit import UnitOfWork

__all__ = ["Redemption", "Wanted", "all_of_seller", "begun_between", "promotion_of", "redemptions_for"]


class Wanted(NamedTuple):
    """What a buyer is about to order."""

    sku: str
    quantity: int
    price: int
    """Of one unit."""


class Redemption(NamedTuple):
    """What a promotion takes off a line."""

    promotion_id: str
    sku: str
    units: int
    """How many units it is taken off: those that the budget covers."""
    price: int
    """What those units cost without it."""
    each: int
    """What is taken off each of them."""

    @property
    def discount(self) -> int:
        """What it takes off in all."""
        return self.each * self.units


def promotion_of(unit: UnitOfWork, promotion_id: str) -> Promotion:
    """One promotion of this seller; raises `PromotionUnknown`."""
    found = promotion_with(unit, promotion_id)
    if found is None:
        raise PromotionUnknown(promotion_id)
    return found


def redemptions_for(unit: UnitOfWork, marketplace_id: str, wanted: Sequence[Wanted]) -> list[Redemption]:
    """What the promotions that run now would take off; nothing is redeemed yet.

    Assumed: of several promotions of a SKU the one counts that takes off most, and each takes off every unit as long as
    its budget lasts.

    Differs: what an offer costs in answers on prices, and whose offer is featured, follow no promotion.
    """
    running = running_in(unit, marketplace_id)
    if not running:
        return []
    left = {one.promotion_id: one.budget - one.spent for one in running if one.budget is not None}
    found = []
    for line in wanted:
        offered = [_offered(one, line, left.get(one.promotion_id)) for one in running if one.covers(line.sku)]
        best = max(offered, key=lambda one: one.discount, default=None)
        if best is None or best.discount == 0:
            continue
        if best.promotion_id in left:
            left[best.promotion_id] -= best.discount
        found.append(best)
    return found


def _offered(promotion: Promotion, line: Wanted, left: int | None) -> Redemption:
    each = promotion.discount.off(line.price)
    units = line.quantity if left is None or each == 0 else min(line.quantity, left // each)
    return Redemption(promotion.promotion_id, line.sku, units, line.price * units, each)
