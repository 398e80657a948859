"""Reports on what lies at Amazon: stock, its ledger, what was paid for it and what it costs to keep it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from stock_keeper import StockKeeper, unquoted

from sellingpartner.client.documents.known_rows import FbaStock
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.market_v1 import CreateRemoval, RemovalKind, TransferStock, WantedUnits
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.inventory.commands import receive, unship
from sellingpartner.market.inventory.incidents import damage, dispose, find, lose
from sellingpartner.market.inventory.model import Condition, Place
from sellingpartner.market.listings.enforcing import suppress
from sellingpartner.market.money.ledger.questions import EntryFilter, page_of_entries
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.stock.storage_fees import aged_surcharges
from sellingpartner.market.reports.kinds import Rows
from sellingpartner.testing import TestMarket

SUMMARY, DETAIL = "GET_LEDGER_SUMMARY_VIEW_DATA", "GET_LEDGER_DETAIL_VIEW_DATA"
MYI, UNSUPPRESSED = "GET_FBA_MYI_ALL_INVENTORY_DATA", "GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA"
STORAGE, AGED = "GET_FBA_STORAGE_FEE_CHARGES_DATA", "GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA"


@pytest.fixture
def keeper() -> Iterator[StockKeeper]:
    """A shop whose bowls lie at Amazon, after a day on which something happened to the small ones."""
    with TestMarket() as market:
        made = StockKeeper(market, 1)
        with market.market.write(made.seller_id) as unit:
            receive(unit, "BOWL-S", Place.FBA, 2, reference="FBA1", condition=Condition.FC_PROCESSING)
            receive(unit, "BOWL-S", Place.FBA, 3, reference="FBA1", condition=Condition.TRANSSHIPMENT)
            receive(unit, "BOWL-S", Place.FBA, 4, reference="FBA2", condition=Condition.INBOUND_SHIPPED)
            receive(unit, "BOWL-S", Place.FBA, 5, reference="FBA1", condition=Condition.RESEARCHING_MID)
        market.advance(days=1)
        with market.market.write(made.seller_id) as unit:
            lose(unit, "BOWL-S", 3)
            damage(unit, "BOWL-S", 2)
        with market.market.write(made.seller_id) as unit:
            find(unit, "BOWL-S", 1)
            dispose(unit, "BOWL-S", 1, Condition.WAREHOUSE_DAMAGED)
        market.buys("BOWL-S", 4)
        yield made


def of(rows: list[dict[str, str]], **wanted: str) -> list[dict[str, str]]:
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def test_what_is_there_is_told_by_what_can_be_done_with_it(keeper: StockKeeper) -> None:
    market = keeper.market
    (small,) = of(market.report(MYI).rows, sku="BOWL-S")
    sellable, unsellable = of(market.report("GET_AFN_INVENTORY_DATA").rows, **{"seller-sku": "BOWL-S"})
    (here,) = of(market.report("GET_AFN_INVENTORY_DATA_BY_COUNTRY").rows, **{"seller-sku": "BOWL-S"})
    reserved = market.report("GET_RESERVED_INVENTORY_DATA").rows

    # 40 - 3 lost + 1 found - 2 broken = 36, of which 4 are promised; what is not found is looked for
    assert [small[f"afn-{name}-quantity"] for name in ("fulfillable", "unsellable", "reserved", "warehouse")] == [
        "32",
        "1",
        "9",
        "42",
    ]
    assert [small[f"afn-inbound-{name}-quantity"] for name in ("working", "shipped", "receiving")] == ["0", "4", "0"]
    assert (small["afn-researching-quantity"], small["afn-total-quantity"]) == ("7", "53")
    assert (small["condition"], small["your-price"], small["per-unit-volume"]) == ("New", "25.00", "0.08")
    assert (small["mfn-listing-exists"], small["afn-listing-exists"]) == ("No", "Yes")
    assert (sellable["Warehouse-Condition-code"], sellable["Quantity Available"]) == ("SELLABLE", "32")
    assert (unsellable["Warehouse-Condition-code"], unsellable["Quantity Available"]) == ("UNSELLABLE", "1")
    assert (here["country"], here["quantity-for-local-fulfillment"], here["condition-type"]) == ("US", "32", "NewItem")
    assert [row["sku"] for row in reserved] == ["BOWL-S"]
    assert [reserved[0][f"reserved_{name}"] for name in ("qty", "customerorders", "fc-transfers", "fc-processing")] == [
        "9",
        "4",
        "3",
        "2",
    ]


def test_what_is_hidden_from_buyers_is_left_out_of_the_unsuppressed(keeper: StockKeeper) -> None:
    with keeper.market.market.write(keeper.seller_id) as unit:
        suppress(unit, "BOWL-M", keeper.market.marketplace_id, "restricted_product")

    left_out = {row["sku"] for row in keeper.report(MYI).rows} - {
        row["sku"] for row in keeper.report(UNSUPPRESSED).rows
    }

    assert left_out == {"BOWL-M"}


def test_our_client_reads_stock_with_its_types(keeper: StockKeeper) -> None:
    market = keeper.market
    with (
        market.seller.client() as client,
        client.reports.download(MYI, on_progress=lambda _: market.advance(seconds=30)) as document,
    ):
        (small,) = [row for row in document.rows(into=FbaStock) if row.sku == "BOWL-S"]

    assert (small.afn_fulfillable_quantity, small.your_price) == (32, Decimal(25))
    assert (small.mfn_listing_exists, small.per_unit_volume) == (False, Decimal("0.08"))


def test_the_ledger_sums_a_day_by_why_units_moved(keeper: StockKeeper) -> None:
    market = keeper.market
    market.advance(days=1, hours=2)  # the order has left
    rows = unquoted(keeper.report(SUMMARY, aggregatedByTimePeriod="DAILY", MSKU="BOWL-S"))

    first, second, broken, *_ = rows
    assert (first["Date"], first["Receipts"], first["In Transit Between Warehouses"]) == ("11/02/2026", "42", "3")
    assert (second["Date"], second["Starting Warehouse Balance"], second["Lost"]) == ("11/03/2026", "42", "-3")
    assert (second["Found"], second["Damaged"], second["Location"]) == ("1", "-2", "US")
    assert (broken["Disposition"], broken["Damaged"], broken["Disposed"]) == ("WAREHOUSE_DAMAGED", "2", "-1")
    assert broken["Ending Warehouse Balance"] == "1"
    sellable = of(rows, Disposition="SELLABLE")
    assert sum(int(row["Customer Shipments"]) for row in sellable) == -4
    assert sellable[-1]["Ending Warehouse Balance"] == "34"
    assert {row["MSKU"] for row in rows} == {"BOWL-S"}


def test_the_ledger_is_summed_by_what_is_asked_for(keeper: StockKeeper) -> None:
    keeper.market.advance(days=30)

    monthly = unquoted(keeper.report(SUMMARY))
    weekly = unquoted(keeper.report(SUMMARY, aggregatedByTimePeriod="WEEKLY", aggregateByLocation="FC"))
    one = unquoted(keeper.report(SUMMARY, FNSKU=monthly[0]["FNSKU"]))

    assert {row["Date"] for row in monthly} == {"11/2026", "12/2026"}
    assert [row["Date"] for row in weekly if row["MSKU"] == "BOWL-L"] == [
        "11/02/2026",
        "11/09/2026",
        "11/16/2026",
        "11/23/2026",
        "11/30/2026",
    ]
    assert {row["Location"] for row in weekly} == {"PHX6"}
    assert {row["MSKU"] for row in one} == {monthly[0]["MSKU"]}


def test_the_ledger_tells_each_movement_with_its_code(keeper: StockKeeper) -> None:
    rows = of(unquoted(keeper.report(DETAIL)), MSKU="BOWL-S")
    only = unquoted(keeper.report(DETAIL, eventType="Receipts"))

    told = [(row["Event Type"], row["Quantity"], row["Disposition"], row["Reason"]) for row in rows]
    assert (
        told[-9:]
        == [
            ("Adjustments", "-1", "WAREHOUSE_DAMAGED", "D"),
            ("Adjustments", "1", "SELLABLE", "F"),
            ("Adjustments", "2", "WAREHOUSE_DAMAGED", "P"),
            ("Adjustments", "-2", "SELLABLE", "E"),
            ("Adjustments", "-3", "SELLABLE", "M"),
            ("Receipts", "2", "SELLABLE", ""),
            ("Receipts", "40", "SELLABLE", ""),
        ][-9:]
    )
    assert (rows[0]["Fulfillment Center"], rows[0]["Country"]) == ("PHX6", "US")
    assert rows[-1]["Date and Time"] == "2026-11-02T09:00:00+0000"
    assert {row["Event Type"] for row in only} == {"Receipts"}


def test_a_shipment_that_was_corrected_is_not_a_receipt(keeper: StockKeeper) -> None:
    keeper.market.advance(days=2)
    with keeper.market.market.write(keeper.seller_id) as unit:
        unship(unit, "BOWL-S", Place.FBA, 1, reference="order")

    (row,) = of(unquoted(keeper.report(SUMMARY)), MSKU="BOWL-S", Disposition="SELLABLE")

    assert (row["Receipts"], row["Customer Shipments"], row["Ending Warehouse Balance"]) == ("42", "-3", "35")


def test_what_moves_nowhere_leaves_no_detail_and_a_summary_of_what_there_is(keeper: StockKeeper) -> None:
    keeper.market.advance(days=60)
    quiet = keeper.market.now - timedelta(hours=12)

    assert keeper.report(DETAIL, start=quiet).status == "CANCELLED"
    assert len(keeper.report(SUMMARY, start=quiet).rows) == 5


@pytest.mark.parametrize(
    ("report_type", "options", "said"),
    [
        (SUMMARY, {"aggregatedByTimePeriod": "YEARLY"}, "it must be one of DAILY, WEEKLY, MONTHLY"),
        (SUMMARY, {"aggregateByLocation": "STATE"}, "it must be one of COUNTRY, FC"),
        (DETAIL, {"eventType": "Lost"}, "it must be one of Adjustments, CustomerReturns"),
        (DETAIL, {"aggregateByLocation": "FC"}, "knows ASIN, FNSKU, MSKU, eventType"),
        (MYI, {"MSKU": "BOWL-S"}, "knows none"),
    ],
)
def test_an_option_that_a_type_does_not_know_is_refused(
    market: TestMarket, report_type: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        market.report(report_type, options=options)


def test_a_ledger_goes_no_further_back_than_eighteen_months(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="more than 548 days ago"):
        market.report(SUMMARY, start=market.now - timedelta(days=549))


@pytest.mark.parametrize(("report_type", "minutes"), [(MYI, 30), (SUMMARY, 240)])
def test_a_report_of_fba_is_made_no_more_often_than_its_kind(
    market: TestMarket, report_type: str, minutes: int
) -> None:
    assert market.report(report_type, start=market.now - timedelta(days=1)).status == "DONE"
    market.advance(minutes=minutes - 3)
    assert market.report(report_type, start=market.now - timedelta(days=1)).status == "CANCELLED"
    market.advance(minutes=5)
    assert market.report(report_type, start=market.now - timedelta(days=1)).status == "DONE"


def test_what_was_paid_for_units_is_told_with_what_was_taken_back(keeper: StockKeeper) -> None:
    keeper.market.advance(days=30)
    with keeper.market.market.write(keeper.seller_id) as unit:
        find(unit, "BOWL-S", 1)

    rows = keeper.report("GET_FBA_REIMBURSEMENTS_DATA").rows

    assert [(row["reason"], row["quantity-reimbursed-total"]) for row in rows] == [
        ("Damaged_Warehouse", "2"),
        ("Lost_Warehouse", "2"),
        ("Reimbursement_Reversal", "-1"),
    ]
    each = Decimal(rows[0]["amount-per-unit"])
    assert [Decimal(row["amount-total"]) for row in rows] == [2 * each, 2 * each, -each]
    assert 0 < each < 25
    assert (rows[0]["sku"], rows[0]["currency-unit"], rows[0]["product-name"]) == ("BOWL-S", "USD", "Bowl BOWL-S")
    assert [row["approval-date"][:10] for row in rows] == ["2026-11-08", "2026-12-03", "2026-12-03"]
    assert len({row["reimbursement-id"] for row in rows}) == 3


def test_storage_is_told_once_it_is_charged_and_does_not_change_afterwards(keeper: StockKeeper) -> None:
    market = keeper.market
    assert keeper.report(STORAGE).status == "CANCELLED"
    market.advance(days=44)
    told = keeper.report(STORAGE).rows
    with market.market.write(keeper.seller_id) as unit:
        lose(unit, "BOWL-L", 40)

    again = keeper.report(STORAGE).rows

    assert again == told
    (large,) = of(told, month_of_charge="2026-11", product_name="Bowl BOWL-L")
    assert (large["average_quantity_on_hand"], large["storage_rate"], large["currency"]) == ("38.17", "1.4", "USD")
    assert (large["longest_side"], large["shortest_side"], large["measurement_units"]) == ("15.75", "2.36", "inches")
    assert (large["weight"], large["weight_units"], large["volume_units"]) == ("2.65", "pounds", "cubic feet")
    volume = Decimal(400 * 400 * 60) / Decimal("304.8") ** 3
    fee = volume * Decimal("1.4") * 40 * (Decimal(30) - 1 - Decimal(9) / 24) / 30
    assert large["estimated_monthly_storage_fee"] == f"{fee:.2f}"


def test_storage_is_charged_where_units_lay_and_not_for_what_waits_to_leave(keeper: StockKeeper) -> None:
    market = keeper.market
    market.anybody().send(TransferStock(sku="BOWL-L", quantity=10, center="ABE8"))
    wanted = WantedUnits(sku="BOWL-M", sellable=8)
    market.anybody().send(CreateRemoval(items=[wanted], kind=RemovalKind.RETURN))
    market.advance(days=44)

    rows = of(keeper.report(STORAGE).rows, month_of_charge="2026-11")

    large = {row["fulfillment_center"]: row for row in of(rows, product_name="Bowl BOWL-L")}
    assert {center: row["country_code"] for center, row in large.items()} == {"PHX6": "US", "ABE8": "US"}
    there = {center: Decimal(row["average_quantity_on_hand"]) for center, row in large.items()}
    assert sum(there.values()) == Decimal("38.17")
    assert there["ABE8"] * 3 < there["PHX6"] < there["ABE8"] * 4
    (medium,) = of(rows, product_name="Bowl BOWL-M")
    on_hand, pending = (Decimal(medium[f"average_quantity_{name}"]) for name in ("on_hand", "pending_removal"))
    assert 0 < pending < 8
    volume = Decimal(medium["estimated_total_item_volume"]) / Decimal(medium["item_volume"])
    assert float(volume) == pytest.approx(float(on_hand - pending), abs=0.1)
    charged = sum(Decimal(row["estimated_monthly_storage_fee"]) for row in rows)
    with market.market.read(keeper.seller_id) as unit:
        entries = page_of_entries(unit, EntryFilter(kinds=("SERVICE_FEE",))).entries
    assert charged * -100 == sum(one.total_minor for one in entries if one.source == "FBAStorageFee:2026-11")


def test_what_has_lain_there_for_long_is_charged_on_top_by_its_age(keeper: StockKeeper) -> None:
    market = keeper.market
    with pytest.raises(InvalidInput, match="more than 31 days apart"):
        market.report(AGED, start=market.now - timedelta(days=60))
    market.advance(days=258)  # by then the application's secret has expired

    asked = Asked(
        report_id="1",
        report_type=AGED,
        marketplace_ids=(market.marketplace_id,),
        start=market.now - timedelta(days=31),
        end=market.now,
        at=market.now,
    )
    with market.market.read(keeper.seller_id) as unit:
        table = aged_surcharges(unit, asked)
        assert isinstance(table, Rows)
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    (large,) = of(rows, sku="BOWL-L")
    assert (large["qty-charged"], large["surcharge-age-tier"], large["rate-surcharge"]) == ("40", "211-240 days", "1.0")
    each = round(Decimal(400 * 400 * 60) / Decimal("304.8") ** 3, 2)
    assert Decimal(large["amount-charged"]) == 40 * each
    assert large["snapshot-date"].startswith("2027-07")


@pytest.mark.parametrize(
    ("country", "last"),
    [
        ("US", "expected-fulfillment-fee-per-unit"),
        ("CA", "estimated-weight-handling-fee-per-unit"),
        ("DE", "expected-efn-fulfilment-fee-per-unit-se"),
        ("GB", "expected-efn-fulfilment-fee-per-unit-se"),
        ("JP", "estimated-weight-handling-fee-per-unit"),
    ],
)
def test_fees_of_fulfillment_have_the_columns_of_their_marketplace(country: str, last: str) -> None:
    with TestMarket(marketplaces=[BY_COUNTRY[country].marketplace_id]) as market:
        keeper = StockKeeper(market, 1)
        paper = keeper.report("GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA")

        (small,) = of(paper.rows, sku="BOWL-S")
        assert paper.columns[-1] == last
        assert ("has-local-inventory" in paper.columns) == (country in {"DE", "GB"})
        assert ("estimated-order-handling-fee-per-order" in paper.columns) == (country in {"US", "GB"})
        fulfilled = small.get("expected-domestic-fulfilment-fee-per-unit") or small["estimated-pick-pack-fee-per-unit"]
        parts = [small["estimated-referral-fee-per-unit"], small["estimated-variable-closing-fee"], fulfilled]
        assert Decimal(small["estimated-fee-total"]) >= sum(map(Decimal, parts)) > 0


def test_the_referral_fee_of_what_is_listed_is_told_once_a_day(market: TestMarket) -> None:
    market.lists("BOWL", cents=2000)
    first = market.report("GET_REFERRAL_FEE_PREVIEW_REPORT")
    market.lists("LATER")

    (bowl,) = of(first.rows, **{"seller-sku": "BOWL"})

    assert (bowl["price"], bowl["estimated-referral-fee-per-item"]) == ("20.00", "3.00")
    again = market.report("GET_REFERRAL_FEE_PREVIEW_REPORT")
    assert again.report.report_document_id == first.report.report_document_id
