"""Units are removed: put aside, picked, sent or destroyed, charged for, and told of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from stock_keeper import StockKeeper, unquoted
from stock_taker import faults_of_stock

from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound
from sellingpartner.market.events.removals import RemovalCompleted, RemovalUnitsLeft
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.errors import OutOfStock
from sellingpartner.market.inventory.incidents import dispose
from sellingpartner.market.inventory.model import Condition, Place, Stock
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.money.ledger.questions import EntryFilter, page_of_entries
from sellingpartner.market.removals.commands import cancel_removal, request_removal
from sellingpartner.market.removals.lifecycle import RemovalStatus
from sellingpartner.market.removals.model import NewRemoval, RemovalKind, RemovalOrder, Wanted
from sellingpartner.market.removals.questions import pending_removals, removal_of
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.stock.removals import recommended
from sellingpartner.market.reports.kinds import Rows
from sellingpartner.market.time.lifecycle import IllegalTransition
from sellingpartner.testing import TestMarket

BOWL = "BOWL-S"
DEFECTIVE, ASIDE = Condition.DEFECTIVE, Condition.FC_PROCESSING
ORDERS, PARCELS = "GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA", "GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA"
FEED = "POST_FLAT_FILE_FBA_CREATE_REMOVAL"


@pytest.fixture
def market() -> Iterator[TestMarket]:
    """A shop that has 40 bowls at Amazon, which were measured."""
    with TestMarket() as made:
        StockKeeper(made, 1)
        yield made


def wants(
    market: TestMarket,
    sellable: int = 0,
    unsellable: int = 0,
    *,
    kind: RemovalKind = RemovalKind.RETURN,
    number: str | None = None,
    sku: str = BOWL,
) -> RemovalOrder:
    item = Wanted(sku=sku, sellable=sellable, unsellable=unsellable)
    with market.market.write(market.seller_account.seller_id) as unit:
        return request_removal(unit, NewRemoval(kind=kind, items=(item,), removal_id=number))


def now(market: TestMarket, order: RemovalOrder) -> RemovalOrder:
    with market.market.read(market.seller_account.seller_id) as unit:
        assert faults_of_stock(unit) == []
        return removal_of(unit, order.removal_id)


def held(market: TestMarket, condition: Condition = Condition.SELLABLE) -> Stock:
    with market.market.read(market.seller_account.seller_id) as unit:
        return stock_of(unit, BOWL, Place.FBA, condition=condition)


def broken(market: TestMarket, units: int) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        receive(unit, BOWL, Place.FBA, units, reference="delivery", condition=DEFECTIVE)


def fees(market: TestMarket) -> list[tuple[str, int]]:
    with market.market.read(market.seller_account.seller_id) as unit:
        entries = page_of_entries(unit, EntryFilter(kinds=("SERVICE_FEE",))).entries
    return [(one.detail.description, one.total_minor) for one in entries if one.source.startswith("removal:")]


def test_what_is_to_be_returned_can_not_be_sold_leaves_and_is_charged(market: TestMarket) -> None:
    order = wants(market, 35)
    aside = held(market), held(market, ASIDE)
    with pytest.raises(OutOfStock):
        market.buys(BOWL, 6)
    market.advance(days=20)

    done = now(market, order)
    assert aside == (Stock(5), Stock(35))
    assert done.status is RemovalStatus.COMPLETED
    assert [(one.left, one.canceled) for one in done.items] == [(35, 0)]
    assert sum(packed.units for parcel in done.shipments for packed in parcel.packed) == 35
    assert (held(market), held(market, ASIDE)) == (Stock(5), Stock(0))
    assert sum(one.units for fact in market.facts(RemovalUnitsLeft) for one in fact.units) == 35
    charged = fees(market)
    assert {name for name, _ in charged} == {"RemovalComplete"}
    assert sum(total for _, total in charged) < 0
    assert len(market.facts(RemovalCompleted)) == 1


def test_what_cannot_be_sold_is_destroyed_in_the_condition_that_it_has(market: TestMarket) -> None:
    broken(market, 4)

    order = wants(market, unsellable=3, kind=RemovalKind.DISPOSAL)
    with market.market.read(market.seller_account.seller_id) as unit:
        assert pending_removals(unit) == {BOWL: 3}
    with pytest.raises(InvalidInput, match="1 unsellable unit can be removed, so 2 cannot"):
        wants(market, unsellable=2)
    market.advance(days=20)

    done = now(market, order)
    assert [(one.condition, one.left) for one in done.items] == [(DEFECTIVE, 3)]
    assert (done.status, done.shipments) == (RemovalStatus.COMPLETED, [])
    assert (held(market), held(market, DEFECTIVE)) == (Stock(40), Stock(1))
    assert {name for name, _ in fees(market)} == {"DisposalComplete"}


def test_a_removal_is_taken_back_until_it_is_picked(market: TestMarket) -> None:
    order = wants(market, 10)
    market.advance(hours=7)
    planned = now(market, order).status

    with market.market.write(market.seller_account.seller_id) as unit:
        cancel_removal(unit, order.removal_id)
    market.advance(days=20)

    canceled = now(market, order)
    assert planned is RemovalStatus.PLANNING
    assert (canceled.status, canceled.items[0].canceled, canceled.items[0].left) == (RemovalStatus.CANCELED, 10, 0)
    assert (held(market), held(market, ASIDE)) == (Stock(40), Stock(0))
    assert fees(market) == []


def test_what_is_picked_is_not_taken_back(market: TestMarket) -> None:
    order = wants(market, 10)
    market.advance(hours=55)

    with (
        pytest.raises(IllegalTransition, match="is Processing; to be canceled it must be Pending or Planning"),
        market.market.write(market.seller_account.seller_id) as unit,
    ):
        cancel_removal(unit, order.removal_id)

    assert now(market, order).status is RemovalStatus.PROCESSING
    assert held(market, ASIDE) == Stock(10)


def test_what_is_gone_when_it_should_leave_is_canceled(market: TestMarket) -> None:
    broken(market, 4)
    order = wants(market, unsellable=4)
    with market.market.write(market.seller_account.seller_id) as unit:
        dispose(unit, BOWL, 3, DEFECTIVE)

    market.advance(days=20)

    done = now(market, order)
    assert (done.status, done.items[0].left, done.items[0].canceled) == (RemovalStatus.COMPLETED, 1, 3)


@pytest.mark.parametrize(
    ("sku", "sellable", "unsellable", "said"),
    [
        (BOWL, 41, 0, "40 sellable units can be removed, so 41 cannot"),
        (BOWL, 0, 1, "0 unsellable units can be removed"),
        (BOWL, 0, 0, "nothing is to be removed"),
        (BOWL, -1, 2, "nothing is to be removed"),
        ("MUG-BLUE", 1, 0, "Amazon has nothing of 'MUG-BLUE'"),
        ("NEVER", 1, 0, "Amazon has nothing of 'NEVER'"),
    ],
)
def test_what_cannot_be_removed_is_refused_and_nothing_moves(
    market: TestMarket, sku: str, sellable: int, unsellable: int, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        wants(market, sellable, unsellable, sku=sku)

    assert (held(market), held(market, ASIDE)) == (Stock(40), Stock())
    with market.market.read(market.seller_account.seller_id) as unit:
        assert pending_removals(unit) == {}


def test_a_number_is_given_once(market: TestMarket) -> None:
    wants(market, 1, number="R-1")

    with pytest.raises(Conflict, match="'R-1' was handed in before"):
        wants(market, 1, number="R-1")
    with pytest.raises(InvalidInput, match="1 to 40 characters"):
        wants(market, 1, number="x" * 41)
    with market.market.read(market.seller_account.seller_id) as unit, pytest.raises(NotFound, match="no removal order"):
        removal_of(unit, "R-2")

    assert held(market, ASIDE) == Stock(1)


def test_reports_tell_of_orders_fees_and_parcels(market: TestMarket) -> None:
    broken(market, 2)
    wants(market, 10, 2, number="BACK-1")
    market.advance(days=1)
    (before, _) = market.report(ORDERS).rows
    market.advance(days=20)

    sellable, unsellable = sorted(market.report(ORDERS).rows, key=lambda row: row["disposition"])
    parcels = market.report(PARCELS).rows
    assert (before["order-status"], before["in-process-quantity"], before["removal-fee"]) in {
        ("Planning", "10", ""),
        ("Planning", "2", ""),
        ("Processing", "10", ""),
        ("Processing", "2", ""),
    }
    assert [sellable[name] for name in ("order-id", "order-type", "order-status", "requested-quantity")] == [
        "BACK-1",
        "Return",
        "Completed",
        "10",
    ]
    assert (sellable["shipped-quantity"], unsellable["shipped-quantity"]) == ("10", "2")
    assert (sellable["disposed-quantity"], sellable["in-process-quantity"]) == ("0", "0")
    charged = -sum(total for _, total in fees(market))
    assert sum(round(float(row["removal-fee"]) * 100) for row in (sellable, unsellable)) == charged > 0
    assert sum(int(row["shipped-quantity"]) for row in parcels) == 12
    assert all(row["tracking-number"].startswith("1Z") for row in parcels)


def test_the_ledger_tells_what_left_for_the_seller(market: TestMarket) -> None:
    wants(market, 10)
    market.advance(days=20)

    rows = [row for row in unquoted(market.report("GET_LEDGER_DETAIL_VIEW_DATA")) if row["MSKU"] == BOWL]
    removed = [row for row in rows if row["Event Type"] == "VendorReturns"]
    assert sum(int(row["Quantity"]) for row in removed) == -10
    assert {row["Fulfillment Center"] for row in removed} == {"PHX6"}
    assert {row["Event Type"] for row in rows} == {"VendorReturns", "Receipts"}


def test_planning_tells_what_is_to_leave(market: TestMarket) -> None:
    wants(market, 10)

    (row,) = (one for one in market.report("GET_FBA_INVENTORY_PLANNING_DATA").rows if one["sku"] == BOWL)

    assert (row["available"], row["pending-removal-quantity"], row["reserved-quantity"]) == ("30", "10", "10")


def test_what_has_been_there_for_over_a_year_is_recommended(market: TestMarket) -> None:
    broken(market, 1)
    market.advance(days=370)  # by then the application's secret has expired
    asked = Asked(
        report_id="1",
        report_type="GET_FBA_RECOMMENDED_REMOVAL_DATA",
        marketplace_ids=(market.marketplace_id,),
        start=market.now,
        end=market.now,
        at=market.now,
    )

    with market.market.read(market.seller_account.seller_id) as unit:
        made = recommended(unit, asked)
        assert isinstance(made, Rows)
        rows = [dict(zip(made.columns, row, strict=True)) for row in made.rows]

    assert [(row["sku"], row["sellable-removal-quantity"], row["unsellable-quantity"]) for row in rows] == [
        ("BOWL-L", "40", "0"),
        ("BOWL-M", "40", "0"),
        ("BOWL-S", "40", "1"),
        ("LAMP-OAK", "100", "0"),
    ]


HEAD = (
    "MerchantRemovalOrderID\tFEED-1\nRemovalDisposition\t{kind}\n{address}"
    "MerchantSKU\tSellableQuantity\tUnsellableQuantity\n"
)
ADDRESS = (
    "AddressName\tHarbor Goods\nAddressFieldOne\t1 Quay\nAddressCity\tPortland\nAddressCountryCode\tUS\n"
    "AddressStateOrRegion\tOR\nAddressPostalCode\t97205\nShippingNotes\tRing twice\n\n"
)


def test_a_feed_hands_in_the_same_order(market: TestMarket) -> None:
    broken(market, 2)

    told = market.feed(FEED, HEAD.format(kind="return", address=ADDRESS) + f"{BOWL}\t3\t2\nBOWL-M\t4\t\n")

    assert told.feed.processing_status == "DONE"
    assert "Number of records successful\t\t1" in told.text
    with market.market.read(market.seller_account.seller_id) as unit:
        order = removal_of(unit, "FEED-1")
    assert order.kind is RemovalKind.RETURN
    assert [(one.sku, one.condition.value, one.requested) for one in order.items] == [
        ("BOWL-M", "SELLABLE", 4),
        (BOWL, "SELLABLE", 3),
        (BOWL, "DEFECTIVE", 2),
    ]
    assert order.address is not None
    assert (order.recipient, order.address.line1, order.notes) == ("Harbor Goods", "1 Quay", "Ring twice")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD.format(kind="Liquidate", address="") + f"{BOWL}\t1\t0\n", "Liquidate is ineligible in your marketplace"),
        (HEAD.format(kind="Return", address="") + f"{BOWL}\t1\t0\n", "The address of a return is incomplete"),
        (HEAD.format(kind="Disposal", address="") + f"{BOWL}\tmany\t0\n", "it must be a whole number"),
        (HEAD.format(kind="Disposal", address="") + f"{BOWL}\t99999\t0\n", "40 sellable units can be removed"),
        (HEAD.format(kind="Disposal", address="") + "NEVER\t1\t0\n", "Amazon has nothing of 'NEVER'"),
        (HEAD.format(kind="Disposal", address=""), "1 to 500 items, not 0"),
        ("RemovalDisposition\tDisposal\n", "The table of SKUs is missing"),
        ("Color\tblue\n", "'Color' is no field of a removal order"),
    ],
)
def test_a_feed_that_cannot_be_carried_out_makes_no_order(market: TestMarket, content: str, said: str) -> None:
    told = market.feed(FEED, content)

    assert said in told.text
    assert held(market) == Stock(40)
    with market.market.read(market.seller_account.seller_id) as unit:
        assert pending_removals(unit) == {}
