"""Who competes with a simulated shop: some merchants who offer items of the shop, and of others, and reprice them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from random import Random

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.model import Item, ItemClassification
from sellingpartner.market.catalog.questions import items_of
from sellingpartner.market.catalog.search import asins_of
from sellingpartner.market.listings.questions import ListingUnknown, listing_of, listings_of
from sellingpartner.market.offers.commands import compete, compete_anew, join_competitor, set_outside_prices
from sellingpartner.market.offers.model import Merchant, Offer, Strategy
from sellingpartner.market.offers.questions import contest_of
from sellingpartner.market.simulation.products_prices import habits
from sellingpartner.market.simulation.reading import read
from sellingpartner.market.simulation.repricing import price_after_a_look
from sellingpartner.market.simulation.shops import Shop, shop_of
from sellingpartner.market.time.chance import chance
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork

CONTESTED_SHARE = 0.5
"""The share of a shop's items that somebody else offers too."""

_RIVALS = (1, 1, 1, 2, 2, 3)
_EVERY_SO_MANIETH = 8  # of the items that others make
_MOST_ITEMS = 20_000
_LOOK_EVERY = timedelta(hours=6)
_LOOKED_AT = 3
_SELLS_OUT = 0.05
_USED_WORDS = ("Mint", "Very Good", "Good", "Acceptable")
_USED_WORTH = 0.6


class Competitor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A merchant of `data/competitors.toml`."""

    name: str
    state: str
    feedback_count: int
    positive_rating: int
    strategy: Strategy
    by_amazon: float
    hours: tuple[int, int]
    shipping: float
    used: float = 0.0


class _Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    competitors: tuple[Competitor, ...]


class CompetitorsLook(Due):
    """Competitors look at a few of a shop's items: in its past until it was handed over, else while it is open."""

    number: int
    until: datetime | None = None
    opening: int = 0


@cache
def known_competitors() -> tuple[Competitor, ...]:
    """Everybody who may compete."""
    return read("competitors.toml", _Known).competitors


def bring_competition(unit: UnitOfWork, shop: Shop, *, until: datetime) -> None:
    """Let competitors join and offer what they offer."""
    luck = chance(unit, "competition")
    merchants = [(each, _join(unit, each)) for each in known_competitors()]
    made: list[Offer] = []
    for marketplace_id in shop.marketplaces:
        contested = [
            (listing.asin, listing.price)
            for listing in listings_of(unit, marketplace_id)
            if luck.random() < CONTESTED_SHARE
        ]
        outside = [(asin, _near(price, luck.uniform(0.97, 1.15), luck)) for asin, price in contested]
        set_outside_prices(unit, marketplace_id, outside)
        for asin, price in [*contested, *_of_others(unit, marketplace_id, shop)]:
            for competitor, merchant in luck.sample(merchants, luck.choice(_RIVALS)):
                made.append(_offer(luck, competitor, merchant, asin, price, marketplace_id, len(made)))
    compete_anew(unit, made)
    later(unit, CompetitorsLook(number=1, until=until), at=unit.now + _LOOK_EVERY)


def expect_competitors(unit: UnitOfWork, shop: Shop) -> None:
    """Let competitors look as long as the shop is open."""
    later(unit, CompetitorsLook(number=1, opening=shop.opening), at=unit.now + _LOOK_EVERY)


@when(CompetitorsLook)
def look(unit: UnitOfWork, due: CompetitorsLook) -> None:
    """Reprice what competes with a few of the shop's items, and look again some hours later."""
    shop = shop_of(unit)
    if shop is None or not _goes_on(unit, shop, due):
        return
    luck = chance(unit, "competitors look", due.opening, due.number)
    articles = shop.goods_of(unit).articles
    for article in luck.sample(articles, min(_LOOKED_AT, len(articles))):
        _look_at(unit, luck, article.sku, luck.choice(list(article.prices)))
    later(unit, msgspec.structs.replace(due, number=due.number + 1), at=unit.now + _LOOK_EVERY)


def _goes_on(unit: UnitOfWork, shop: Shop, due: CompetitorsLook) -> bool:
    if due.until is not None:
        return unit.now < due.until
    return shop.is_open and shop.opening == due.opening


def _look_at(unit: UnitOfWork, luck: Random, sku: str, marketplace_id: str) -> None:
    try:
        asin = listing_of(unit, sku, marketplace_id).asin
    except ListingUnknown:
        return
    contest = contest_of(unit, marketplace_id, asin)
    for contender in sorted(contest.contenders, key=lambda each: (each.offer.seller_id, each.offer.sku)):
        offer, strategy = contender.offer, contender.merchant.strategy
        if strategy is None:
            continue
        price = price_after_a_look(strategy, offer, contest.contenders)
        is_available = not offer.is_available or luck.random() >= _SELLS_OUT
        changed = msgspec.structs.replace(offer, price=price, is_available=is_available)
        if changed != offer:
            compete(unit, changed)


def _join(unit: UnitOfWork, competitor: Competitor) -> Merchant:
    return join_competitor(
        unit,
        competitor.name,
        state=competitor.state,
        feedback_count=competitor.feedback_count,
        positive_rating=competitor.positive_rating,
        strategy=competitor.strategy,
    )


def _of_others(unit: UnitOfWork, marketplace_id: str, shop: Shop) -> Iterator[tuple[str, Money]]:
    """Items that the shop does not sell: some of them, in its home marketplace, where their list price is known."""
    if marketplace_id != next(iter(shop.marketplaces)):
        return
    own = {listing.asin for listing in listings_of(unit, marketplace_id)}
    currency = MARKETPLACES[marketplace_id].currency
    named = asins_of(unit, range(1, _MOST_ITEMS, _EVERY_SO_MANIETH))
    found = items_of(unit, [asin for _, asin in sorted(named.items()) if asin not in own])
    for item in sorted(found.values(), key=_number):
        price = item.list_price(marketplace_id, currency)
        is_sold = item.item_classification is not ItemClassification.VARIATION_PARENT and item.is_in(marketplace_id)
        if price is not None and is_sold:
            yield item.asin, price


def _number(item: Item) -> int:
    return item.number


def _offer(
    luck: Random, competitor: Competitor, merchant: Merchant, asin: str, price: Money, marketplace_id: str, number: int
) -> Offer:
    is_used = luck.random() < competitor.used
    by_amazon = luck.random() < competitor.by_amazon
    asked = _near(price, luck.uniform(0.97, 1.12) * (_USED_WORTH if is_used else 1), luck).minor
    least, most = (0, 0) if by_amazon else competitor.hours
    return Offer(
        seller_id=merchant.seller_id,
        sku=f"C-{number:06}",
        marketplace_id=marketplace_id,
        asin=asin,
        condition="Used" if is_used else "New",
        subcondition=luck.choice(_USED_WORDS) if is_used else "New",
        channel="AFN" if by_amazon else "MFN",
        currency=price.currency,
        price=asked,
        regular_price=asked,
        shipping=0 if by_amazon else round(asked * competitor.shipping),
        minimum_hours=least,
        maximum_hours=most,
        is_prime=by_amazon,
    )


def _near(price: Money, share: float, luck: Random) -> Money:
    """About so much of a price, as shops write prices."""
    habit = habits()[price.currency]
    return Money(habit.near(price.minor * share, luck) or habit.step, price.currency)
