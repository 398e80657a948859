"""Finance: a sale is kept back, released, settled in a period and paid out; five operations tell the same money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from event_reader import worth
from msgspec import to_builtins

from sellingpartner import SellingPartner
from sellingpartner.contract import finances_v0 as v0
from sellingpartner.testing import TestMarket


def came_to(events: v0.FinancialEvents | None) -> Decimal:
    assert events is not None
    told: dict[str, list[Any]] = to_builtins(events)
    return sum((worth(event) for some in told.values() for event in some), Decimal(0))


def released(client: SellingPartner, order_id: str, status: str = "RELEASED") -> Iterable[Any]:
    found = client.finances.list_transactions(
        transaction_status=status, related_identifier_name="ORDER_ID", related_identifier_value=order_id
    ).payload
    assert found is not None
    return found.transactions or []


def total_of(group: v0.FinancialEventGroup) -> Decimal | None:
    assert group.original_total is not None
    return group.original_total.currency_amount


def test_a_sale_is_kept_back_released_settled_and_paid_out(market: TestMarket, client: SellingPartner) -> None:
    order_id = market.buys("LAMP-OAK", 2)
    market.advance(days=2)
    assert len(list(released(client, order_id, "DEFERRED"))) == 1
    assert list(released(client, order_id)) == []

    market.advance(days=40)
    [sale] = released(client, order_id)
    by_order = client.finances_v0.list_financial_events_by_order_id(order_id=order_id).payload
    since = market.now - timedelta(days=60)
    events = client.finances_v0.list_financial_events(posted_after=since, max_results_per_page=100).payload
    assert came_to(by_order.financial_events) == sale.total_amount.currency_amount
    assert events.financial_events is not None
    assert order_id in [one.amazon_order_id for one in events.financial_events.shipment_event_list or []]
    groups = client.finances_v0.list_financial_event_groups(max_results_per_page=100).payload
    closed = [one for one in groups.financial_event_group_list or [] if one.processing_status == "Closed"]
    totals = {}
    for group in closed:
        inside = client.finances_v0.list_financial_events_by_group_id(
            event_group_id=group.financial_event_group_id or "", max_results_per_page=100
        ).payload
        totals[group.financial_event_group_id] = came_to(inside.financial_events)
    assert totals == {one.financial_event_group_id: total_of(one) for one in closed}
    assert max(totals.values()) > 0
