"""The files of all orders: their columns and cells, byte by byte where a marketplace has its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from lxml import etree
from msgspec import structs

from sellingpartner.client.documents.known_rows import OrderLine
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.buyer import Address, Buyer, BuyerTax, TaxClassification
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import ADDRESS, START

BY_DATE = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
BY_UPDATE = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL"
ARCHIVED = "GET_FLAT_FILE_ARCHIVED_ORDERS_DATA_BY_ORDER_DATE"
IN_XML = "GET_XML_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
WASHINGTON = structs.replace(ADDRESS, city="Seattle", state_or_region="WA", postal_code="98101")


def rows_of(market: TestMarket) -> list[dict[str, str]]:
    return market.report(BY_DATE, start=START - timedelta(days=1)).rows


@pytest.fixture
def market_in() -> Callable[..., TestMarket]:
    def opened(country: str) -> TestMarket:
        return TestMarket(marketplaces=[BY_COUNTRY[country].marketplace_id])

    return opened


def test_an_order_is_a_row_with_every_column(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    line = PurchaseLine(
        sku="MUG-BLUE",
        quantity=2,
        unit_price=1000,
        shipping=499,
        shipping_discount=200,
        promotion_discount=300,
        promotion_ids=("SPRING", "FREE-SHIP"),
        gift_wrap=350,
        gift_wrap_level="Classic",
        has_business_price=True,
    )
    buyer = Buyer(name="Ada Finch", purchase_order_number="PO-7", company_name="Finch & Co")
    order_id = market.buys(lines=(line,), address=WASHINGTON, is_business=True, buyer=buyer)

    (row,) = rows_of(market)

    assert list(row.items())[:12] == [
        ("amazon-order-id", order_id),
        ("merchant-order-id", order_id),
        ("purchase-date", "2026-11-02T09:00:00+00:00"),
        ("last-updated-date", "2026-11-02T09:00:00+00:00"),
        ("order-status", "Unshipped"),
        ("fulfillment-channel", "Merchant"),
        ("sales-channel", "Amazon.com"),
        ("order-channel", "WebsiteOrderChannel"),
        ("ship-service-level", "Standard"),
        ("product-name", "Harbor MUG-BLUE"),
        ("sku", "MUG-BLUE"),
        ("asin", row["asin"]),
    ]
    assert list(row.items())[12:] == [
        ("item-status", "Unshipped"),
        ("quantity", "2"),
        ("currency", "USD"),
        ("item-price", "20.0"),
        ("item-tax", "1.3"),
        ("shipping-price", "4.99"),
        ("shipping-tax", "0.32"),
        ("gift-wrap-price", "3.5"),
        ("gift-wrap-tax", "0.23"),
        ("item-promotion-discount", "3.0"),
        ("ship-promotion-discount", "2.0"),
        ("ship-city", "Seattle"),
        ("ship-state", "WA"),
        ("ship-postal-code", "98101"),
        ("ship-country", "US"),
        ("promotion-ids", "SPRING,FREE-SHIP"),
        ("cpf", ""),
        ("is-business-order", "true"),
        ("purchase-order-number", "PO-7"),
        ("price-designation", "BusinessPrice"),
        ("signature-confirmation-recommended", "false"),
    ]


def test_what_is_zero_is_blank_but_the_price(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    market.buys(lines=(PurchaseLine(sku="MUG-BLUE", unit_price=1999, promotion_discount=1999),))

    (row,) = rows_of(market)

    assert (row["item-price"], row["item-promotion-discount"]) == ("19.99", "19.99")
    blank = {"item-tax", "shipping-price", "shipping-tax", "gift-wrap-price", "ship-promotion-discount"}
    assert {row[name] for name in blank} == {""}


def test_an_unpaid_order_tells_neither_prices_nor_where_it_goes(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    market.buys(paid=False)

    (row,) = rows_of(market)

    assert (row["order-status"], row["item-status"], row["quantity"]) == ("Pending", "", "1")
    assert {row[name] for name in ("currency", "item-price", "ship-city", "ship-country", "promotion-ids")} == {""}


def test_what_was_canceled_counts_nothing(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    market.lists("MUG-RED")
    whole = market.buys("MUG-BLUE")
    part = market.buys(lines=(PurchaseLine(sku="MUG-BLUE", quantity=3, unit_price=1000), PurchaseLine(sku="MUG-RED")))
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.cancel(unit, whole, by=Canceler.SELLER, reason="NoInventory")
        blue, red = orders.load_order(unit, part).items
        orders.cancel(
            unit,
            part,
            by=Canceler.BUYER,
            reason="x",
            quantities={blue.order_item_id: 1, red.order_item_id: 1},
        )

    told = {(row["amazon-order-id"], row["sku"]): row for row in rows_of(market)}

    names = ("order-status", "item-status", "quantity", "item-price", "currency")
    assert [told[whole, "MUG-BLUE"][name] for name in names] == ["Cancelled", "Cancelled", "0", "", ""]
    assert [told[part, "MUG-BLUE"][name] for name in names] == ["Unshipped", "Unshipped", "2", "20.0", "USD"]
    assert [told[part, "MUG-RED"][name] for name in names] == ["Unshipped", "Cancelled", "0", "", ""]


def test_what_amazon_ships_is_amazons_and_what_has_partly_left_is_shipping(market: TestMarket) -> None:
    market.lists("LAMP-OAK", fulfillment_channel=FulfillmentChannel.AFN)
    market.lists("MUG-BLUE")
    by_amazon, by_seller = market.buys("LAMP-OAK"), market.buys("MUG-BLUE", quantity=2)
    market.advance(days=2)
    with market.market.write(market.seller_account.seller_id) as unit:
        (item,) = orders.load_order(unit, by_seller).items
        quantities = {item.order_item_id: 1}
        orders.ship(
            unit, by_seller, Parcel(reference="1", shipped_at=unit.now, quantities=quantities, carrier_code="X")
        )

    told = {row["amazon-order-id"]: row for row in rows_of(market)}

    names = ("fulfillment-channel", "order-status", "item-status")
    assert [told[by_amazon][name] for name in names] == ["Amazon", "Shipped", "Shipped"]
    assert [told[by_seller][name] for name in names] == ["Merchant", "Shipping", "Unshipped"]


def test_orders_stand_in_the_file_of_the_time_in_which_they_changed(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    first, second = market.buys(), market.buys()
    market.advance(days=3)
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.set_seller_order_id(unit, first, "MINE-1")
    market.advance(minutes=1)
    since = START + timedelta(days=1)

    placed = market.report(BY_DATE, start=since)
    changed = market.report(BY_UPDATE, start=since).rows

    assert placed.status == "CANCELLED"
    assert [(row["amazon-order-id"], row["merchant-order-id"]) for row in changed] == [(first, "MINE-1")]
    before = market.report(BY_UPDATE, start=START, end=since).rows
    assert [row["amazon-order-id"] for row in before] == [second]


def test_an_order_is_archived_when_nothing_has_changed_for_long(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    order_id = market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.cancel(unit, order_id, by=Canceler.SELLER, reason="NoInventory")
    market.advance(days=59)
    start, end = START - timedelta(days=1), START + timedelta(days=1)

    assert market.report(ARCHIVED, start=start, end=end).status == "CANCELLED"
    market.advance(days=1)

    told = market.report(ARCHIVED, start=start, end=end).rows
    assert [row["amazon-order-id"] for row in told] == [order_id]


@pytest.mark.parametrize("report_type", [BY_DATE, BY_UPDATE, ARCHIVED, IN_XML])
def test_a_period_must_be_said_and_is_no_longer_than_thirty_days(market: TestMarket, report_type: str) -> None:
    with pytest.raises(InvalidInput, match="dataStartTime is missing"):
        market.report(report_type)
    with pytest.raises(InvalidInput, match="more than 30 days apart"):
        market.report(report_type, start=START - timedelta(days=31))


def test_elsewhere_the_file_has_more_columns_and_says_who_collects_the_tax(
    market_in: Callable[..., TestMarket],
) -> None:
    market = market_in("DE")
    market.lists("MUG-BLUE")
    berlin = Address(name="Ute Vogel", line_1="Gasse 1", city="Köln", postal_code="50667", country_code="DE")
    market.buys(lines=(PurchaseLine(sku="MUG-BLUE", unit_price=1190),), address=berlin)

    (row,) = rows_of(market)

    names = list(row)
    assert names[names.index("asin") + 1] == "number-of-items"
    assert names[names.index("item-status") + 1 :][:2] == ["tax-collection-model", "tax-collection-responsible-party"]
    assert names[names.index("ship-city") - 1] == "address-type"
    assert (row["item-price"], row["item-tax"], row["currency"], row["address-type"]) == (
        "11.9",
        "1.9",
        "EUR",
        "Residential",
    )
    assert "signature-confirmation-recommended" not in row


def test_the_file_of_japan_is_shift_jis_with_yen_that_have_no_cents(market_in: Callable[..., TestMarket]) -> None:
    market = market_in("JP")
    market.lists("MUG-BLUE")
    osaka = Address(
        name="森 葵", line_1="1-1", city="大阪市", state_or_region="大阪府", postal_code="530-0001", country_code="JP"
    )
    market.buys(lines=(PurchaseLine(sku="MUG-BLUE", unit_price=1980),), address=osaka)

    paper = market.report(BY_DATE, start=START - timedelta(days=1))

    assert paper.content_type == "text/plain; charset=Shift_JIS"
    assert "大阪市\t大阪府".encode("cp932") in paper.content
    assert paper.content.endswith(b"\r\n")
    assert (paper.rows[0]["item-price"], paper.rows[0]["currency"]) == ("1980.0", "JPY")


def test_a_name_in_europe_stays_as_it_is_in_utf_8(market_in: Callable[..., TestMarket]) -> None:
    market = market_in("PL")
    market.lists("MUG-BLUE")
    lodz = Address(name="Zoë", line_1="Ul. 1", city="Łódź", postal_code="90-001", country_code="PL")
    market.buys(address=lodz)

    paper = market.report(BY_DATE, start=START - timedelta(days=1))

    assert paper.charset == "UTF-8"
    assert "Łódź".encode() in paper.content


def test_a_brazilian_buyers_number_has_its_column_and_is_not_told(market_in: Callable[..., TestMarket]) -> None:
    market = market_in("BR")
    market.lists("MUG-BLUE")
    tax = BuyerTax(classifications=(TaxClassification(name="CPF", value="123.456.789-09"),))
    market.buys(buyer=Buyer(name="Ana Lima", tax=tax))

    paper = market.report(BY_DATE, start=START - timedelta(days=1))

    assert paper.rows[0]["cpf"] == ""
    assert b"123.456" not in paper.content


def test_the_same_orders_are_elements_of_xml(market: TestMarket) -> None:
    market.lists("MUG-BLUE")
    line = PurchaseLine(
        sku="MUG-BLUE", unit_price=1000, shipping=499, shipping_discount=200, promotion_ids=("SHIP & SAVE",)
    )
    first, unpaid = market.buys(lines=(line,), address=WASHINGTON), market.buys(paid=False)

    paper = market.report(IN_XML, start=START - timedelta(days=1))
    root = etree.fromstring(paper.content)

    assert (paper.content_type, root.tag) == ("text/xml; charset=UTF-8", "AmazonEnvelope")
    assert [child.tag for child in root] == ["Header", "MessageType", "Message", "Message"]
    assert root.findtext("MessageType") == "AllOrdersReport"
    found = {order.findtext("AmazonOrderID"): order for order in root.iter("Order")}
    order = found[first]
    assert [child.tag for child in order] == [
        "AmazonOrderID",
        "MerchantOrderID",
        "PurchaseDate",
        "LastUpdatedDate",
        "OrderStatus",
        "SalesChannel",
        "FulfillmentData",
        "IsBusinessOrder",
        "OrderItem",
    ]
    prices = [(one.findtext("Type"), one.findtext("Amount")) for one in order.iter("Component")]
    assert prices == [("Principal", "10.0"), ("Tax", "0.65"), ("Shipping", "4.99"), ("ShippingTax", "0.32")]
    assert {one.get("currency") for one in order.iter("Amount")} == {"USD"}
    assert order.findtext("OrderItem/Promotion/PromotionIDs") == "SHIP & SAVE"
    assert order.findtext("OrderItem/Promotion/ShipPromotionDiscount") == "2.0"
    assert order.findtext("FulfillmentData/Address/City") == "Seattle"
    assert found[unpaid].find("OrderItem/ItemPrice") is None
    assert found[unpaid].find("FulfillmentData/Address") is None
    assert paper.report.report_document_id is not None


@pytest.mark.parametrize("country", ["US", "DE", "JP"])
def test_the_client_finds_every_column_that_it_knows_and_what_it_holds(
    market_in: Callable[..., TestMarket], country: str
) -> None:
    market = market_in(country)
    market.lists("MUG-BLUE")
    order_id = market.buys(lines=(PurchaseLine(sku="MUG-BLUE", quantity=2, unit_price=1250),))

    with (
        market.seller.client() as client,
        client.reports.download(
            BY_DATE, since=START - timedelta(days=1), on_progress=lambda _: market.advance(seconds=30)
        ) as document,
    ):
        (row,) = document.rows()
        assert isinstance(row, OrderLine)
        missing = [one.field for one in client.drift if one.what == "missing column"]

    assert missing == []
    assert (row.amazon_order_id, row.quantity, row.purchase_date, row.is_business_order) == (order_id, 2, START, False)
    assert row.item_price == (2500 if country == "JP" else 25)
