"""Promotions by hand: created, listed, ended, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.testing import Caller, TestMarket

DAY = timedelta(days=1)


def asks(market: TestMarket, **more: Any) -> v1.CreatePromotion:  # noqa: ANN401 - fields of CreatePromotion
    said: dict[str, Any] = {"skus": ["MUG-BLUE"], "ends_at": market.now + DAY, "percent": 20}
    return v1.CreatePromotion(**said | more)


def test_a_promotion_is_created_listed_and_ended(market: TestMarket, operator: Caller) -> None:
    made = operator.send(asks(market, budget=Decimal(50), name="Spring"))
    later = operator.send(asks(market, percent=None, amount=Decimal("2.50"), begins_at=market.now + DAY / 2))

    assert (made.state, made.percent, made.begins_at, made.ends_at) == ("RUNNING", 20, market.now, market.now + DAY)
    assert made.budget == v1.Money(currency_code="USD", amount="50.00")
    assert (later.state, later.amount) == ("SCHEDULED", v1.Money(currency_code="USD", amount="2.50"))
    assert operator.send(v1.ListPromotions()).promotions == [made, later]

    market.advance(hours=1)
    ended = operator.send(v1.EndPromotion(promotion_id=made.promotion_id))
    assert (ended.state, ended.ended_by, ended.ends_at) == ("OVER", "CANCELED", market.now)
    with pytest.raises(InvalidInput, match="is over already"):
        operator.send(v1.EndPromotion(promotion_id=made.promotion_id))
    with pytest.raises(NotFound, match="no promotion 4711"):
        operator.send(v1.EndPromotion(promotion_id="4711"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"percent": 81}, "5 to 80 percent"),
        ({"percent": 4}, "5 to 80 percent"),
        ({"percent": None}, "either a percentage or an amount"),
        ({"amount": Decimal(1)}, "either a percentage or an amount"),
        ({"percent": None, "amount": Decimal(0)}, "more than 0"),
        ({"percent": None, "amount": Decimal(-1)}, "more than 0"),
        ({"percent": None, "amount": Decimal("0.001")}, "decimal places"),
        ({"percent": None, "amount": Decimal("1E+999999")}, "number of at most 15 digits"),
        ({"percent": None, "amount": Decimal(12)}, "80 percent of the price"),
        ({"kind": v1.PromotionKind.COUPON}, "needs a budget"),
        ({"budget": Decimal(0)}, "more than 0"),
        ({"budget": Decimal(1)}, "does not cover one unit"),
        ({"skus": []}, "1 to 200 SKUs"),
        ({"skus": ["MUG-BLUE", "MUG-BLUE"]}, "each named once"),
        ({"kind": v1.PromotionKind("GIVEAWAY")}, "must be one of BEST_DEAL, LIGHTNING_DEAL"),
        ({"marketplace_id": "A1PA6795UKMFR9"}, "does not sell in marketplace"),
    ],
)
def test_what_no_promotion_can_be_is_refused(
    market: TestMarket, operator: Caller, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        operator.send(asks(market, **more))

    assert operator.send(v1.ListPromotions()).promotions == []


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        (DAY, DAY, "must end after it begins"),
        (2 * DAY, DAY, "must end after it begins"),
        (-DAY, DAY, "must not begin before the market's time"),
        (DAY, 92 * DAY, "more than 90 days"),
    ],
)
def test_dates_that_cannot_be_are_refused(
    market: TestMarket, operator: Caller, begins: timedelta, ends: timedelta, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        operator.send(asks(market, begins_at=market.now + begins, ends_at=market.now + ends))

    assert operator.send(v1.ListPromotions()).promotions == []


def test_another_sellers_sku_is_refused(market: TestMarket, operator: Caller) -> None:
    other = market.join("Other Goods")

    with pytest.raises(NotFound, match="no listing with SKU 'MUG-BLUE'"):
        operator.send(asks(market, seller_id=other.seller_id))

    assert operator.send(v1.ListPromotions(seller_id=other.seller_id)).promotions == []
    made = operator.send(asks(market, seller_id=market.seller_account.seller_id))
    with pytest.raises(NotFound, match="no promotion"):
        operator.send(v1.EndPromotion(promotion_id=made.promotion_id, seller_id=other.seller_id))
