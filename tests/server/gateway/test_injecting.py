"""Each kind of fault against this package's client, in one process: it survives, or fails with the right error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sellingpartner.client import SellingPartner
from sellingpartner.contract import errors
from sellingpartner.contract.listings_items_2021_08_01 import GetListingsItem
from sellingpartner.contract.orders_v0 import (
    ConfirmShipment,
    ConfirmShipmentOrderItem,
    GetOrder,
    GetOrderItems,
    PackageDetail,
)
from sellingpartner.market.events.orders import OrderShipped
from sellingpartner.testing import Reply, TestMarket


@pytest.fixture
def order_id(market: TestMarket) -> str:
    market.lists("MUG-BLUE")
    return market.buys("MUG-BLUE")


@pytest.fixture
def client(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> Iterator[SellingPartner]:
    """A client that waits for nothing between its attempts."""
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    with market.seller.client(timeout=5) as made:
        yield made


def shipment(market: TestMarket, order_id: str) -> ConfirmShipment:
    """A confirmation that the whole order has left."""
    (item,) = market.seller.send(GetOrderItems(order_id=order_id)).payload.order_items
    return ConfirmShipment(
        order_id=order_id,
        marketplace_id=market.marketplace_id,
        package_detail=PackageDetail(
            package_reference_id="1",
            carrier_code="UPS",
            tracking_number="1Z999AA10123456784",
            ship_date=market.now,
            order_items=[ConfirmShipmentOrderItem(order_item_id=item.order_item_id, quantity=1)],
        ),
    )


def asked(market: TestMarket, order_id: str, fault: str) -> Reply:
    """The raw answer to a call that asks for a fault of its own."""
    return market.seller.call("GET", f"/orders/v0/orders/{order_id}", headers={"x-spapi-fault": fault})


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("refuse 400", errors.InvalidInput),
        ("refuse 401", errors.Unauthorized),
        ("refuse 403", errors.Unauthorized),
        ("refuse 404", errors.NotFound),
        ("refuse 409", errors.Conflict),
        ("refuse 429", errors.QuotaExceeded),
        ("refuse 500", errors.InternalFailure),
        ("refuse 503", errors.ServiceUnavailable),
        ("page 502", errors.AnswerUnreadable),
        ("page 504", errors.AnswerUnreadable),
        ("reset before", errors.ConnectionFailed),
        ("reset after", errors.ConnectionFailed),
        ("delay 10", errors.ConnectionFailed),
        ("cut 0.5", errors.ConnectionFailed),
        ("cut 0", errors.ConnectionFailed),
        ("corrupt 20", errors.AnswerUnreadable),
        ("drift missing path=payload", errors.AnswerUnreadable),
    ],
)
def test_a_call_that_fails_for_good_fails_with_the_right_error(
    market: TestMarket, client: SellingPartner, order_id: str, fault: str, error: type[errors.SellingPartnerError]
) -> None:
    rule = market.faults.add(f"{fault} operation=getOrder")

    with pytest.raises(error) as raised:
        client.with_options(retries=0).orders_v0.get_order(order_id=order_id)

    assert type(raised.value) is error
    assert {call.fault for call in market.requests(operation="getOrder")} == {
        f"{rule.rule_id} {fault.split(maxsplit=1)[0]}"
    }


@pytest.mark.parametrize(
    "fault",
    [
        *("refuse 500", "refuse 503", "refuse 504", "page 502", "page 503"),
        *("reset before", "reset after", "delay 10", "cut 0.5"),
    ],
)
def test_what_passes_by_itself_is_survived(
    market: TestMarket, client: SellingPartner, order_id: str, fault: str
) -> None:
    market.faults.add(f"{fault} operation=getOrder times=2")

    assert client.orders_v0.get_order(order_id=order_id).payload.order_status == "Unshipped"

    faults = [call.fault is not None for call in market.requests(operation="getOrder")]
    assert faults == [True, True, False]


def test_a_call_that_is_throttled_waits_for_its_turn(market: TestMarket, client: SellingPartner, order_id: str) -> None:
    market.faults.add("refuse 429 operation=getListingsItem times=1")  # 5 a second: its turn comes soon
    wanted = GetListingsItem(seller_id=market.seller.seller_id, sku="MUG-BLUE", marketplace_ids=[market.marketplace_id])

    assert client.send(wanted).sku == "MUG-BLUE"

    assert [call.status for call in market.requests(operation="getListingsItem")] == [429, 200]


@pytest.mark.parametrize(
    "fault",
    [
        *("drift enum", "drift extra places=9", "drift missing path=payload.MarketplaceId", "drift type"),
        *("rate-header", "rate-header soon", "rate-header -3", "rate-header 1e999", "clock-skew -86400", "delay 1"),
    ],
)
def test_what_is_only_strange_is_taken_as_it_is(
    market: TestMarket, client: SellingPartner, order_id: str, fault: str
) -> None:
    market.faults.add(f"{fault} operation=getOrder")

    assert client.orders_v0.get_order(order_id=order_id).payload.amazon_order_id

    assert [call.status for call in market.requests(operation="getOrder")] == [200]


def test_a_shipment_whose_answer_is_lost_has_happened_once(
    market: TestMarket, client: SellingPartner, order_id: str
) -> None:
    market.faults.add("reset after operation=confirmShipment times=1")

    with pytest.raises(errors.ConnectionFailed) as lost:
        client.send(shipment(market, order_id))

    assert lost.value.may_have_arrived
    assert len(market.facts(OrderShipped)) == 1
    assert [call.status for call in market.requests(operation="confirmShipment")] == [0]


@pytest.mark.parametrize("fault", ["reset before", "refuse 500", "page 502"])
def test_a_shipment_that_fails_before_has_not_happened(
    market: TestMarket, client: SellingPartner, order_id: str, fault: str
) -> None:
    market.faults.add(f"{fault} operation=confirmShipment")

    with pytest.raises(errors.SellingPartnerError):
        client.send(shipment(market, order_id))

    assert market.facts(OrderShipped) == []
    assert client.orders_v0.get_order(order_id=order_id).payload.order_status == "Unshipped"


def test_only_those_whom_a_rule_concerns_meet_it(market: TestMarket, order_id: str) -> None:
    other = market.seller("Hill Goods")
    market.faults.add(f"refuse 503 seller_id={other.seller_id}")

    assert market.seller.send(GetOrder(order_id=order_id)).payload.order_status == "Unshipped"
    with pytest.raises(errors.ServiceUnavailable):
        other.send(GetOrder(order_id=order_id))


def test_a_stranger_is_refused_before_any_fault(market: TestMarket, order_id: str) -> None:
    market.faults.add("page 502")

    reply = market.anybody().call("GET", f"/orders/v0/orders/{order_id}", headers={"x-spapi-fault": "refuse 503"})

    assert reply.status == 403
    assert market.faults.counts()[1].matched == 0


def test_a_call_may_ask_for_a_fault_of_its_own(market: TestMarket, order_id: str) -> None:
    cut_off = asked(market, order_id, "refuse 429 retry_after=7 code=Throttled message='Slow down.'")
    plain = market.seller.call("GET", f"/orders/v0/orders/{order_id}")

    assert (cut_off.status, cut_off.headers["retry-after"]) == (429, "7")
    assert cut_off.json()["errors"] == [{"code": "Throttled", "message": "Slow down.", "details": ""}]
    assert plain.status == 200
    assert [call.fault for call in market.requests(operation="getOrder")] == ["0 refuse", None]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("refus 503", "Did you mean refuse"),
        ("refuse 503 seller_id=A1", "this call alone"),
        ("refuse 503 times=2", "this call alone"),
        ("notification lost", "strikes no call"),
        ("expired-link", "strikes no call"),
        ("delay 3600", "seconds"),
    ],
)
def test_a_fault_of_a_call_that_makes_no_sense_is_refused(
    market: TestMarket, order_id: str, fault: str, words: str
) -> None:
    reply = asked(market, order_id, fault)

    assert reply.status == 400
    assert words in reply.json()["errors"][0]["message"]


def test_headers_are_left_out_or_wrong(market: TestMarket, order_id: str) -> None:
    for missing in ("rate-header", "rate-header missing", "rate-header value=missing"):
        assert "x-amzn-ratelimit-limit" not in asked(market, order_id, missing).headers
    assert asked(market, order_id, "rate-header 99.0").headers["x-amzn-ratelimit-limit"] == "99.0"
    assert asked(market, order_id, "clock-skew -60").headers["date"].endswith("GMT")


def test_a_remembered_answer_is_not_spoiled_for_others(market: TestMarket, order_id: str) -> None:
    path = f"/orders/v0/orders/{order_id}"
    before = market.seller.call("GET", path).body

    for fault in ("drift missing places=9", "corrupt 9", "rate-header"):
        assert asked(market, order_id, fault).status == 200

    after = market.seller.call("GET", path)
    assert after.body == before
    assert "x-amzn-ratelimit-limit" in after.headers
