"""The rule of the featured offer, as laws."""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.offers.featured import (
    Standing,
    Verdict,
    ceiling_of,
    expected_price,
    featured_of,
    standing_of,
)
from sellingpartner.market.offers.model import Contender, Merchant, Offer

GOOD = Merchant(seller_id="AGOOD", name="Good", feedback_count=200, positive_rating=98, country="US")


def contender(
    price: int = 1000, *, seller: str = "AGOOD", rating: int = 98, count: int = 200, **more: object
) -> Contender:
    offer = Offer(
        seller_id=seller, sku="S", marketplace_id="M", asin="B0", currency="USD", price=price, regular_price=price
    )
    merchant = Merchant(seller_id=seller, name=seller, feedback_count=count, positive_rating=rating, country="US")
    return Contender(msgspec.structs.replace(offer, **more), merchant)


@st.composite
def contests(draw: st.DrawFn) -> list[Contender]:
    some = st.builds(
        contender,
        st.integers(100, 3000),
        rating=st.sampled_from([80, 90, 95, 100]),
        count=st.sampled_from([5, 500]),
        shipping=st.integers(0, 600),
        points=st.integers(0, 99),
        maximum_hours=st.sampled_from([0, 24, 48, 240, 400]),
        is_prime=st.booleans(),
        is_available=st.booleans(),
        condition=st.sampled_from(["New", "New", "Used"]),
    )
    found = draw(st.lists(some, max_size=6))
    return [
        Contender(msgspec.structs.replace(each.offer, seller_id=f"A{number}"), each.merchant)
        for number, each in enumerate(found)
    ]


def priced(one: Contender, price: int) -> Contender:
    return Contender(msgspec.structs.replace(one.offer, price=price), one.merchant)


outside_prices = st.none() | st.integers(100, 4000)


@given(contests(), outside_prices, st.randoms(use_true_random=False))
def test_the_same_offers_in_whatever_order_feature_the_same_one(
    offers: list[Contender], outside: int | None, luck: Random
) -> None:
    first = featured_of(offers, outside_price=outside)
    luck.shuffle(offers)

    assert featured_of(offers, outside_price=outside) == first


@given(contests(), outside_prices)
def test_only_an_offer_that_is_available_new_and_a_good_merchants_is_featured(
    offers: list[Contender], outside: int | None
) -> None:
    won = featured_of(offers, outside_price=outside)

    eligible = [one for one in offers if standing_of(one, outside_price=outside) is Standing.ELIGIBLE]
    assert (won is None) == (eligible == [])
    if won is not None:
        assert won.offer.is_available
        assert won.offer.condition == "New"
        assert won.merchant.is_featured


@given(contests(), outside_prices, st.integers(1, 99))
def test_who_is_featured_and_asks_less_stays_featured(offers: list[Contender], outside: int | None, less: int) -> None:
    won = featured_of(offers, outside_price=outside)
    if won is None:
        return
    others = [one for one in offers if one is not won]

    cheaper = priced(won, max(won.offer.points + 1, won.offer.price - less))
    assert featured_of([*others, cheaper], outside_price=outside) == cheaper


@given(contests(), outside_prices, st.integers(1, 2000))
def test_who_is_not_featured_and_asks_more_is_not_featured(
    offers: list[Contender], outside: int | None, more: int
) -> None:
    won = featured_of(offers, outside_price=outside)
    for loser in [one for one in offers if one is not won]:
        dearer = priced(loser, loser.offer.price + more)
        others = [one for one in offers if one is not loser]
        assert featured_of([*others, dearer], outside_price=outside) == won


@given(contests(), outside_prices, st.integers(100, 4000), st.sampled_from([0, 24, 240]))
def test_an_offer_at_its_expected_price_is_featured_and_one_cent_above_it_is_not(
    offers: list[Contender], outside: int | None, price: int, hours: int
) -> None:
    own = contender(price, seller="AME", is_prime=not hours, maximum_hours=hours)
    found = expected_price(own, offers, outside_price=outside)

    if found.verdict is Verdict.VALID:
        assert found.price is not None
        at, above = (priced(own, minor) for minor in (found.price, found.price + 1))
        assert featured_of([*offers, at], outside_price=outside) == at
        assert featured_of([*offers, above], outside_price=outside) != above
        assert found.competing == featured_of(offers, outside_price=outside)
    else:
        assert found.price is None
        assert (found.verdict is Verdict.NO_COMPETING_OFFER) == (featured_of(offers, outside_price=outside) is None)


@pytest.mark.parametrize(
    ("one", "standing"),
    [
        (contender(), Standing.ELIGIBLE),
        (contender(1200), Standing.ELIGIBLE),
        (contender(1201), Standing.PRICE),
        (contender(1100, shipping=101), Standing.PRICE),
        (contender(1250, points=50), Standing.ELIGIBLE),
        (contender(is_available=False), Standing.UNAVAILABLE),
        (contender(condition="Used"), Standing.OTHER_CONDITION),
        (contender(rating=89), Standing.MERCHANT),
        (contender(count=9), Standing.MERCHANT),
    ],
)
def test_an_offer_is_told_why_it_cannot_be_featured(one: Contender, standing: Standing) -> None:
    assert ceiling_of(1000) == 1200
    assert standing_of(one, outside_price=1000) is standing


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        (contender(1000, seller="A2"), contender(1001, seller="A1")),
        (contender(1000, seller="A1"), contender(1000, seller="A2")),
        (contender(1000, seller="A2", is_prime=True, maximum_hours=0), contender(980, seller="A1")),
        (contender(900, seller="A2"), contender(1000, seller="A1", is_prime=True, maximum_hours=0)),
        (contender(1000, seller="A2"), contender(700, seller="A1", shipping=400)),
        (contender(1000, seller="A2", maximum_hours=24), contender(1000, seller="A1", maximum_hours=96)),
        (contender(1000, seller="A2", rating=100), contender(1000, seller="A1", rating=91)),
    ],
)
def test_price_speed_and_the_merchants_metrics_decide(winner: Contender, loser: Contender) -> None:
    assert featured_of([loser, winner]) == winner


def test_used_offers_compete_for_a_position_of_their_own() -> None:
    used, new = contender(100, seller="A1", condition="Used"), contender(900, seller="A2")

    assert featured_of([used, new]) == new
    assert featured_of([used, new], "Used") == used
