"""A promotion takes something off as long as it runs: orders, order reports, money and its own report agree."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from published import check_report
from shipper import leaves, ships

from sellingpartner.contract.orders_v0 import GetOrderItems, OrderItem
from sellingpartner.contract.reports_2021_06_30 import GetReports
from sellingpartner.market.orders.commands import cancel
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.promotions.commands import create, end
from sellingpartner.market.promotions.model import Discount, Kind, NewPromotion, Promotion
from sellingpartner.market.promotions.questions import promotion_of
from sellingpartner.market.traffic.calendar import Stretch, today_in
from sellingpartner.market.traffic.results import visited
from sellingpartner.testing import TestMarket

ORDERS = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
V2 = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"


def promotes(market: TestMarket, *skus: str, begins_in: float = 0, days: float = 2, **more: Any) -> Promotion:  # noqa: ANN401 - fields of NewPromotion
    begins = market.now + timedelta(days=begins_in)
    said: dict[str, Any] = {"kind": Kind.PRICE_DISCOUNT, "name": "Spring", "discount": Discount(percent=20)} | more
    with market.market.write(market.seller_account.seller_id) as unit:
        return create(
            unit,
            NewPromotion(
                marketplace_id=market.marketplace_id,
                skus=skus or ("MUG-BLUE",),
                begins_at=begins,
                ends_at=begins + timedelta(days=days),
                **said,
            ),
        )


def stands(market: TestMarket, promotion: Promotion) -> Promotion:
    with market.market.read(market.seller_account.seller_id) as unit:
        return promotion_of(unit, promotion.promotion_id)


def item_of(market: TestMarket, order_id: str) -> OrderItem:
    found = market.seller.send(GetOrderItems(order_id=order_id)).payload
    assert found is not None
    return found.order_items[0]


def taken_off(market: TestMarket, order_id: str) -> tuple[str | None, list[str]]:
    item = item_of(market, order_id)
    return None if item.promotion_discount is None else item.promotion_discount.amount, list(item.promotion_ids or ())


def told(market: TestMarket, kind: str, since: datetime) -> dict[str, Any]:
    options = {
        f"{kind}StartDateFrom": f"{since - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}",
        f"{kind}StartDateTo": f"{since + timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}",
    }
    paper = market.report(f"GET_{kind.upper()}_PERFORMANCE_REPORT", options=options)
    assert paper.status == "DONE"
    check_report(paper.json, "promotionReport.json" if kind == "promotion" else "sellerCouponReport.json")
    return {one[f"{kind}Id"]: one for one in paper.json[f"{kind}s"]}


def test_a_discount_is_given_from_the_beginning_until_the_end_and_told_everywhere(market: TestMarket) -> None:
    began = market.now
    deal = promotes(market, "MUG-BLUE", "MUG-RED", begins_in=1, kind=Kind.BEST_DEAL)
    before = market.buys("MUG-BLUE")
    market.advance(days=1)
    first = market.buys("MUG-BLUE", 2)
    other = market.buys("TEA/50 G&B 100%")
    market.advance(days=2)
    after = market.buys("MUG-BLUE")
    ships(market, first)

    assert taken_off(market, first) == ("6.00", [deal.promotion_id])  # 20 percent of 14.99, twice
    for untouched in (before, other, after):
        assert taken_off(market, untouched) in ((None, []), ("0.00", []))
    rows = {row["amazon-order-id"]: row for row in market.report(ORDERS, start=began).rows}
    assert (rows[first]["item-promotion-discount"], rows[first]["promotion-ids"]) == ("6.0", deal.promotion_id)
    assert [rows[one]["promotion-ids"] for one in (before, other, after)] == ["", "", ""]
    one = told(market, "promotion", began)[deal.promotion_id]
    assert (one["type"], one["status"], one["unitsSold"], one["revenue"]) == ("BEST_DEAL", "APPROVED", 2, 23.98)
    assert {item["productUnitsSold"] for item in one["includedProducts"]} == {0, 2}
    assert sum(item["productRevenue"] for item in one["includedProducts"]) == one["revenue"]
    with market.market.read(market.seller_account.seller_id) as unit:
        days = Stretch(
            today_in(deal.marketplace_id, deal.begins_at),
            today_in(deal.marketplace_id, deal.ends_at - timedelta(seconds=1)),
        )
        seen = visited(unit, deal.marketplace_id, days)
    assert one["glanceViews"] == sum(seen[item.asin].every.views for item in deal.items) > 0
    assert told(market, "coupon", began) == {}

    market.advance(days=30)
    settled = [
        row
        for report in market.seller.send(GetReports(report_types=[V2])).reports
        for row in market.report_of(report.report_id).rows
        if row["order-id"] == first and row["amount-type"] == "Promotion" and row["amount-description"] == "Principal"
    ]
    assert [(row["amount"], row["promotion-id"]) for row in settled] == [("-6.0", deal.promotion_id)]


def test_a_coupon_ends_when_its_budget_is_spent(market: TestMarket) -> None:
    began = market.now
    coupon = promotes(market, kind=Kind.COUPON, budget=1000, discount=Discount(amount=300), name="3 off")

    orders = [market.buys("MUG-BLUE", 2), market.buys("MUG-BLUE", 2), market.buys("MUG-BLUE", 2)]

    off = [taken_off(market, one)[0] for one in orders]
    assert off[:2] == ["6.00", "3.00"]  # of the second one's two units the budget covers one
    assert off[2] in (None, "0.00")
    ended = stands(market, coupon)
    assert (ended.spent, ended.ended_by, ended.until) == (900, "BUDGET_SPENT", market.now)
    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, orders[0])
        cancel(unit, orders[1], by=Canceler.BUYER, reason="BuyerCanceled")
    one = told(market, "coupon", began)[coupon.promotion_id]
    assert (one["discountType"], one["discountAmount"], one["redemptions"]) == ("AMOUNT_OFF_LIST_PRICE", 3.0, 2)
    assert (one["budget"], one["budgetSpent"], one["totalDiscount"]) == (10.0, 9.0, 9.0)  # canceled ones as well
    assert (one["budgetRemaining"], one["budgetPercentageUsed"], one["sales"]) == (1.0, 90.0, 35.97)
    assert one["clips"] >= one["redemptions"]
    assert told(market, "promotion", began) == {}


def test_one_that_is_ended_by_hand_takes_nothing_off_any_more(market: TestMarket) -> None:
    deal = promotes(market)
    with market.market.write(market.seller_account.seller_id) as unit:
        end(unit, deal.promotion_id)

    assert taken_off(market, market.buys("MUG-BLUE"))[1] == []
    one = told(market, "promotion", deal.begins_at)[deal.promotion_id]
    assert (one["status"], one["unitsSold"], one["revenue"]) == ("CANCELED", 0, 0)


def test_the_better_of_two_counts_and_what_a_line_says_itself_stays(market: TestMarket) -> None:
    small, big = promotes(market), promotes(market, discount=Discount(percent=50))
    line = PurchaseLine(sku="MUG-BLUE", promotion_discount=100, promotion_ids=("SPRING",))

    assert taken_off(market, market.buys("MUG-BLUE")) == ("7.50", [big.promotion_id])
    assert taken_off(market, market.buys(lines=(line,))) == ("1.00", ["SPRING"])
    assert (stands(market, small).spent, stands(market, big).spent) == (0, 750)


def test_what_is_promoted_is_kept_in_the_database(database_url: str) -> None:
    with TestMarket(database_url) as market:
        deal = promotes(market, budget=5000)
        order_id = market.buys("MUG-BLUE", 3)

        assert taken_off(market, order_id) == ("9.00", [deal.promotion_id])
        assert stands(market, deal).spent == 900
        assert told(market, "promotion", deal.begins_at)[deal.promotion_id]["unitsSold"] == 3


def test_options_that_are_missing_or_wrong_are_fatal(market: TestMarket) -> None:
    name = "GET_COUPON_PERFORMANCE_REPORT"
    for options in (
        {},
        {"couponStartDateFrom": "2026-11-01T00:00:00Z"},
        {"couponStartDateFrom": "soon", "couponStartDateTo": "2026-11-01T00:00:00Z"},
        {"couponStartDateFrom": "2026-11-02T00:00:00Z", "couponStartDateTo": "2026-11-01T00:00:00Z"},
        {"couponStartDateFrom": "2020-11-02T00:00:00Z", "couponStartDateTo": "2026-11-01T00:00:00Z"},
    ):
        assert market.report(name, options=options).status == "FATAL"
