"""What simulated competitors do: they join, offer items, price them anew and go; and what items cost elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sellingpartner.batched import batched
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.questions import marketplaces_of
from sellingpartner.market.offers import store
from sellingpartner.market.offers.contests import (
    place_of,
    put_new_offers,
    put_offer,
    settle,
    tell_priced_out,
    withdraw_offer,
)
from sellingpartner.market.offers.model import Merchant, Offer, Strategy
from sellingpartner.market.offers.questions import contests_of
from sellingpartner.market.skus import checked_sku
from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST_NAME = 80
_BATCH = 500
"""How many items one statement names at most: databases have a limit."""


class InvalidOffer(InvalidInput):
    """An offer that cannot stand; the message says which and why."""

    def __init__(self, sku: str, reason: str) -> None:
        super().__init__(f"The offer {sku!r} cannot stand: {reason}")


class CompetitorUnknown(NotFound):
    """There is no such competitor."""

    def __init__(self, seller_id: str) -> None:
        super().__init__(f"There is no competitor {seller_id}.")


class OfferUnknown(NotFound):
    """The competitor has no such offer there."""

    def __init__(self, seller_id: str, sku: str, marketplace_id: str) -> None:
        super().__init__(f"Competitor {seller_id} has no offer {sku!r} in marketplace {marketplace_id}.")


def join_competitor(
    unit: UnitOfWork,
    name: str,
    *,
    country: str = "US",
    state: str | None = None,
    feedback_count: int = 500,
    positive_rating: int = 97,
    strategy: Strategy = Strategy.HOLD,
) -> Merchant:
    """Somebody begins to compete with the sellers of this market."""
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise InvalidInput(f"A competitor's name has 1 to {_LONGEST_NAME} characters.")
    if feedback_count < 0 or not 0 <= positive_rating <= 100:  # noqa: PLR2004 - per cent
        raise InvalidInput("Feedback is a count of 0 or more, of which 0 to 100 in a hundred are good.")
    merchant = Merchant(
        seller_id=_new_seller_id(unit),
        name=name,
        feedback_count=feedback_count,
        positive_rating=positive_rating,
        country=country,
        state=state,
        strategy=strategy,
    )
    store.write_merchants(unit, [merchant])
    return merchant


def compete(unit: UnitOfWork, offer: Offer) -> None:
    """A competitor makes an offer, or changes the one that it has under that SKU."""
    _check(unit, [offer])
    put_offer(unit, offer)


def compete_anew(unit: UnitOfWork, offers: Sequence[Offer]) -> None:
    """Competitors make many offers under SKUs that they have not used before."""
    if offers:
        _check(unit, offers)
        put_new_offers(unit, offers)


def reprice(unit: UnitOfWork, offer: Offer, price: Money) -> None:
    """A competitor changes the price of an offer that it has."""
    compete(unit, msgspec.structs.replace(offer, price=price.minor, regular_price=price.minor, currency=price.currency))


def withdraw(unit: UnitOfWork, seller_id: str, sku: str, marketplace_id: str) -> None:
    """A competitor takes an offer back; raises `NotFound`."""
    competitor_of(unit, seller_id)
    if store.offer_with(unit, (seller_id, sku, marketplace_id)) is None:
        raise OfferUnknown(seller_id, sku, marketplace_id)
    withdraw_offer(unit, (seller_id, sku, marketplace_id))


def set_outside_prices(unit: UnitOfWork, marketplace_id: str, prices: Sequence[tuple[str, Money]]) -> None:
    """Say what items cost at other retailers: much more than that, and no offer is featured."""
    currency = _currency(marketplace_id)
    for asin, price in prices:
        if price.currency != currency or price.minor <= 0:
            message = f"The price of {asin} elsewhere must be more than zero, in {currency}; it is {price}."
            raise InvalidInput(message)
    for some in map(dict, batched(prices, _BATCH)):
        contests = contests_of(unit, marketplace_id, list(some))
        store.write_outside_prices(unit, [(marketplace_id, asin, price.minor) for asin, price in some.items()])
        settle(unit, [place_of(each.offer) for contest in contests.values() for each in contest.contenders])
        for contest in contests.values():
            for each in contest.contenders:
                tell_priced_out(unit, each, each.offer, some[contest.asin].minor, contest.outside_price)


def competitor_of(unit: UnitOfWork, seller_id: str) -> Merchant:
    """A simulated competitor; raises `NotFound`."""
    merchant = store.merchant_with(unit, seller_id)
    if merchant is None or merchant.strategy is None:
        raise CompetitorUnknown(seller_id)
    return merchant


def _check(unit: UnitOfWork, offers: Sequence[Offer]) -> None:
    for seller_id in sorted({offer.seller_id for offer in offers}):
        competitor_of(unit, seller_id)
    known = marketplaces_of(unit, {offer.asin for offer in offers})
    for offer in offers:
        checked_sku(offer.sku)
        if offer.currency != (currency := _currency(offer.marketplace_id)):
            raise InvalidOffer(offer.sku, f"prices there are in {currency}, not {offer.currency}.")
        if offer.marketplace_id not in known.get(offer.asin, ()):
            raise InvalidOffer(offer.sku, f"marketplace {offer.marketplace_id} has no item {offer.asin}.")
        if not (0 <= offer.points < offer.price and offer.shipping >= 0):
            raise InvalidOffer(
                offer.sku, "its price must be more than zero and than its points, its shipping 0 or more."
            )
        if not 0 <= offer.minimum_hours <= offer.maximum_hours:
            raise InvalidOffer(offer.sku, "its shipping takes from 0 hours on, and the least before the most.")


def _currency(marketplace_id: str) -> str:
    if marketplace_id not in MARKETPLACES:
        raise InvalidInput(f"{marketplace_id} is not a marketplace.")
    return MARKETPLACES[marketplace_id].currency


def _new_seller_id(unit: UnitOfWork) -> str:
    # Competitors are the market's, whoever's unit this is.
    market = unit.beside()
    number = number_of(unit.seed, "competitor", market.next_number("competitors"))
    letters = []
    for _ in range(12):
        number, digit = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[digit])
    return "A" + "".join(letters)
