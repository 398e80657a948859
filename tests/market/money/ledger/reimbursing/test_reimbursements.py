"""What Amazon loses or breaks it looks into, and pays for by itself; what it finds, it takes back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from books import faults_in
from sqlalchemy import select

from sellingpartner.contract.finances_v0 import ListFinancialEvents
from sellingpartner.market.amounts import Money
from sellingpartner.market.inventory.incidents import damage, find, lose
from sellingpartner.market.listings.commands import set_price
from sellingpartner.market.money.ledger.questions import EntryFilter, legs_of, page_of_entries
from sellingpartner.market.money.ledger.reimbursing.cases import cases_of
from sellingpartner.market.money.ledger.tables import reimbursement_cases
from sellingpartner.market.orders.commands import refund
from sellingpartner.market.orders.questions import order_of, refunds_of
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.parcels.tracking import move
from sellingpartner.market.shipping.store import parcels_of_order
from sellingpartner.testing import TestMarket

LAMP = "LAMP-OAK"
REPORT = "GET_FBA_REIMBURSEMENTS_DATA"
NOTICE = "TRANSACTION_UPDATE"


def happens(market: TestMarket, what: object, quantity: int) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        what(unit, LAMP, quantity)  # type: ignore[operator] # an incident of inventory


def posted(market: TestMarket) -> list[tuple[str, int]]:
    """What was paid or taken back, in the order in which it was."""
    with market.market.read(market.seller_account.seller_id) as unit:
        assert faults_in(unit) == []
        found = page_of_entries(unit, EntryFilter(kinds=("ADJUSTMENT",))).entries
        legs = legs_of(unit, [one.entry_id for one in found])
        return [(legs[one.entry_id][0].component, one.total_minor) for one in found]


@pytest.mark.parametrize(
    ("incident", "days", "component"), [(lose, 30, "WAREHOUSE_LOST"), (damage, 5, "WAREHOUSE_DAMAGE")]
)
def test_what_is_lost_or_broken_is_paid_for_once_it_was_looked_into(
    market: TestMarket, incident: object, days: int, component: str
) -> None:
    market.subscribe(NOTICE)
    happens(market, incident, 2)
    market.advance(days=days, seconds=-1)
    assert posted(market) == []
    assert market.report(REPORT, start=market.now - timedelta(days=40)).status == "CANCELLED"

    market.advance(seconds=1)

    ((paid_as, amount),) = posted(market)
    assert (paid_as, amount > 0, amount % 2) == (component, True, 0)
    assert [one.payload for one in market.notifications(NOTICE)]
    market.advance(minutes=3)
    payload = market.seller.send(ListFinancialEvents(posted_after=market.now - timedelta(days=1))).payload
    assert payload is not None
    assert payload.financial_events is not None
    assert [one.adjustment_type for one in payload.financial_events.adjustment_event_list or []] == [component]


def test_what_is_found_meanwhile_is_not_paid_for(market: TestMarket) -> None:
    happens(market, lose, 5)
    market.advance(days=12)
    happens(market, find, 2)
    market.advance(days=12)
    happens(market, find, 3)

    market.advance(days=60)

    assert posted(market) == []


def test_what_is_found_later_is_taken_back_at_what_was_paid(market: TestMarket) -> None:
    happens(market, lose, 3)
    market.advance(days=31)
    with market.market.write(market.seller_account.seller_id) as unit:
        set_price(unit, LAMP, market.marketplace_id, Money(99_99, "USD"))
    happens(market, find, 1)

    (_, paid), back = posted(market)

    assert back == ("COMPENSATED_CLAWBACK", -paid // 3)
    first, second = market.report(REPORT, start=market.now - timedelta(days=40)).rows
    assert [row["quantity-reimbursed-total"] for row in (first, second)] == ["3", "-1"]
    assert (second["original-reimbursement-id"], second["original-reimbursement-type"]) == (
        first["reimbursement-id"],
        "Lost_Warehouse",
    )
    assert (first["original-reimbursement-id"], first["amazon-order-id"]) == ("", "")


def test_what_is_found_is_first_what_nobody_has_paid_for(market: TestMarket) -> None:
    happens(market, lose, 2)
    market.advance(days=31)
    happens(market, lose, 2)
    happens(market, find, 3)

    market.advance(days=31)

    (_, paid), (name, back) = posted(market)
    assert (name, back) == ("COMPENSATED_CLAWBACK", -paid // 2)
    with market.market.write(market.seller_account.seller_id) as unit:
        assert [case.units for case in cases_of(unit, LAMP, "WAREHOUSE_LOST")] == [1]


def on_its_way(market: TestMarket, sku: str = LAMP, quantity: int = 2) -> tuple[str, str]:
    """An order that Amazon has sent, and its parcel."""
    order_id = market.buys(sku, quantity)
    for _ in range(100):
        market.advance(hours=1)
        with market.market.read(market.seller_account.seller_id) as unit:
            found = parcels_of_order(unit, order_id)
        if found:
            return order_id, found[0].parcel_id
    raise AssertionError(order_id)


def test_a_lost_parcel_of_amazons_is_refunded_and_then_paid_for(market: TestMarket) -> None:
    began = market.now
    order_id, parcel_id = on_its_way(market)
    with market.market.write(market.seller_account.seller_id) as unit:
        move(unit, parcel_id, ParcelStatus.LOST)
    with market.market.read(market.seller_account.seller_id) as unit:
        (given,) = refunds_of(unit, order_id)
        item = order_of(unit, order_id).items[0]
    assert (given.reason, [line.quantity for line in given.lines]) == ("LostByCarrier", [2])
    assert posted(market) == []

    market.advance(days=45)

    ((name, paid),) = posted(market)
    assert (name, 0 < paid < item.amounts.price, paid % 2) == ("CS_ERROR_ITEMS", True, 0)
    (row,) = market.report(REPORT, start=began).rows
    assert (row["reason"], row["amazon-order-id"], row["quantity-reimbursed-cash"]) == (
        "CustomerServiceIssue",
        order_id,
        "2",
    )
    assert Decimal(row["amount-total"]) == Decimal(paid) / 100


def test_what_was_refunded_before_its_parcel_was_lost_is_not_refunded_twice(market: TestMarket) -> None:
    order_id, parcel_id = on_its_way(market, quantity=1)
    with market.market.write(market.seller_account.seller_id) as unit:
        refund(unit, order_id)
    with market.market.write(market.seller_account.seller_id) as unit:
        move(unit, parcel_id, ParcelStatus.LOST)

    market.advance(days=50)

    with market.market.read(market.seller_account.seller_id) as unit:
        assert [one.reason for one in refunds_of(unit, order_id)] == ["CustomerReturn"]
        assert unit.execute(select(reimbursement_cases.c.number)).all() == []
    assert posted(market) == []
