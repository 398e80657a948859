"""Orders to be shipped, taxed, invoiced, and those that nobody has paid: who may read them, and what they hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import etree

from sellingpartner.contract.errors import InvalidInput, Unauthorized
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.reports_2021_06_30 import (
    CreateReportSchedule,
    GetReportDocument,
    GetReports,
    GetReportSchedules,
    Period,
)
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.buyer import Address, Buyer, BuyerTax, TaxClassification
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PaymentMethod, PurchaseLine
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START, US

UNSHIPPED = "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING"
TO_SHIP = "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING"
TO_TAX = "GET_FLAT_FILE_ORDER_REPORT_DATA_TAX"
TO_INVOICE = "GET_FLAT_FILE_ORDER_REPORT_DATA_INVOICING"
SHIP_IN_XML = "GET_ORDER_REPORT_DATA_SHIPPING"
JAPAN = BY_COUNTRY["JP"].marketplace_id
OSAKA = Address(
    name="森 葵", line_1="1-1", city="大阪市", state_or_region="大阪府", postal_code="530-0001", country_code="JP"
)


def ships(market: TestMarket, order_id: str, units: int) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        (item,) = orders.load_order(unit, order_id).items
        quantities = {item.order_item_id: units}
        orders.ship(unit, order_id, Parcel(reference="1", shipped_at=unit.now, quantities=quantities, carrier_code="X"))


def test_what_waits_to_be_shipped_is_told_with_its_buyer_and_how_late_it_is(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    market.lists("LAMP-OAK", fulfillment_channel=FulfillmentChannel.AFN)
    order_id, done = market.buys("MUG-BLUE", quantity=3), market.buys("MUG-BLUE")
    market.buys("MUG-BLUE", paid=False)
    market.buys("LAMP-OAK")
    ships(market, order_id, 1)
    ships(market, done, 1)

    (row,) = market.report(UNSHIPPED).rows

    assert row["order-id"] == order_id
    assert [row[name] for name in ("quantity-purchased", "quantity-shipped", "quantity-to-ship")] == ["3", "1", "2"]
    assert row["days-past-promise"] == "-2"
    assert row["payments-date"] == row["purchase-date"] == "2026-11-02T09:00:00+00:00"
    assert row["recipient-name"]
    assert row["buyer-email"].endswith("@marketplace.amazon.com")
    market.advance(days=4)
    (row,) = market.report(UNSHIPPED).rows
    assert (row["days-past-promise"], row["verge-of-cancellation"]) == ("2", "true")


def test_what_is_personal_takes_a_restricted_data_token(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    market.buys()
    paper = market.report(UNSHIPPED)
    document_id = paper.report.report_document_id
    assert document_id is not None

    with pytest.raises(Unauthorized):
        market.seller.send(GetReportDocument(report_document_id=document_id))


@pytest.mark.parametrize(
    ("country", "has", "has_not"),
    [
        ("US", "is-transparency", "is-iba"),
        ("IN", "is-iba", "is-transparency"),
        ("JP", "points-granted", "is-business-order"),
        ("BR", "cpf", "is-transparency"),
    ],
)
def test_countries_have_columns_of_their_own(country: str, has: str, has_not: str) -> None:
    with TestMarket(marketplaces=[BY_COUNTRY[country].marketplace_id]) as market:
        market.lists("MUG-BLUE")
        tax = BuyerTax(classifications=(TaxClassification(name="CPF", value="123.456.789-09"),))
        market.buys(buyer=Buyer(name="Ana Lima", tax=tax))

        (row,) = market.report(UNSHIPPED).rows

    assert has in row
    assert has_not not in row
    assert row.get("cpf", "123.456.789-09") == "123.456.789-09"


def test_an_order_report_is_about_orders_that_could_be_shipped_since_then(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    late = market.buys(paid=False, payment_delay=timedelta(days=2))
    early = market.buys()
    market.advance(days=3)

    since = market.report(TO_SHIP, start=START + timedelta(days=1)).rows
    everything = market.report(TO_SHIP).rows

    assert [row["order-id"] for row in since] == [late]
    assert sorted(row["order-id"] for row in everything) == sorted([early, late])
    assert since[0]["payments-date"] == "2026-11-04T09:00:00+00:00"
    with pytest.raises(InvalidInput, match="more than 60 days ago"):
        market.report(TO_SHIP, start=START - timedelta(days=61))


def test_those_for_taxes_and_invoices_say_where_bills_go(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    market.buys()

    (ship,), (tax,), (invoice,) = (market.report(one).rows for one in (TO_SHIP, TO_TAX, TO_INVOICE))

    assert "bill-city" not in ship
    names = list(tax)
    assert names[names.index("ship-phone-number") + 1] == "bill-address-1"
    assert tax == invoice
    assert (tax["bill-city"], tax["bill-address-1"]) == (tax["ship-city"], tax["ship-address-1"])
    assert "delivery-Instructions" in tax


def test_the_flat_file_and_the_xml_of_an_order_report_share_a_schedule(market: TestMarket) -> None:
    def plans(report_type: str, period: Period = Period.P1D) -> str:
        asked = CreateReportSchedule(report_type=report_type, marketplace_ids=[US], period=period)
        return market.seller.send(asked).report_schedule_id

    of_taxes, flat, xml = plans(TO_TAX), plans(TO_SHIP), plans(SHIP_IN_XML)

    types = [TO_TAX, TO_SHIP, SHIP_IN_XML]
    left = market.seller.send(GetReportSchedules(report_types=types)).report_schedules
    assert sorted(one.report_schedule_id for one in left) == sorted([of_taxes, xml])
    again = plans(TO_SHIP, Period.PT8H)
    left = market.seller.send(GetReportSchedules(report_types=types)).report_schedules
    assert sorted(one.report_schedule_id for one in left) == sorted([of_taxes, again])
    assert flat not in {of_taxes, again}


def test_a_scheduled_report_in_xml_tells_of_each_order_once(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    first = market.buys()
    market.advance(minutes=1)
    market.seller.send(CreateReportSchedule(report_type=SHIP_IN_XML, marketplace_ids=[US], period=Period.P1D))
    market.advance(hours=5)
    second = market.buys()
    market.advance(days=2)

    made = market.seller.send(GetReports(report_types=[SHIP_IN_XML])).reports[::-1]
    papers = [market.report_of(one.report_id) for one in made]
    told = [
        [order.findtext("AmazonOrderID") for order in etree.fromstring(paper.content).iter("OrderReport")]
        for paper in papers
        if paper.status == "DONE"
    ]

    assert told == [[first], [second]]
    assert papers[-1].status == "CANCELLED"
    order = etree.fromstring(papers[0].content).find("Message/OrderReport")
    assert order is not None
    assert order.findtext("BillingData/BuyerName")
    assert order.find("BillingData/Address") is None
    assert order.findtext("FulfillmentData/FulfillmentMethod") == "Ship"
    assert order.findtext("Item/ItemPrice/Component/Type") == "Principal"
    with pytest.raises(InvalidInput, match=f"Invalid Report Type {SHIP_IN_XML}"):
        market.report(SHIP_IN_XML)


def test_unpaid_orders_are_told_of_in_japan_alone(market: TestMarket) -> None:
    with TestMarket(marketplaces=[JAPAN]) as japan:
        japan.lists("MUG-BLUE")
        order_id = japan.buys(
            lines=(PurchaseLine(sku="MUG-BLUE", quantity=2),),
            address=OSAKA,
            paid=False,
            payment_method=PaymentMethod.CVS,
        )
        japan.buys(address=OSAKA)

        (row,) = japan.report("GET_FLAT_FILE_PENDING_ORDERS_DATA").rows
        converged = japan.report("GET_CONVERGED_FLAT_FILE_PENDING_ORDERS_DATA").rows

        assert converged == [row]
        assert list(row) == [
            "order-id",
            "order-item-id",
            "purchase-date",
            "sku",
            "product-name",
            "quantity-purchased",
            "payment-type",
        ]
        assert (row["order-id"], row["quantity-purchased"], row["payment-type"]) == (order_id, "2", "CVS")
        japan.seller.send(
            CreateReportSchedule(report_type="GET_PENDING_ORDERS_DATA", marketplace_ids=[JAPAN], period=Period.P1D)
        )
        japan.advance(minutes=1)
        (made,) = japan.seller.send(GetReports(report_types=["GET_PENDING_ORDERS_DATA"])).reports
        root = etree.fromstring(japan.report_of(made.report_id).content)
        assert [one.text for one in root.iter("AmazonOrderID")] == [order_id]
        assert root.findtext("Message/PendingOrderReport/Item/Quantity") == "2"

    with pytest.raises(InvalidInput, match="not made for marketplace ATVPDKIKX0DER; they are for those of JP"):
        market.report("GET_FLAT_FILE_PENDING_ORDERS_DATA")
    assert market.seller.send(GetReports(report_types=["GET_FLAT_FILE_PENDING_ORDERS_DATA"])).reports == []
