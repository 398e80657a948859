"""What buyers send back: to the seller, and to Amazon's fulfillment centers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import etree

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START

FLAT = "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE"
IN_XML = "GET_XML_RETURNS_DATA_BY_RETURN_DATE"
OF_PRIME = "GET_XML_MFN_PRIME_RETURNS_REPORT"
AT_AMAZON = "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA"


def delivered(market: TestMarket, *, is_prime: bool = False) -> str:
    """Two mugs and a red one, arrived three days after they were ordered."""
    lines = (PurchaseLine(sku="MUG-BLUE", quantity=2, unit_price=1000), PurchaseLine(sku="MUG-RED", unit_price=500))
    order_id = market.buys(lines=lines, is_prime=is_prime)
    with market.market.write(market.seller_account.seller_id) as unit:
        quantities = orders.load_order(unit, order_id).unshipped_quantities()
        orders.ship(unit, order_id, Parcel(reference="1", shipped_at=unit.now, quantities=quantities, carrier_code="X"))
    market.advance(days=3)
    with market.market.write(market.seller_account.seller_id) as unit:
        if orders.load_order(unit, order_id).packages[0].delivered_at is None:
            orders.deliver(unit, order_id)
    return order_id


def asks(market: TestMarket, order_id: str, reason: str = "DamagedInTransit", *, is_late: bool = False) -> str:
    """One blue mug and the red one are to go back."""
    with market.market.write(market.seller_account.seller_id) as unit:
        blue, red = orders.load_order(unit, order_id).items
        units = {blue.order_item_id: 1, red.order_item_id: 1}
        return orders.ask_return(unit, order_id, quantities=units, reason=reason, is_late=is_late).return_id


def test_each_item_of_a_return_is_a_row(market: TestMarket) -> None:
    order_id = delivered(market)
    return_id = asks(market, order_id)

    blue, red = market.report(FLAT).rows

    assert (blue["Order ID"], blue["Order date"], blue["Return request date"]) == (
        order_id,
        "02-Nov-2026",
        "05-Nov-2026",
    )
    assert [(row["Merchant SKU"], row["Return quantity"]) for row in (blue, red)] == [
        ("MUG-BLUE", "1"),
        ("MUG-RED", "1"),
    ]
    assert (blue["Return request status"], blue["Return Reason"], blue["Refunded Amount"]) == (
        "Approved",
        "CR-DAMAGED_BY_CARRIER",
        "0.00",
    )
    assert (blue["Order Amount"], blue["Order quantity"], blue["In policy"], blue["A-to-Z Claim"]) == (
        "25.00",
        "3",
        "Y",
        "N",
    )
    assert blue["Amazon RMA ID"] == red["Amazon RMA ID"]
    assert blue["Amazon RMA ID"].endswith("RRMA")
    assert len(blue["Amazon RMA ID"]) == 13
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.receive_return(unit, order_id, return_id)
        orders.refund(unit, order_id, return_id=return_id)
    blue, red = market.report(FLAT).rows
    assert [(row["Return request status"], row["Refunded Amount"]) for row in (blue, red)] == [
        ("Completed", "10.00"),
        ("Completed", "5.00"),
    ]
    assert blue["Return delivery date"] == "05-Nov-2026"


def test_returns_count_by_when_they_were_asked_for(market: TestMarket) -> None:
    order_id = delivered(market)
    asks(market, order_id, "whatever the buyer said")
    market.advance(days=2)
    since = START + timedelta(days=4)

    assert market.report(FLAT, start=since).status == "CANCELLED"
    assert {row["Return Reason"] for row in market.report(FLAT, end=since).rows} == {"CR-NO_REASON_GIVEN"}
    with pytest.raises(InvalidInput, match="more than 60 days apart"):
        market.report(FLAT, start=START - timedelta(days=60))


def test_a_return_that_comes_late_is_out_of_policy(market: TestMarket) -> None:
    order_id = delivered(market)
    market.advance(days=120)
    asks(market, order_id, is_late=True)

    assert {row["In policy"] for row in market.report(FLAT).rows} == {"N"}


def test_the_same_returns_are_elements_of_xml_and_those_of_prime_stand_apart(market: TestMarket) -> None:
    usual, prime = delivered(market), delivered(market, is_prime=True)
    asks(market, usual)
    asks(market, prime, "Defective")

    everything = etree.fromstring(market.report(IN_XML).content)
    (only,) = etree.fromstring(market.report(OF_PRIME).content).iter("return_details")

    told = {one.findtext("order_id"): one for one in everything.iter("return_details")}
    assert told.keys() == {usual, prime}
    assert [one.tag for one in told[usual]] == [
        "item_details",
        "item_details",
        "order_id",
        "order_date",
        "amazon_rma_id",
        "return_request_date",
        "return_request_status",
        "a_to_z_claim",
        "is_prime",
        "label_details",
        "label_to_be_paid_by",
        "return_type",
        "order_amount",
        "order_quantity",
    ]
    assert told[usual].findtext("return_request_date") == "2026-11-08T09:00:00Z"
    assert only[0].tag == "return_request_status"
    assert (only.findtext("order_id"), only.findtext("is_prime")) == (prime, "Y")
    assert only.findtext("item_details/return_reason_code") == "CR-DEFECTIVE"
    in_csv = market.report("GET_CSV_MFN_PRIME_RETURNS_REPORT")
    assert [row["Order ID"] for row in in_csv.rows] == [prime, prime]
    assert in_csv.content.startswith(b"Order ID,Order date,Return request date,")


def test_each_unit_that_comes_back_to_amazon_is_a_row_with_a_plate_of_its_own(market: TestMarket) -> None:
    market.lists("LAMP-OAK", fulfillment_channel=FulfillmentChannel.AFN)
    order_id = market.buys("LAMP-OAK", quantity=3)
    market.advance(days=20)
    with market.market.write(market.seller_account.seller_id) as unit:
        (item,) = orders.load_order(unit, order_id).items
        asked = orders.ask_return(unit, order_id, quantities={item.order_item_id: 2}, reason="NoLongerNeeded")
    on_its_way = market.report(AT_AMAZON).status
    market.advance(days=40)
    came_at = market.now
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.receive_return(unit, order_id, asked.return_id, condition=Condition.CUSTOMER_DAMAGED)

    first, second = market.report(AT_AMAZON).rows

    assert on_its_way == "CANCELLED"
    assert first.pop("license-plate-number") != second.pop("license-plate-number")
    assert first == second
    assert (first["order-id"], first["quantity"], first["detailed-disposition"], first["reason"]) == (
        order_id,
        "1",
        "CUSTOMER_DAMAGED",
        "UNWANTED_ITEM",
    )
    assert (first["return-date"], first["fulfillment-center-id"]) == (f"{came_at:%Y-%m-%dT%H:%M:%S}+00:00", "PHX6")
    assert first["fnsku"].startswith("X0")
    assert market.report(FLAT).status == "CANCELLED"
