"""Promotions are created, redeemed, and ended before their time; that they begin and run out follows from the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.listings.model import Listing
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.promotions.model import Ended, Kind, NewPromotion, PromotedItem, Promotion, State
from sellingpartner.market.promotions.questions import Redemption
from sellingpartner.market.promotions.refusals import InvalidPromotion, PromotionOver, PromotionUnknown
from sellingpartner.market.promotions.store import insert_promotion, promotion_with, save_promotion
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

LEAST_PERCENT, MOST_PERCENT = 5, 80
MOST_SKUS = 200
LONGEST = timedelta(days=90)
_RANGE = 10**11
_STEP = 38_196_601_127


def create(unit: UnitOfWork, new: NewPromotion) -> Promotion:
    """Create a promotion of this unit's seller; raises `InvalidPromotion`, `ListingUnknown`."""
    if new.marketplace_id not in MARKETPLACES:
        message = f"{new.marketplace_id} is not a marketplace."
        raise InvalidInput(message)
    new = _with_times(unit, new)
    _check_amounts(new)
    listings = _listings(unit, new)
    currency = MARKETPLACES[new.marketplace_id].currency
    promotion = Promotion(
        promotion_id=_new_id(unit),
        marketplace_id=new.marketplace_id,
        kind=new.kind,
        name=new.name,
        currency=currency,
        percent=new.discount.percent,
        amount=new.discount.amount,
        budget=new.budget,
        spent=0,
        items=tuple(PromotedItem(listing.sku, listing.asin) for listing in listings),
        begins_at=new.begins_at,
        ends_at=new.ends_at,
        ended_at=None,
        ended_by=None,
        created_at=unit.now,
        updated_at=unit.now,
    )
    insert_promotion(unit, promotion)
    return promotion


def end(unit: UnitOfWork, promotion_id: str) -> Promotion:
    """End a promotion before its time; raises `PromotionUnknown`, `PromotionOver`."""
    promotion = promotion_with(unit, promotion_id, hold=True)
    if promotion is None:
        raise PromotionUnknown(promotion_id)
    if promotion.state_at(unit.now) is State.OVER:
        raise PromotionOver(promotion_id)
    return _ended(unit, promotion, Ended.CANCELED)


def redeem(unit: UnitOfWork, redemptions: Sequence[Redemption]) -> None:
    """Take what an order was spared off the budgets; raises `InvalidPromotion` if one has just been spent by another.

    Assumed: a promotion whose budget does not cover one more unit of what was just ordered ends with that order.
    """
    for one in sorted(redemptions):
        promotion = promotion_with(unit, one.promotion_id, hold=True)
        if promotion is None:
            raise PromotionUnknown(one.promotion_id)
        spent = promotion.spent + one.discount
        if promotion.budget is not None and spent > promotion.budget:
            message = f"The budget of promotion {one.promotion_id} does not cover the order any more; place it again."
            raise InvalidPromotion(message)
        changed = replace(promotion, spent=spent, updated_at=unit.now)
        save_promotion(unit, changed)
        is_open = promotion.state_at(unit.now) is not State.OVER
        if is_open and promotion.budget is not None and promotion.budget - spent < one.each:
            _ended(unit, changed, Ended.BUDGET_SPENT)


def _ended(unit: UnitOfWork, promotion: Promotion, why: Ended) -> Promotion:
    ended = replace(promotion, ended_at=unit.now, ended_by=why, updated_at=unit.now)
    save_promotion(unit, ended)
    return ended


def _with_times(unit: UnitOfWork, new: NewPromotion) -> NewPromotion:
    """The promotion with its times in UTC; raises `InvalidPromotion` if they are none that it can have."""
    try:
        begins, ends = in_utc(new.begins_at), in_utc(new.ends_at)
    except OutOfBounds as reason:
        raise InvalidPromotion(str(reason)) from reason
    said = f"The promotion begins at {begins:%Y-%m-%dT%H:%M:%SZ} and ends at {ends:%Y-%m-%dT%H:%M:%SZ}; "
    if begins >= ends:
        raise InvalidPromotion(said + "it must end after it begins.")
    if begins < unit.now:
        raise InvalidPromotion(said + f"it must not begin before the market's time, {unit.now:%Y-%m-%dT%H:%M:%SZ}.")
    # Assumed: every kind of promotion may run for as long as a coupon may.
    if ends - begins > LONGEST:
        raise InvalidPromotion(said + f"it must not run for more than {LONGEST.days} days.")
    return replace(new, begins_at=begins, ends_at=ends)


def _check_amounts(new: NewPromotion) -> None:
    """Assumed: the bounds of a discount are those of a coupon, whatever the kind."""
    percent, amount = new.discount.percent, new.discount.amount
    if (percent is None) == (amount is None):
        message = "A promotion takes off either a percentage or an amount; say one of them."
        raise InvalidPromotion(message)
    if percent is not None and not LEAST_PERCENT <= percent <= MOST_PERCENT:
        message = f"A promotion takes {LEAST_PERCENT} to {MOST_PERCENT} percent off, not {percent}."
        raise InvalidPromotion(message)
    if amount is not None and amount < 1:
        message = "The amount that a promotion takes off must be more than 0."
        raise InvalidPromotion(message)
    if new.kind is Kind.COUPON and new.budget is None:
        message = "A coupon needs a budget."
        raise InvalidPromotion(message)
    if new.budget is not None and new.budget < 1:
        message = "The budget of a promotion must be more than 0."
        raise InvalidPromotion(message)


def _listings(unit: UnitOfWork, new: NewPromotion) -> list[Listing]:
    """The seller's listings that a promotion is of."""
    if not 1 <= len(new.skus) <= MOST_SKUS or len(set(new.skus)) < len(new.skus):
        message = f"A promotion is of 1 to {MOST_SKUS} SKUs, each named once."
        raise InvalidPromotion(message)
    listings = [listing_of(unit, sku, new.marketplace_id) for sku in new.skus]
    for listing in listings:
        each = new.discount.off(listing.price.minor)
        most = listing.price.minor * MOST_PERCENT // 100
        if new.discount.amount is not None and new.discount.amount > most:
            message = (
                f"The amount is more than {MOST_PERCENT} percent of the price of SKU {listing.sku!r},"
                f" {listing.price} {listing.price.currency}."
            )
            raise InvalidPromotion(message)
        if new.budget is not None and new.budget < each:
            message = f"The budget does not cover one unit of SKU {listing.sku!r}."
            raise InvalidPromotion(message)
    return listings


def _new_id(unit: UnitOfWork) -> str:
    """Eleven digits: the n-th number of a sequence that passes through all before any comes again.

    Assumed: coupons have ids of the same form as other promotions.
    """
    start = number_of(unit.seed, unit.seller_id, "promotions")
    return f"{(start + unit.next_number('promotions') * _STEP) % _RANGE:011d}"
