"""Which offer of an item is featured: one pure rule.

An offer may be featured if it has the condition of the position (new, or used), is available, is a featured merchant's
and does not cost much more than the item does at other retailers. Of those, the one with the least score is featured:

    score = landed price x (1000
                            + 20 unless it is Prime
                            + 5 for each day of shipping, ten days at most
                            + 2 for each bad feedback in a hundred)

So an offer by Amazon's network from a good merchant wins over a slow one that costs up to some percent less. Scores are
whole numbers. Equal ones are decided by seller id and SKU: in which order offers are looked at never counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from sellingpartner.market.offers.model import NEW, Contender

# Assumed: Amazon names the factors (landed price, fulfillment, speed, the seller's metrics, prices elsewhere) and
# publishes no weights; those of the featured offer are this market's own.
_WHOLE = 1000
_NOT_PRIME = 20
_PER_DAY = 5
_MOST_DAYS = 10
_PER_BAD_FEEDBACK = 2

# Assumed: no offer is featured that costs more than six fifths of what the item costs at other retailers.
_ABOVE_NUMERATOR, _ABOVE_DENOMINATOR = 6, 5


class Standing(StrEnum):
    """Whether an offer may be featured, and if not, why."""

    ELIGIBLE = "ELIGIBLE"
    OTHER_CONDITION = "OTHER_CONDITION"
    UNAVAILABLE = "UNAVAILABLE"
    MERCHANT = "MERCHANT"
    PRICE = "PRICE"


class Verdict(StrEnum):
    """What is known about the price at which an offer would be featured, in Amazon's words."""

    VALID = "VALID_FOEP"
    NO_COMPETING_OFFER = "NO_COMPETING_OFFER"
    NOT_ELIGIBLE = "OFFER_NOT_ELIGIBLE"


class Expected(msgspec.Struct, frozen=True):
    """The highest price at which an offer would be featured, and whose offer is featured above it."""

    verdict: Verdict
    price: int | None = None
    competing: Contender | None = None


def ceiling_of(outside_price: int | None) -> int | None:
    """The highest landed price that may be featured, by what the item costs elsewhere."""
    return None if outside_price is None else outside_price * _ABOVE_NUMERATOR // _ABOVE_DENOMINATOR


def standing_of(contender: Contender, condition: str = NEW, *, outside_price: int | None = None) -> Standing:
    """Whether an offer may be featured in a position."""
    offer = contender.offer
    if offer.condition != condition:
        return Standing.OTHER_CONDITION
    if not offer.is_available:
        return Standing.UNAVAILABLE
    if not contender.merchant.is_featured:
        return Standing.MERCHANT
    ceiling = ceiling_of(outside_price)
    if ceiling is not None and offer.landed > ceiling:
        return Standing.PRICE
    return Standing.ELIGIBLE


def score_of(contender: Contender) -> int:
    """How an offer stands against others: the less, the better."""
    offer = contender.offer
    days = min(-(-offer.maximum_hours // 24), _MOST_DAYS)
    weight = _WHOLE + (0 if offer.is_prime else _NOT_PRIME) + _PER_DAY * days
    weight += _PER_BAD_FEEDBACK * (100 - contender.merchant.positive_rating)
    return offer.landed * weight


def featured_of(
    contenders: Iterable[Contender], condition: str = NEW, *, outside_price: int | None = None
) -> Contender | None:
    """The contender whose offer is featured in a position; None if none may be."""
    eligible = [
        contender
        for contender in contenders
        if standing_of(contender, condition, outside_price=outside_price) is Standing.ELIGIBLE
    ]
    return min(eligible, key=_rank, default=None)


def expected_price(own: Contender, others: Iterable[Contender], *, outside_price: int | None = None) -> Expected:
    """The highest price at which an offer would be featured, found by the rule itself.

    The others' offers stay as they are. `own` is taken as it is, but for its price.
    """
    condition, others = own.offer.condition, list(others)

    def wins(price: int) -> bool:
        found = featured_of([*others, _priced(own, price)], condition, outside_price=outside_price)
        return found is not None and found.offer.sku == own.offer.sku and found.offer.seller_id == own.offer.seller_id

    competing = featured_of(others, condition, outside_price=outside_price)
    least = own.offer.points + 1  # what buyers pay is never less than nothing
    if not wins(least):
        return Expected(Verdict.NOT_ELIGIBLE, None, competing)
    if competing is None:
        return Expected(Verdict.NO_COMPETING_OFFER)
    low, high = least, 2 * competing.offer.landed + least
    while wins(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if wins(middle) else (low, middle)
    return Expected(Verdict.VALID, low, competing)


def _rank(contender: Contender) -> tuple[int, str, str]:
    return score_of(contender), contender.offer.seller_id, contender.offer.sku


def _priced(contender: Contender, price: int) -> Contender:
    return Contender(msgspec.structs.replace(contender.offer, price=price), contender.merchant)
