"""What a buyer says of a seller shows where offers compete, in performance, in sales and traffic and in its report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shipper import leaves

from sellingpartner.contract.market_v1 import LeaveFeedback
from sellingpartner.market.orders import commands as orders
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

REPORT = "GET_SELLER_FEEDBACK_DATA"


def arrived(market: TestMarket, **more: Any) -> str:  # noqa: ANN401 - fields of a purchase
    order_id = market.buys(**more)
    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, order_id)
        orders.deliver(unit, order_id, "1")
    return order_id


def performance(market: TestMarket) -> dict[str, Any]:
    told: dict[str, Any] = market.report("GET_V2_SELLER_PERFORMANCE_REPORT").json
    (here,) = [one for one in told["performanceMetrics"] if one["marketplaceId"] == US]
    return here["orderDefectRate"]["mfn"]  # type: ignore[no-any-return] # JSON


def sales_and_traffic(market: TestMarket) -> dict[str, Any]:
    start = market.now - timedelta(days=2)
    paper = market.report("GET_SALES_AND_TRAFFIC_REPORT", start=start, end=market.now)
    days = [one["trafficByDate"] for one in paper.json["salesAndTrafficByDate"]]
    return {name: sum(day[name] for day in days) for name in days[0] if "eedback" in name}


def offer(market: TestMarket) -> dict[str, Any]:
    path = f"/products/pricing/v0/listings/MUG-BLUE/offers?MarketplaceId={US}&ItemCondition=New"
    (found,) = market.seller.call("GET", path).json()["payload"]["Offers"]
    return found["SellerFeedbackRating"]  # type: ignore[no-any-return] # JSON


def test_whoever_asks_knows_what_buyers_said(market: TestMarket) -> None:
    good, fair, bad = arrived(market), arrived(market), arrived(market, is_business=True)
    assert offer(market) == {"SellerPositiveFeedbackRating": 98.0, "FeedbackCount": 240}
    assert performance(market)["orderWithDefects"]["count"] == 0

    for order_id, rating, comment in ((good, 5, "Great."), (fair, 3, "Okay."), (bad, 1, "Broken.")):
        market.anybody().send(LeaveFeedback(order_id=order_id, rating=rating, comment=comment))
    market.advance(days=1)

    assert offer(market) == {"SellerPositiveFeedbackRating": 97.0, "FeedbackCount": 243}
    told = performance(market)
    assert (told["negativeFeedback"]["count"], told["orderWithDefects"]["count"]) == (1, 1)
    said = sales_and_traffic(market)
    assert (said["feedbackReceived"], said["negativeFeedbackReceived"]) == (3, 1)
    rows = market.report(REPORT).rows
    told_of = {(row["Date"], row["Rating"], row["Comments"], row["Order ID"]) for row in rows}
    assert told_of == {("11/02/26", "3", "Okay.", fair), ("11/02/26", "1", "Broken.", bad)}
    assert all(row["Rater Email"].endswith("@marketplace.amazon.com") for row in rows)
    xml = market.report("GET_V1_SELLER_PERFORMANCE_REPORT").text
    assert "<negativeFeedbacks><rate>33.33%</rate><count>1</count></negativeFeedbacks>" in xml
    kiosk = market.query(
        "{ analytics_salesAndTraffic_2024_04_24 { salesAndTrafficByDate(aggregateBy: DAY, "
        f'startDate: "2026-11-02", endDate: "2026-11-02", marketplaceIds: ["{US}"]) '
        "{ traffic { feedbackReceived negativeFeedbackReceived receivedNegativeFeedbackRate feedbackReceivedB2B "
        "negativeFeedbackReceivedB2B } } } }"
    )
    assert kiosk.rows == [
        {
            "traffic": {
                "feedbackReceived": 3,
                "negativeFeedbackReceived": 1,
                "receivedNegativeFeedbackRate": 33.33,
                "feedbackReceivedB2B": 1,
                "negativeFeedbackReceivedB2B": 1,
            }
        }
    ]


def test_of_nobody_who_is_content_no_report_tells(market: TestMarket) -> None:
    market.anybody().send(LeaveFeedback(order_id=arrived(market), rating=4))

    paper = market.report(REPORT)

    assert (paper.status, paper.rows) == ("DONE", [])
    assert paper.text.splitlines()[0].split("\t") == [
        "Date",
        "Rating",
        "Comments",
        "Response",
        "Order ID",
        "Rater Email",
    ]
