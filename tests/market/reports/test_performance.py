"""How a seller performs, in JSON by Amazon's schema and in XML as it was."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from lxml import etree

from sellingpartner.market.accounts.standing import AccountStatus, set_account_status
from sellingpartner.market.listings.enforcing import suppress
from sellingpartner.market.money.ledger.commands import ClaimKind, claim
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.testing import TestMarket

V1, V2 = "GET_V1_SELLER_PERFORMANCE_REPORT", "GET_V2_SELLER_PERFORMANCE_REPORT"
SCHEMAS = Path(os.environ.get("SELLINGPARTNER_MODELS", Path(__file__).parents[4] / "shared" / "models" / "openapi"))
SCHEMA = SCHEMAS.parent / "schemas" / "reports" / "accountHealthReport-2020-11-18.json"


def ships(market: TestMarket, order_id: str, tracking_number: str | None = "1Z") -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        quantities = orders.load_order(unit, order_id).unshipped_quantities()
        parcel = Parcel(
            reference="1",
            shipped_at=unit.now,
            quantities=quantities,
            carrier_code="X",
            tracking_number=tracking_number,
        )
        orders.ship(unit, order_id, parcel)


@pytest.fixture
def served(market: TestMarket) -> TestMarket:
    """Ten orders: six shipped, of which one without a number and one claimed, two canceled, two forgotten."""
    market.lists("MUG-BLUE", stock=20)
    placed = [market.buys("MUG-BLUE") for _ in range(10)]
    for order_id in placed[:5]:
        ships(market, order_id)
    ships(market, placed[5], None)
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.cancel(unit, placed[6], by=Canceler.SELLER, reason="NoInventory")
        orders.cancel(unit, placed[7], by=Canceler.BUYER, reason="x")
        for order_id in placed[:6]:
            orders.deliver(unit, order_id)
        claim(unit, placed[0], ClaimKind.GUARANTEE)
        suppress(unit, "MUG-BLUE", market.marketplace_id, "restricted_product")
    market.advance(days=5)
    return market


def metrics(market: TestMarket) -> dict[str, Any]:
    (found,) = market.report(V2).json["performanceMetrics"]
    return dict(found)


@pytest.mark.skipif(not SCHEMA.exists(), reason="Amazon's schemas are not here")
def test_what_is_said_is_as_the_schema_wants_it(served: TestMarket) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))

    said = served.report(V2).json

    assert list(jsonschema_rs.validator_for(schema).iter_errors(said)) == []


def test_each_rate_is_that_of_the_orders(served: TestMarket) -> None:
    found = metrics(served)

    defects = found["orderDefectRate"]["mfn"]
    assert (defects["orderCount"], defects["claims"]["count"], defects["rate"], defects["status"]) == (
        10,
        1,
        0.1,
        "BAD",
    )
    assert found["orderDefectRate"]["afn"]["status"] == "NONE"
    assert (found["lateShipmentRate"]["lateShipmentCount"], found["lateShipmentRate"]["rate"]) == (2, 0.2)
    canceled = found["preFulfillmentCancellationRate"]
    assert (canceled["cancellationCount"], canceled["orderCount"], canceled["status"]) == (1, 10, "BAD")
    tracked = found["validTrackingRate"]
    assert (tracked["validTrackingCount"], tracked["shipmentCount"], tracked["status"]) == (5, 6, "BAD")
    assert found["onTimeDeliveryRate"]["rate"] == 1.0
    assert found["restrictedProductPolicyViolations"]["defectsCount"] == 1
    assert found["listingPolicyViolations"]["status"] == "GOOD"


def test_what_is_long_ago_counts_no_more(served: TestMarket) -> None:
    served.advance(days=57)

    found = metrics(served)

    assert found["orderDefectRate"]["mfn"]["orderCount"] == 0
    assert found["orderDefectRate"]["mfn"]["status"] == "NONE"


def test_an_account_at_risk_is_said_to_be(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        set_account_status(unit, market.marketplace_id, AccountStatus.AT_RISK)

    said = market.report(V2).json

    assert said["accountStatuses"] == [{"marketplaceId": market.marketplace_id, "status": "AT_RISK"}]
    assert said["performanceMetrics"][0]["accountHealthRating"]["ahrStatus"] == "WARNED"


def test_the_older_report_tells_the_same_in_xml(served: TestMarket) -> None:
    root = etree.fromstring(served.report(V1).content)

    assert root.tag == "sellerPerformanceReports"
    (told,) = root
    frames = told.findall("orderDefects/orderDefectMetrics")
    assert [one.findtext("orderWithDefects/rate") for one in frames] == ["10.00%"] * 4
    starts = [one.findtext("timeFrame/start") or "" for one in frames]
    assert len({one.findtext("timeFrame/end") for one in frames}) == 1
    assert [start[:10] for start in starts] == [
        f"{served.now - timedelta(days=days):%Y-%m-%d}" for days in (90, 60, 30, 7)
    ]
    assert told.findtext("customerExperience/customerExperienceMetrics/lateShipment/count") == "2"
    checks = {check.tag: check.findtext("status") for check in told.iterfind("performanceChecklist/*")}
    assert checks == {
        "orderDefectRate": "Poor",
        "orderCancellationRate": "Poor",
        "lateShipmentRate": "Poor",
        "validTrackingRate": "Poor",
        "onTimeDelivery": "Good",
    }
