"""Finances v0: what counts in a settlement, in Amazon's lists."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shipper import ships

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.finances_v0 import (
    FinancialEvents,
    ListFinancialEventGroups,
    ListFinancialEvents,
    ListFinancialEventsByGroupId,
    ListFinancialEventsByOrderId,
)
from sellingpartner.market.money.ledger.policies import change_policy
from sellingpartner.market.money.ledger.questions import open_period
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.market.orders.commands import refund
from sellingpartner.testing import TestMarket


def pays_at_once(market: TestMarket) -> None:
    """Hold nothing of the seller's money."""
    with market.market.write(market.seller_account.seller_id) as unit:
        change_policy(unit, "USD", deferral_days=0)


def events_of(market: TestMarket) -> FinancialEvents:
    """What the list of the last 180 days holds on its first page."""
    answer = market.seller.send(ListFinancialEvents())
    assert answer.payload.financial_events is not None
    return answer.payload.financial_events


def test_a_sale_is_no_event_while_its_money_is_held(market: TestMarket) -> None:
    order_id = market.buys()
    ships(market, order_id)
    market.advance(minutes=5)
    before = events_of(market)

    market.advance(days=30)

    after = events_of(market)
    assert before.shipment_event_list == []
    (event,) = after.shipment_event_list or []
    assert (event.amazon_order_id, event.seller_order_id) == (order_id, order_id)
    assert event.marketplace_name == "Amazon.com"
    assert event.posted_date is not None
    assert event.posted_date > market.now - timedelta(days=25)
    (item,) = event.shipment_item_list or []
    assert [one.charge_type for one in item.item_charge_list or []] == ["Principal"]
    assert [one.fee_type for one in item.item_fee_list or []] == ["Commission"]


def test_a_refund_takes_back_what_the_sale_gave(market: TestMarket) -> None:
    pays_at_once(market)
    order_id = market.buys()
    ships(market, order_id)
    with market.market.write(market.seller_account.seller_id) as unit:
        refund(unit, order_id, reason="CustomerReturn")
    market.advance(minutes=5)

    found = market.seller.send(ListFinancialEventsByOrderId(order_id=order_id)).payload.financial_events

    assert found is not None
    (sale,), (back,) = found.shipment_event_list or [], found.refund_event_list or []
    (sold,), (returned,) = sale.shipment_item_list or [], back.shipment_item_adjustment_list or []
    taken = {one.charge_type: one.charge_amount for one in sold.item_charge_list or []}
    given = {one.charge_type: one.charge_amount for one in returned.item_charge_adjustment_list or []}
    for name, amount in taken.items():
        assert amount is not None
        returned_amount = given[name]
        assert returned_amount is not None
        assert (returned_amount.currency_amount or 0) == -(amount.currency_amount or 0)
    fees = {one.fee_type: one.fee_amount for one in returned.item_fee_adjustment_list or []}
    assert set(fees) == {"Commission", "RefundCommission"}
    assert fees["RefundCommission"] is not None
    assert (fees["RefundCommission"].currency_amount or 0) < 0


def test_the_pages_of_a_list_hold_each_event_once_and_stand_still(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        for number in range(5):
            wanted = ServiceCharge(component="VineFee", minor=100 + number, currency="USD", source=f"vine:{number}")
            charge(unit, wanted)
    market.advance(minutes=5)
    begun = market.seller.send(ListFinancialEvents(max_results_per_page=2))
    with market.market.write(market.seller_account.seller_id) as unit:
        charge(unit, ServiceCharge(component="VineFee", minor=999, currency="USD", source="vine:late"))
    market.advance(minutes=5)

    answers, token = [begun], begun.payload.next_token
    while token is not None:
        answers.append(market.seller.send(ListFinancialEvents(max_results_per_page=2, next_token=token)))
        token = answers[-1].payload.next_token

    lists = [
        one.payload.financial_events.service_fee_event_list or [] for one in answers if one.payload.financial_events
    ]
    amounts = [
        fee.fee_amount.currency_amount
        for page in lists
        for event in page
        for fee in event.fee_list or []
        if fee.fee_amount
    ]
    assert [len(page) for page in lists] == [2, 2, 1]
    assert [str(one) for one in amounts] == ["-1.00", "-1.01", "-1.02", "-1.03", "-1.04"]


def test_a_group_holds_what_settles_together(market: TestMarket) -> None:
    pays_at_once(market)
    order_id = market.buys()
    ships(market, order_id)
    market.advance(days=20)

    listed = market.seller.send(ListFinancialEventGroups(max_results_per_page=2)).payload
    groups = listed.financial_event_group_list or []
    closed = next(one for one in groups if one.processing_status == "Closed")
    held = market.seller.send(ListFinancialEventsByGroupId(event_group_id=str(closed.financial_event_group_id)))

    assert [one.processing_status for one in groups] == ["Open", "Closed"]
    assert closed.fund_transfer_status == "Succeeded"
    assert closed.original_total == closed.converted_total
    assert groups[0].financial_event_group_end is None
    assert closed.financial_event_group_end == groups[0].financial_event_group_start
    assert held.payload.financial_events is not None
    assert [one.amazon_order_id for one in held.payload.financial_events.shipment_event_list or []] == [order_id]


EVENTS, GROUPS = "/finances/v0/financialEvents", "/finances/v0/financialEventGroups"


@pytest.mark.parametrize(
    ("target", "status", "said"),
    [
        (EVENTS + "?PostedAfter=2026-11-02T08:59:00Z", 400, "PostedAfter is 2026-11-02T08:59:00Z; it must be more"),
        (EVENTS + "?PostedBefore=2026-10-01T00:00:00Z", 400, "PostedBefore is given without PostedAfter"),
        (
            EVENTS + "?PostedAfter=2026-10-02T00:00:00Z&PostedBefore=2026-10-01T00:00:00Z",
            400,
            "PostedBefore is not after PostedAfter",
        ),
        (EVENTS + "?PostedAfter=soon", 400, "PostedAfter"),
        (EVENTS + "?MaxResultsPerPage=101", 400, "MaxResultsPerPage"),
        (EVENTS + "?NextToken=bm9uZQ==", 400, "NextToken is not valid"),
        (EVENTS + "?PostedAfter=2025-01-01T00:00:00Z", 200, ""),
        (GROUPS + "?FinancialEventGroupStartedAfter=2026-11-02T09:00:00Z", 400, "must be more than two minutes ago"),
        (GROUPS + "?FinancialEventGroupStartedBefore=2026-10-01T00:00:00Z", 200, ""),
        (GROUPS + "/no-such-group/financialEvents", 404, "There is no financial event group no-such-group"),
        ("/finances/v0/orders/12/financialEvents", 400, "orderId is '12'; it must be an Amazon order id"),
        ("/finances/v0/orders/123-1234567-1234567/financialEvents", 200, ""),
    ],
)
def test_what_cannot_be_listed_is_refused_and_what_is_too_long_is_empty(
    market: TestMarket, target: str, status: int, said: str
) -> None:
    reply = market.seller.call("GET", target)

    assert reply.status == status
    if status == 200:
        lists = reply.json()["payload"].get("FinancialEvents", {})
        assert all(one == [] for one in lists.values())
    else:
        assert said in reply.json()["errors"][0]["message"]


def test_a_token_is_of_no_use_to_another_question(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        for number in range(2):
            charge(unit, ServiceCharge(component="VineFee", minor=100, currency="USD", source=f"vine:{number}"))
        group = open_period(unit, "USD")
    assert group is not None
    market.advance(minutes=5)
    token = market.seller.send(ListFinancialEvents(max_results_per_page=1)).payload.next_token

    with pytest.raises(SellingPartnerError, match="belongs to other arguments"):
        market.seller.send(ListFinancialEvents(next_token=token, posted_after=market.now - timedelta(days=2)))
    with pytest.raises(SellingPartnerError, match="NextToken is not valid"):
        market.seller.send(ListFinancialEventsByGroupId(event_group_id=group.group_id, next_token=token))
