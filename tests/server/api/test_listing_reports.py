"""Reports on listings: what they are about, what they say, in which words and bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from shopkeeper import Shop, mug, offer

from sellingpartner.client.documents.known_rows import Listing
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.listings.commands import close_listing
from sellingpartner.market.listings.enforcing import suppress
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.reports.families.listings.listing_columns import local
from sellingpartner.testing import TestMarket

ALL, ACTIVE, INACTIVE = (
    "GET_MERCHANT_LISTINGS_ALL_DATA",
    "GET_MERCHANT_LISTINGS_DATA",
    "GET_MERCHANT_LISTINGS_INACTIVE_DATA",
)
OPEN, BACK = "GET_FLAT_FILE_OPEN_LISTINGS_DATA", "GET_MERCHANT_LISTINGS_DATA_BACK_COMPAT"
LITE, LITER = "GET_MERCHANT_LISTINGS_DATA_LITE", "GET_MERCHANT_LISTINGS_DATA_LITER"


@pytest.fixture
def shop(market: TestMarket) -> TestMarket:
    """A bowl that is sold out, one that Amazon has, a plate that is closed, and what every market begins with."""
    market.lists("BOWL", cents=500, stock=0, condition="Used", condition_subtype="Very Good")
    market.lists("BOWL-FBA", cents=1250, stock=3, fulfillment_channel=FulfillmentChannel.AFN)
    market.lists("PLATE", cents=900, stock=4)
    with market.market.write(market.seller_account.seller_id) as unit:
        close_listing(unit, "PLATE", market.marketplace_id)
    return market


@pytest.fixture
def abroad(request: pytest.FixtureRequest) -> Iterator[TestMarket]:
    """The market of a country, with one listing whose name holds what the country's charset cannot say."""
    made = TestMarket(marketplaces=[BY_COUNTRY[request.param].marketplace_id])
    with made.market.write(made.seller_account.seller_id) as unit:
        (asin,) = add_items(unit, [NewItem(product_type="MUG", title="Kubek żółty 20 ℃ grün", brand="Harbor")])
    made.lists("KUBEK", cents=1000, asin=asin)
    yield made
    made.close()


def skus(market: TestMarket, report_type: str) -> list[str]:
    rows = market.report(report_type).rows
    return [row.get("seller-sku") or row["sku"] for row in rows]


def test_each_report_is_about_its_listings(shop: TestMarket) -> None:
    others = ["FLEA-DROPS", "LAMP-OAK", "MUG-BLUE", "MUG-RED", "TEA/50 G&B 100%"]
    of_seller = [sku for sku in others if sku != "LAMP-OAK"]

    assert skus(shop, ALL) == ["BOWL", "BOWL-FBA", "FLEA-DROPS", "LAMP-OAK", "MUG-BLUE", "MUG-RED", "PLATE", others[-1]]
    assert skus(shop, ACTIVE) == skus(shop, BACK) == ["BOWL-FBA", *others]
    assert skus(shop, INACTIVE) == ["BOWL", "PLATE"]
    assert skus(shop, OPEN) == ["BOWL", "BOWL-FBA", *others]
    assert skus(shop, LITE) == skus(shop, LITER) == of_seller


def test_columns_are_those_that_amazon_lists(shop: TestMarket) -> None:
    columns = {
        report_type: shop.report(report_type).columns
        for report_type in (ALL, ACTIVE, INACTIVE, BACK, LITE, LITER, OPEN)
    }

    assert [len(columns[one]) for one in (ALL, ACTIVE, INACTIVE, BACK)] == [29, 28, 28, 27]
    assert columns[ALL][-3:] == ["fulfillment-channel", "merchant-shipping-group", "status"]
    assert columns[ACTIVE] == columns[ALL][:-1] == columns[INACTIVE]
    assert columns[BACK] == [name for name in columns[ACTIVE] if name != "fulfillment-channel"]
    assert columns[LITE] == ["seller-sku", "quantity", "price", "product-id"]
    assert columns[LITER] == ["seller-sku", "quantity"]
    assert columns[OPEN] == ["sku", "asin", "price", "quantity"]


def test_a_row_says_how_a_listing_stands(shop: TestMarket) -> None:
    rows = {row["seller-sku"]: row for row in shop.report(ALL).rows}
    bowl, amazons = rows["BOWL"], rows["BOWL-FBA"]

    assert (bowl["price"], bowl["quantity"], bowl["pending-quantity"]) == ("5", "0", "0")
    assert (bowl["item-condition"], bowl["fulfillment-channel"], bowl["status"]) == ("2", "DEFAULT", "Inactive")
    assert bowl["open-date"] == "2026-11-02 01:00:00 PST"
    assert (bowl["product-id-type"], bowl["product-id"]) == ("1", bowl["asin1"])
    assert bowl["listing-id"].startswith("1102")
    assert len(bowl["listing-id"]) == 11
    assert (amazons["price"], amazons["quantity"], amazons["pending-quantity"]) == ("12.5", "", "")
    assert (amazons["fulfillment-channel"], amazons["status"]) == ("AMAZON_NA", "Active")
    assert {row["sku"]: row["price"] for row in shop.report(OPEN).rows}["BOWL"] == "5.00"


def test_units_of_orders_that_are_not_paid_are_pending(market: TestMarket) -> None:
    market.buys("MUG-BLUE", 2, paid=False)
    market.buys("MUG-BLUE", 3)

    rows = {row["seller-sku"]: row for row in market.report(ALL).rows}

    assert (rows["MUG-BLUE"]["pending-quantity"], rows["MUG-BLUE"]["quantity"]) == ("2", "95")
    assert rows["MUG-RED"]["pending-quantity"] == "0"


def test_sellers_with_prices_for_businesses_are_told_them(market: TestMarket) -> None:
    plan = {"discount_type": "percent", "levels": [{"lower_bound": 5, "value": 10}]}
    trade = offer(6, audience="B2B", quantity_discount_plan=[{"schedule": [plan]}])
    Shop(market).listed("TRADE", mug(purchasable_offer=[*offer(7.5), *trade]))

    rows = {row["sku"]: row for row in market.report(OPEN).rows}
    columns = market.report(ACTIVE).columns

    assert (rows["TRADE"]["Business Price"], rows["TRADE"]["Quantity Price Type"]) == ("6.00", "fixed")
    assert (rows["TRADE"]["Quantity Lower Bound 1"], rows["TRADE"]["Quantity Price 1"]) == ("5", "5.40")
    assert rows["MUG-BLUE"]["Business Price"] == ""
    assert (len(columns), columns[27], columns[40:42]) == (
        47,
        "Business Price",
        ["Progressive Price Type", "Progressive Lower Bound 1"],
    )
    assert len(rows["TRADE"]) == 23


@pytest.mark.parametrize("abroad", ["DE", "GB", "PL", "JP", "MX"], indirect=True)
def test_each_part_of_the_world_has_its_charset(abroad: TestMarket) -> None:
    paper = abroad.report(ALL)

    title = next(line for line in paper.content.split(b"\r\n") if b"KUBEK" in line).split(b"\t")[0]
    told = {
        "Cp1252": "Kubek ?ó?ty 20 ? grün".encode("cp1252"),
        "Shift_JIS": "Kubek ???ty 20 ℃ gr?n".encode("cp932"),
        "UTF-8": "Kubek żółty 20 ℃ grün".encode(),
    }
    expected = {"A1AM78C64UM0Y8": "UTF-8", BY_COUNTRY["JP"].marketplace_id: "Shift_JIS"}
    assert paper.charset == expected.get(abroad.marketplace_id, "Cp1252")
    assert title == told[paper.charset]


@pytest.mark.parametrize("abroad", ["JP"], indirect=True)
def test_the_header_is_japanese_in_japan_unless_another_language_is_asked_for(abroad: TestMarket) -> None:
    (row,) = [one for one in abroad.report(ALL).rows if one["出品者SKU"] == "KUBEK"]
    abroad.advance(hours=2)
    english = abroad.report(ALL, options={"preferredReportDocumentLocale": "en_US"}).columns

    assert list(row) == [
        "商品名", "出品ID", "出品者SKU", "価格", "数量", "出品日", "商品IDタイプ", "コンディション説明",
        "コンディション", "国外へ配送可", "迅速な配送", "商品ID", "在庫数", "フルフィルメント・チャンネル",
        "merchant-shipping-group", "ステータス",
    ]  # fmt: skip
    assert (row["価格"], row["出品日"], row["ステータス"]) == ("1000", "2026/11/02 18:00:00 JST", "Active")
    assert len(english) == 29
    assert abroad.report(OPEN).columns == ["出品者SKU", "ASIN", "価格", "数量"]


def test_a_report_that_was_made_within_the_hour_is_given_again_in_whatever_language(shop: TestMarket) -> None:
    first = shop.report(ALL)
    shop.lists("LATER")

    again = shop.report(ALL, options={"preferredReportDocumentLocale": "de_DE"})
    shop.advance(hours=1)
    anew = shop.report(ALL, options={"preferredReportDocumentLocale": "de_DE"})

    assert again.report.report_document_id == first.report.report_document_id
    assert "LATER" in {row["Händler-SKU"] for row in anew.rows}


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_FR", "it_IT", "es_ES", "zh_CN", "tr_TR", "pl_PL", "ja_JP"])
def test_our_client_reads_every_language(shop: TestMarket, locale: str) -> None:
    with (
        shop.seller.client() as client,
        client.reports.download(
            ALL,
            report_options={"preferredReportDocumentLocale": locale},
            on_progress=lambda _: shop.advance(seconds=30),
        ) as document,
    ):
        rows = {row.seller_sku: row for row in document.rows(into=Listing)}

    bowl = rows["BOWL"]
    assert (bowl.item_name, bowl.price, bowl.quantity) == ("Harbor BOWL", Decimal(5), 0)
    assert (bowl.item_condition, bowl.product_id_type) == (2, 1)
    assert bowl.open_date == datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert (rows["BOWL-FBA"].quantity, rows["BOWL-FBA"].fulfillment_channel) == (None, "AMAZON_NA")


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("US", "2026-07-01 05:00:00 PDT"),
        ("CA", "2026-07-01 08:00:00 EDT"),
        ("GB", "01/07/2026 13:00:00 BST"),
        ("DE", "01/07/2026 14:00:00 CEST"),
        ("JP", "2026/07/01 21:00:00 JST"),
        ("BR", "01/07/2026 09:00:00 BRT"),
        ("AE", "01/07/2026 16:00:00 GST"),
    ],
)
def test_a_listing_opened_by_its_marketplaces_clock(country: str, said: str) -> None:
    assert local(datetime(2026, 7, 1, 12, tzinfo=UTC), BY_COUNTRY[country].marketplace_id) == said


def test_what_is_hidden_from_buyers_is_told_with_its_reason(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        suppress(unit, "MUG-RED", market.marketplace_id, "restricted_product")

    rows = market.report("GET_MERCHANTS_LISTINGS_FYP_REPORT").rows

    assert {row["SKU"] for row in rows} == {"MUG-RED"}
    assert (rows[0]["Status"], rows[0]["Condition"], rows[0]["Status Change Date"]) == (
        "Search Suppressed",
        "11",
        "Nov 02, 2026",
    )
    assert rows[0]["Issue Description"]


def test_what_is_wrong_with_listings_is_told_attribute_by_attribute(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        suppress(unit, "MUG-RED", market.marketplace_id, "restricted_product")
        suppress(unit, "MUG-BLUE", market.marketplace_id, "image_marked", value="a logo")

    rows = market.report("GET_MERCHANT_LISTINGS_DEFECT_DATA").rows

    assert {row["sku"] for row in rows} == {"MUG-BLUE", "MUG-RED"}
    image = next(row for row in rows if row["sku"] == "MUG-BLUE")
    assert (image["alert-type"], image["alert-name"], image["status"]) == (
        "Invalid",
        "Invalid image",
        "Search suppressed",
    )
    assert image["field-name"] == "main_product_image_locator"
    assert all(row["explanation"] and row["last-updated"] for row in rows)
