"""Buyers rate sellers: once an order, when it has come or should have, and not for ever."""

from __future__ import annotations

import pytest
from outside_shop import asks
from shipper import leaves

from sellingpartner.contract.errors import NotFound, SellingPartnerError
from sellingpartner.contract.market_v1 import LeaveFeedback, ListFeedback
from sellingpartner.market.events.feedback import FeedbackLeft
from sellingpartner.market.feedback.commands import leave
from sellingpartner.market.feedback.questions import feedback_between, ratings_of
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.outbound.questions import find_fulfillment
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START, US


def arrived(market: TestMarket, **more: object) -> str:
    """An order that has come."""
    order_id = market.buys(**more)  # type: ignore[arg-type] # fields of a purchase
    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, order_id)
        orders.deliver(unit, order_id, "1")
    return order_id


def rate(market: TestMarket, order_id: str, rating: int = 5, comment: str = "") -> None:
    market.anybody().send(LeaveFeedback(order_id=order_id, rating=rating, comment=comment))


def test_a_buyer_rates_an_order_that_has_come(market: TestMarket) -> None:
    order_id = arrived(market)

    rate(market, order_id, 2, " Late,\n and  scratched. ")

    found = market.anybody().send(ListFeedback())
    assert (found.received, found.positive) == (1, 0)
    assert [(one.order_id, one.rating, one.comment) for one in found.feedback] == [
        (order_id, 2, "Late, and scratched.")
    ]
    assert [(one.rating, one.received, one.positive) for one in market.facts(FeedbackLeft)] == [(2, 1, 0)]


def test_what_never_came_is_rated_from_the_day_on_which_it_should_have(market: TestMarket) -> None:
    order_id = market.buys()
    with pytest.raises(SellingPartnerError, match="has not come, and need not have yet"):
        rate(market, order_id)

    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, order_id)
    market.advance(hours=1)
    with pytest.raises(SellingPartnerError, match="has not come, and need not have yet"):
        rate(market, order_id)
    market.advance(days=30)
    rate(market, order_id, 1)

    assert len(market.facts(FeedbackLeft)) == 1


@pytest.mark.parametrize(("rating", "comment"), [(0, ""), (6, ""), (-1, ""), (5, "x" * 401)])
def test_what_is_no_rating_is_refused(market: TestMarket, rating: int, comment: str) -> None:
    order_id = arrived(market)

    with market.market.write(market.seller_account.seller_id) as unit, pytest.raises(SellingPartnerError):
        leave(unit, order_id, rating, comment)
    with pytest.raises(SellingPartnerError):
        rate(market, order_id, rating, comment)

    assert market.facts(FeedbackLeft) == []


def test_nobody_rates_twice_too_late_or_what_was_not_bought(market: TestMarket) -> None:
    rated, old, unpaid = arrived(market), arrived(market), market.buys(paid=False)
    canceled = market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.request_cancellation(unit, unpaid, reason="Changed")
        orders.cancel(unit, canceled, by=Canceler.SELLER, reason="NoInventory")
    rate(market, rated)
    asks(market)
    with market.market.read(market.seller_account.seller_id) as unit:
        outside = find_fulfillment(unit, "SHOP-1").shipped_as

    for order_id, why in (
        (rated, "was rated already"),
        (unpaid, "is Canceled"),
        (canceled, "is Canceled"),
        (outside, "was not placed in Amazon's shop"),
    ):
        with pytest.raises(SellingPartnerError, match=why):
            rate(market, order_id)
    market.advance(days=91)
    with pytest.raises(SellingPartnerError, match="more than 90 days ago"):
        rate(market, old)
    with pytest.raises(NotFound):
        rate(market, "902-0000000-0000000")

    assert len(market.facts(FeedbackLeft)) == 1


def test_pages_of_feedback_give_each_once(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellingpartner.market.feedback.questions._PAGE", 2)
    ids = [arrived(market) for _ in range(5)]
    for number, order_id in enumerate(ids):
        rate(market, order_id, number + 1)

    with market.market.read(market.seller_account.seller_id) as unit:
        found = list(feedback_between(unit, [US], START, market.now.replace(year=2027)))
        assert sorted(one.order_id for one in found) == sorted(ids)
        assert list(feedback_between(unit, [US], START, START)) == []
        assert ratings_of(unit) == (5, 2)
