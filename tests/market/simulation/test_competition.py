"""Those who compete with a simulated shop, and what that does to its sales."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.amounts import Money
from sellingpartner.market.demo import MARKETPLACES, build_demo_world, set_buyers
from sellingpartner.market.events.offers import OfferChange, OfferChanged
from sellingpartner.market.listings.commands import set_price
from sellingpartner.market.listings.questions import listings_of
from sellingpartner.market.market import Market
from sellingpartner.market.offers.commands import compete, join_competitor
from sellingpartner.market.offers.model import Contender, Merchant, Offer, Strategy
from sellingpartner.market.offers.questions import competitors, contest_of, is_featured
from sellingpartner.market.orders.questions import OrderFilter, page_of_orders
from sellingpartner.market.simulation.competition import known_competitors
from sellingpartner.market.simulation.repricing import price_after_a_look
from sellingpartner.storage.events import events

PRESENT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
US = "ATVPDKIKX0DER"


def offer(price: int, *, seller: str = "A1", **more: object) -> Offer:
    made = Offer(
        seller_id=seller, sku="S", marketplace_id=US, asin="B0", currency="USD", price=price, regular_price=1000
    )
    return msgspec.structs.replace(made, **more)


def others(*prices: int) -> list[Contender]:
    merchant = Merchant(seller_id="A2", name="B", feedback_count=100, positive_rating=95, country="US")
    return [Contender(offer(price, seller="A2"), merchant) for price in prices]


@pytest.mark.parametrize(
    ("strategy", "own", "rivals", "price"),
    [
        (Strategy.HOLD, offer(950), others(900), 1000),
        (Strategy.MATCH, offer(1000), others(940, 980), 940),
        (Strategy.MATCH, offer(1000, shipping=50), others(940), 890),
        (Strategy.MATCH, offer(1000), others(500), 850),
        (Strategy.MATCH, offer(900), others(2000), 1000),
        (Strategy.MATCH, offer(900), [], 1000),
        (Strategy.UNDERCUT, offer(1000), others(940), 930),
        (Strategy.SEESAW, offer(1000), others(940), 970),
        (Strategy.SEESAW, offer(919), others(940), 1000),
    ],
)
def test_competitors_price_by_their_strategy(
    strategy: Strategy, own: Offer, rivals: list[Contender], price: int
) -> None:
    assert price_after_a_look(strategy, own, rivals) == price


@given(st.sampled_from(Strategy), st.integers(1, 5000), st.lists(st.integers(1, 5000), max_size=4))
def test_no_strategy_leaves_the_bounds_that_a_competitor_set_itself(
    strategy: Strategy, price: int, rivals: list[int]
) -> None:
    assert 850 <= price_after_a_look(strategy, offer(price), others(*rivals)) <= 1000


def test_the_competitors_of_the_data_are_plausible() -> None:
    known = known_competitors()

    assert len({each.name for each in known}) == len(known) >= 5
    assert {each.strategy for each in known} == set(Strategy)
    for each in known:
        assert 0 <= each.hours[0] <= each.hours[1]
        assert min(each.by_amazon, each.used, each.shipping) >= 0
        assert max(each.by_amazon, each.used, each.shipping) <= 1
        assert 0 <= each.positive_rating <= 100


def test_the_demo_world_has_competitors_who_reprice_and_the_shop_is_mostly_featured() -> None:
    market = Market.open(at=PRESENT, seed=7)
    demo = build_demo_world(market, skus=40, orders=60)

    with market.read(demo.seller_id) as unit:
        listings = listings_of(unit, US)
        held = sum(is_featured(unit, listing.sku, US) for listing in listings)
        contests = [contest_of(unit, US, listing.asin) for listing in listings]
        kinds = unit.execute(events.select().where(events.c.kind == "OfferChanged")).all()
        assert len(competitors(unit)) == len(known_competitors())
    contested = sum(len(contest.contenders) > 1 for contest in contests)
    facts = [msgspec.json.decode(row.fact, type=OfferChanged) for row in kinds]
    priced = [fact for fact in facts if fact.change is OfferChange.PRICED]
    market.close()

    assert len(listings) / 4 < contested < len(listings) * 3 / 4
    assert len(listings) / 2 < held < len(listings)
    assert priced


def test_a_shop_that_loses_the_featured_offers_sells_next_to_nothing_until_it_wins_them_back() -> None:
    market = Market.open(at=PRESENT, seed=7)
    demo = build_demo_world(market, skus=5, orders=450)
    set_buyers(market, come=True)
    with market.write() as unit:
        rival = join_competitor(unit, "Undercut Everything")

    def sold_in_ten_days() -> int:
        before = market.clock.now()
        market.advance(timedelta(days=10))
        with market.read(demo.seller_id) as unit:
            return len(page_of_orders(unit, OrderFilter(after=before), limit=1000).orders)

    with market.write(demo.seller_id) as unit:
        everything = [listing for place in MARKETPLACES for listing in listings_of(unit, place)]
        for listing in everything:
            set_price(unit, listing.sku, listing.marketplace_id, Money(listing.price.minor * 2, listing.price.currency))
            compete(
                unit,
                Offer(
                    seller_id=rival.seller_id,
                    sku=listing.sku,
                    marketplace_id=listing.marketplace_id,
                    asin=listing.asin,
                    currency=listing.price.currency,
                    price=max(listing.price.minor // 2, 1),
                    regular_price=max(listing.price.minor // 2, 1),
                ),
            )
    lost = sold_in_ten_days()
    with market.write(demo.seller_id) as unit:
        for listing in everything:
            cheapest = Money(max(listing.price.minor // 4, 1), listing.price.currency)
            set_price(unit, listing.sku, listing.marketplace_id, cheapest)
    won = sold_in_ten_days()
    market.close()

    assert won > 20
    assert lost < won / 10  # now and then the rival has nothing left
