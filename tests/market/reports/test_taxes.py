"""Reports on taxes: each amount is one of the ledger's, in the columns of its country."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.reports_2021_06_30 import CreateReportSchedule, GetReports, Period
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.buyer import Address, Buyer, BuyerTax, TaxClassification
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.reports.queue import make_own
from sellingpartner.testing import TestMarket
from sellingpartner.testing.papers import Paper
from sellingpartner.testing.world import ADDRESS, START

SALES_TAX = "GET_FLAT_FILE_SALES_TAX_DATA"
CALCULATION = "SC_VAT_TAX_REPORT"
TRANSACTIONS = "GET_VAT_TRANSACTION_DATA"
INVOICES = "GET_FLAT_FILE_VAT_INVOICE_DATA_REPORT"
SEATTLE = structs.replace(ADDRESS, city="Seattle", state_or_region="WA", postal_code="98101")
COLOGNE = Address(name="Ute Vogel", line_1="Gasse 1", city="Köln", postal_code="50667", country_code="DE")
MUMBAI = Address(
    name="Asha Rao",
    line_1="1 Road",
    city="Mumbai",
    state_or_region="MAHARASHTRA",
    postal_code="400001",
    country_code="IN",
)


def sold(market: TestMarket, line: PurchaseLine, address: Address, **more: Any) -> str:  # noqa: ANN401 - fields of Purchase
    """An order of a lamp that Amazon has shipped."""
    market.lists("LAMP-OAK", fulfillment_channel=FulfillmentChannel.AFN)
    order_id = market.buys(lines=(line,), address=address, **more)
    market.advance(days=2)
    return order_id


def refunded(market: TestMarket, order_id: str) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        orders.refund(unit, order_id)


def of_sellers_console(market: TestMarket) -> Paper:
    """The report that no operation asks for."""
    with market.market.write(market.seller_account.seller_id) as unit:
        end = unit.now + timedelta(seconds=1)
        report_id = make_own(unit, SALES_TAX, (market.marketplace_id,), start=START, end=end).report_id
    return market.report_of(report_id)


@pytest.fixture
def germany() -> Iterator[TestMarket]:
    made = TestMarket(marketplaces=[BY_COUNTRY["DE"].marketplace_id])
    yield made
    made.close()


@pytest.fixture
def india() -> Iterator[TestMarket]:
    made = TestMarket(marketplaces=[BY_COUNTRY["IN"].marketplace_id])
    yield made
    made.close()


def test_sales_tax_is_told_part_by_part_and_given_back_with_a_refund(market: TestMarket) -> None:
    line = PurchaseLine(
        sku="LAMP-OAK",
        quantity=2,
        unit_price=1000,
        promotion_discount=500,
        promotion_ids=("SPRING",),
        shipping=400,
    )
    order_id = sold(market, line, SEATTLE)
    refunded(market, order_id)

    price, shipping, price_back, shipping_back = of_sellers_console(market).rows

    assert (price["Order_ID"], price["Financial_Component"], price["Transaction_Type"]) == (
        order_id,
        "OUR_PRICE",
        "Sales",
    )
    amounts = ("TaxExclusive_Selling_Price", "Display_Promo_Amount", "Taxable_Amount", "Tax_Amount", "promoAmountTax")
    assert [price[name] for name in amounts] == ["20.00", "-5.00", "15.00", "0.97", "-0.33"]
    assert price["Tax_Amount_Collected_By_Amazon"] == price["Total_Tax"] == "0.97"
    assert (price["Tax_Collection_Model"], price["Taxed_Jurisdiction_Tax_Rate"]) == (
        "MarketplaceFacilitator",
        "0.06500",
    )
    assert (price["Ship_From_State"], price["Ship_To_State"], price["Jurisdiction_Name"]) == ("AZ", "WA", "WA")
    assert (shipping["Financial_Component"], shipping["Tax_Amount"]) == ("SHIPPING", "0.26")
    assert (price_back["Transaction_Type"], price_back["Tax_Amount"], shipping_back["Tax_Amount"]) == (
        "Refund",
        "-0.97",
        "-0.26",
    )


def test_the_report_on_sales_tax_is_asked_for_by_no_operation(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match=f"Invalid Report Type {SALES_TAX}"):
        market.report(SALES_TAX, start=START)


def test_vat_is_told_with_it_and_without_it(germany: TestMarket) -> None:
    line = PurchaseLine(sku="LAMP-OAK", unit_price=11900, promotion_discount=1190, promotion_ids=("A",), shipping=595)
    order_id = sold(germany, line, COLOGNE)
    refunded(germany, order_id)

    paper = germany.report(CALCULATION, start=START)

    row, back = paper.rows
    assert paper.content_type == "text/csv; charset=UTF-8"
    assert len(row) == 73
    assert [
        row[f"OUR_PRICE Tax {name}"] for name in ("Inclusive Selling Price", "Amount", "Exclusive Selling Price")
    ] == [
        "119.00",
        "19.00",
        "100.00",
    ]
    assert row["OUR_PRICE Tax Inclusive Promo Amount"] == "-11.90"
    assert row["OUR_PRICE Tax Amount Promo"] == "-1.90"
    assert row["SHIPPING Tax Amount"] == "0.95"
    assert (row["Tax Rate"], row["Order Date"], row["Transaction Type"]) == ("0.1900", "02-Nov-2026 UTC", "SHIPMENT")
    assert (row["Ship From Country"], row["Ship To City"], row["Export Outside EU"]) == ("DE", "Köln", "false")
    assert (back["Transaction Type"], back["OUR_PRICE Tax Amount"], back["Return Fc Country"]) == (
        "REFUND",
        "-19.00",
        "DE",
    )
    assert row["Shipment ID"] == back["Shipment ID"]
    assert row["Transaction ID"] != back["Transaction ID"]


def test_a_field_of_csv_that_holds_a_comma_or_a_quotation_mark_is_quoted(germany: TestMarket) -> None:
    town = structs.replace(COLOGNE, city='Köln, "am Rhein"')
    sold(germany, PurchaseLine(sku="LAMP-OAK", unit_price=1190), town)

    paper = germany.report(CALCULATION, start=START)

    assert ',"Köln, ""am Rhein""",'.encode() in paper.content
    assert paper.rows[0]["Ship To City"] == 'Köln, "am Rhein"'
    assert paper.content.startswith(b"Marketplace ID,Merchant ID,Order Date,")


def test_vat_of_a_month_is_ready_on_the_third_of_the_next(germany: TestMarket) -> None:
    sold(germany, PurchaseLine(sku="LAMP-OAK", unit_price=11900, shipping=595), COLOGNE)

    too_early = germany.report(TRANSACTIONS, start=START)
    germany.advance(days=28)
    still_too_early = germany.report(TRANSACTIONS, start=START, end=START + timedelta(days=1))
    germany.advance(days=1)
    (row,) = germany.report(TRANSACTIONS, start=START + timedelta(days=20), end=START + timedelta(days=21)).rows

    assert (too_early.status, too_early.json) == (
        "FATAL",
        {"errorDetails": "The requested data is unavailable. Please try a different date range"},
    )
    assert still_too_early.status == "FATAL"
    assert (row["ACTIVITY_PERIOD"], row["TRANSACTION_TYPE"], row["MARKETPLACE"]) == ("2026-NOV", "SALE", "amazon.de")
    amounts = ("AMT_VAT_EXCL", "VAT_AMT", "AMT_VAT_INCL")
    assert [row[f"TOTAL_ACTIVITY_VALUE_{name}"] for name in amounts] == ["105.00", "19.95", "124.95"]
    assert row["PRICE_OF_ITEMS_VAT_RATE_PERCENT"] == "0.19"
    assert "DEPATURE_CITY" in row


def test_gst_goes_to_the_union_or_is_shared_with_the_state(india: TestMarket) -> None:
    with india.market.read(india.seller_account.seller_id) as unit:
        business = seller_of(unit, unit.seller_id).profile.business
    assert business is not None
    line = PurchaseLine(sku="LAMP-OAK", unit_price=11800, shipping=1180)
    far, near = MUMBAI, structs.replace(MUMBAI, state_or_region=business.address.state)
    abroad = structs.replace(far, state_or_region="DELHI" if business.address.state != "DELHI" else "GOA")
    one, other = sold(india, line, abroad), sold(india, line, near)

    rows = {row["Order Id"]: row for row in india.report("GET_GST_MTR_B2C_CUSTOM", start=START).rows}

    taxes = ("Igst Tax", "Cgst Tax", "Sgst Tax", "Total Tax Amount", "Invoice Amount", "Igst Rate", "Cgst Rate")
    assert [rows[one][name] for name in taxes] == ["18.00", "0.00", "0.00", "19.80", "129.80", "0.18", "0"]
    assert rows[one]["Shipping Igst Tax"] == "1.80"
    if business.address.state:
        assert [rows[other][name] for name in taxes] == ["0.00", "9.00", "9.00", "19.80", "129.80", "0", "0.09"]
    assert float(rows[one]["Tcs Igst Amount"]) > 0
    assert len(rows[one]) == 78


def test_businesses_with_a_number_stand_in_a_report_of_their_own(india: TestMarket) -> None:
    tax = BuyerTax(classifications=(TaxClassification(name="GST", value="27AAAAA0000A1Z5"),))
    buyer = Buyer(name="Asha Rao", company_name="Rao & Co", tax=tax)
    sold(india, PurchaseLine(sku="LAMP-OAK", unit_price=11800), MUMBAI, buyer=buyer, is_business=True)
    ids = [india.marketplace_id]
    for name in ("GST_MTR_B2B", "GST_MTR_B2C"):
        india.seller.send(CreateReportSchedule(report_type=name, marketplace_ids=ids, period=Period.P1D))
    india.advance(minutes=2)

    (row,) = india.report("GET_GST_MTR_B2B_CUSTOM", start=START).rows
    (made,) = india.seller.send(GetReports(report_types=["GST_MTR_B2B"])).reports
    (of_consumers,) = india.seller.send(GetReports(report_types=["GST_MTR_B2C"])).reports
    scheduled = india.report_of(made.report_id)

    assert (row["Customer Bill To Gstid"], row["Buyer Name"]) == ("27AAAAA0000A1Z5", "Asha Rao")
    assert scheduled.content_type == "text/csv; charset=UTF-8"
    assert scheduled.rows == [row | {"Buyer Name": ""}]
    assert of_consumers.processing_status == "CANCELLED"


@pytest.mark.parametrize("report_type", [CALCULATION, TRANSACTIONS, "GET_GST_MTR_B2C_CUSTOM"])
def test_a_report_on_another_continents_tax_is_refused(market: TestMarket, report_type: str) -> None:
    with pytest.raises(InvalidInput, match="not made for marketplace ATVPDKIKX0DER"):
        market.report(report_type, start=START)
    assert market.seller.send(GetReports(report_types=[report_type])).reports == []


def test_a_shipment_waits_for_its_invoice_until_one_was_handed_in(germany: TestMarket) -> None:
    line = PurchaseLine(sku="LAMP-OAK", unit_price=11900, shipping=595, promotion_discount=1190, promotion_ids=("A",))
    order_id = sold(germany, line, COLOGNE)
    refunded(germany, order_id)

    (row,) = germany.report(INVOICES).rows
    options = {"metadata:ShippingId": row["shipping-id"], "metadata:InvoiceNumber": "RE-1"}
    amounts = {"metadata:TotalAmount": "113.05", "metadata:TotalVATAmount": "18.05"}
    told = germany.feed("UPLOAD_VAT_INVOICE", b"%PDF-1.4\n...", options=options | amounts)
    nothing_left = germany.report(INVOICES).status
    shipment, refund = germany.report(INVOICES, options={"all": "true"}).rows

    assert told.counts == (1, 1, 0)
    assert (row["order-id"], row["invoice-status"], row["transaction-type"]) == (order_id, "Pending", "SHIPMENT")
    names = ("item-vat-incl-amount", "item-vat-amount", "item-vat-excl-amount", "item-promo-vat-amount")
    assert [row[name] for name in names] == ["119.00", "19.00", "100.00", "-1.90"]
    assert (row["shipping-vat-incl-amount"], row["item-vat-rate"], row["item-promotion-id"]) == ("5.95", "0.19", "A")
    assert (row["recipient-name"], row["ship-address-1"], row["ship-city"]) == ("", "", "Köln")
    assert nothing_left == "CANCELLED"
    assert (shipment["invoice-number"], shipment["invoice-status"]) == ("RE-1", "Accepted")
    assert (refund["transaction-type"], refund["invoice-status"], refund["item-vat-amount"]) == (
        "REFUND",
        "Pending",
        "-19.00",
    )


@pytest.mark.parametrize(
    ("options", "days", "said"),
    [
        ({"all": "true"}, 31, "more than 30 days apart"),
        ({"all": "yes"}, 1, "reportOptions.all is 'yes'"),
        ({"some": "true"}, 1, "knows all, pendingInvoices"),
    ],
)
def test_what_cannot_be_asked_about_invoices_is_refused(
    germany: TestMarket, options: dict[str, str], days: int, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        germany.report(INVOICES, start=germany.now - timedelta(days=days), options=options)
