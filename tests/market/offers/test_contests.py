"""Offers follow listings and stock, and the featured offer follows the offers."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.offers import FeaturedOfferChanged, OfferChange, OfferChanged, OfferPricedOut
from sellingpartner.market.inventory.commands import adjust
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.commands import close_listing, set_price
from sellingpartner.market.offers.commands import compete, join_competitor, reprice, set_outside_prices, withdraw
from sellingpartner.market.offers.model import Contest
from sellingpartner.testing import TestMarket

See = Callable[..., Contest]


def holder(contest: Contest) -> str | None:
    found = contest.featured.get("New")
    return None if found is None else found.sku


def count(market: TestMarket, sku: str, on_hand: int) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        adjust(unit, sku, Place.SELLER, on_hand=on_hand, reference="count")


def test_what_a_seller_lists_is_an_offer_and_featured_where_nobody_else_offers_it(market: TestMarket, see: See) -> None:
    (only,) = see().contenders

    assert (only.offer.price, only.offer.channel, only.offer.is_available) == (1499, "MFN", True)
    assert only.merchant.name == "Harbor Goods"
    assert holder(see()) == "MUG-BLUE"


def test_a_cheaper_competitor_is_featured_until_the_seller_asks_less(market: TestMarket, see: See) -> None:
    market.competes(1400)
    assert holder(see()) == "RIVAL"

    with market.market.write(market.seller_account.seller_id) as unit:
        set_price(unit, "MUG-BLUE", market.marketplace_id, Money(1390, "USD"))

    assert holder(see()) == "MUG-BLUE"
    told = [(fact.sku_before, fact.sku) for fact in market.facts(FeaturedOfferChanged)]
    assert {("MUG-BLUE", "RIVAL"), ("RIVAL", "MUG-BLUE")} <= set(told)
    priced = market.facts(OfferChanged)[-1]
    assert (priced.change, priced.landed_before, priced.landed_after) == (OfferChange.PRICED, 1499, 1390)


def test_selling_out_hands_the_featured_offer_on_and_restocking_wins_it_back(market: TestMarket, see: See) -> None:
    market.competes(1600)
    count(market, "MUG-BLUE", 1)
    assert holder(see()) == "MUG-BLUE"

    market.buys("MUG-BLUE")
    assert holder(see()) == "RIVAL"

    count(market, "MUG-BLUE", 5)
    assert holder(see()) == "MUG-BLUE"
    changes = [fact.change for fact in market.facts(OfferChanged) if fact.sku == "MUG-BLUE"]
    assert changes[-2:] == [OfferChange.SOLD_OUT, OfferChange.RESTOCKED]


def test_what_is_bought_while_there_is_more_changes_no_offer(market: TestMarket) -> None:
    before = market.facts(OfferChanged)

    market.buys("MUG-BLUE")

    assert market.facts(OfferChanged) == before


def test_a_closed_listing_is_no_offer(market: TestMarket, see: See) -> None:
    asin = market.competes(1600).asin
    with market.market.write(market.seller_account.seller_id) as unit:
        close_listing(unit, "MUG-BLUE", market.marketplace_id)

    changed = market.facts(FeaturedOfferChanged)[-1]
    assert (changed.asin, changed.sku_before, changed.sku) == (asin, "MUG-BLUE", "RIVAL")


def test_where_all_ask_much_more_than_other_shops_nobody_is_featured(market: TestMarket, see: See) -> None:
    asin = market.competes(1600).asin
    with market.market.write() as unit:
        set_outside_prices(unit, market.marketplace_id, [(asin, Money(1100, "USD"))])
    assert holder(see()) is None

    with market.market.write(market.seller_account.seller_id) as unit:
        set_price(unit, "MUG-BLUE", market.marketplace_id, Money(1320, "USD"))
    assert holder(see()) == "MUG-BLUE"


def test_a_seller_is_told_once_that_its_price_keeps_its_offer_from_being_featured(market: TestMarket, see: See) -> None:
    asin = market.competes(1600).asin

    def elsewhere(cents: int) -> None:
        with market.market.write() as unit:
            set_outside_prices(unit, market.marketplace_id, [(asin, Money(cents, "USD"))])

    def ask(cents: int) -> None:
        with market.market.write(market.seller_account.seller_id) as unit:
            set_price(unit, "MUG-BLUE", market.marketplace_id, Money(cents, "USD"))

    elsewhere(1300)
    assert market.facts(OfferPricedOut) == []

    ask(1561)
    ask(1570)
    ask(1560)
    elsewhere(1100)
    elsewhere(1000)
    count(market, "MUG-BLUE", 0)
    count(market, "MUG-BLUE", 3)

    told = sorted((fact.sku, fact.landed, fact.ceiling) for fact in market.facts(OfferPricedOut))
    assert told == [("MUG-BLUE", 1560, 1200), ("MUG-BLUE", 1560, 1320), ("MUG-BLUE", 1561, 1560)]
    assert holder(see()) is None


def test_a_competitor_reprices_and_goes(market: TestMarket, see: See) -> None:
    offer = market.competes(1600)
    with market.market.write() as unit:
        reprice(unit, offer, Money(1300, "USD"))
    assert holder(see()) == "RIVAL"

    with market.market.write() as unit:
        withdraw(unit, offer.seller_id, "RIVAL", market.marketplace_id)
    assert holder(see()) == "MUG-BLUE"
    assert len(see().contenders) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"currency": "EUR"}, "prices there are in USD, not EUR"),
        ({"asin": "B000000000"}, "has no item B000000000"),
        ({"price": 0}, "more than zero"),
        ({"points": 1500}, "more than zero and than its points"),
        ({"shipping": -1}, "its shipping 0 or more"),
        ({"minimum_hours": 72}, "the least before the most"),
        ({"marketplace_id": "NOWHERE"}, "NOWHERE is not a marketplace"),
    ],
)
def test_an_offer_that_cannot_stand_is_refused(
    market: TestMarket, see: See, change: dict[str, object], said: str
) -> None:
    offer = market.competes(1500)
    before = see()

    with pytest.raises(InvalidInput, match=said), market.market.write() as unit:
        compete(unit, msgspec.structs.replace(offer, **change))

    assert see() == before


def test_a_seller_of_this_market_is_no_competitor(market: TestMarket) -> None:
    offer = msgspec.structs.replace(market.competes(1500), seller_id=market.seller_account.seller_id)

    with pytest.raises(NotFound, match="There is no competitor"), market.market.write() as unit:
        compete(unit, offer)


@pytest.mark.parametrize("more", [{"name": ""}, {"name": "x" * 81}, {"positive_rating": 101}, {"feedback_count": -1}])
def test_a_competitor_has_a_name_and_feedback_that_can_be(market: TestMarket, more: dict[str, object]) -> None:
    with pytest.raises(InvalidInput), market.market.write() as unit:
        join_competitor(unit, **({"name": "Rival"} | more))  # type: ignore[arg-type]  # of any kind, as tested
