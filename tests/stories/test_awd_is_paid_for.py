"""What AWD costs: each fee when it is due, in both versions of Finances, in the settlement and in the books."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from books import faults_in
from distributor import MUG, Distributor, cases

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract.finances_2024_06_19 import ListTransactions
from sellingpartner.contract.finances_v0 import ListFinancialEvents
from sellingpartner.market.distribution.commands import set_policy
from sellingpartner.market.distribution.model import Policy
from sellingpartner.market.money.fees.distribution import awd_inbound_fee, awd_storage_fee, awd_transport_fee
from sellingpartner.testing import TestMarket

CUBIC_FOOT = Decimal("304.8") ** 3
AWD = ("AWDProcessingFee", "AWDTransportationFee", "AWDStorageFee")


def fees(seller: Distributor, since: timedelta = timedelta(days=80)) -> list[tuple[str, Decimal]]:
    """What ListFinancialEvents tells of AWD."""
    seller.market.advance(minutes=3)  # Finances tell what is two minutes old
    payload = seller.seller.send(ListFinancialEvents(posted_after=seller.market.now - since)).payload
    assert payload is not None
    assert payload.financial_events is not None
    return [
        (str(fee.fee_type), Decimal(str(fee.fee_amount.currency_amount)))
        for event in payload.financial_events.service_fee_event_list or []
        for fee in event.fee_list or []
        if fee.fee_type in AWD and fee.fee_amount is not None
    ]


def test_boxes_are_paid_for_as_they_come_and_as_they_arrive(market: TestMarket) -> None:
    seller = Distributor(market)
    seller.stores(cases(10, (MUG, 10), inches=12))
    assert fees(seller) == [("AWDProcessingFee", Decimal("-14.00"))]
    order_id = seller.replenishes(40)
    while seller.replenishment(order_id).status != "SUCCESS":
        market.advance(days=1)

    assert sorted(fees(seller)) == [
        ("AWDProcessingFee", Decimal("-14.00")),
        ("AWDProcessingFee", Decimal("-5.60")),
        ("AWDTransportationFee", Decimal("-5.60")),
    ]
    told = market.seller.send(ListTransactions(posted_after=market.now - timedelta(days=80))).payload
    assert told is not None
    assert [one.total_amount and one.total_amount.currency_amount for one in told.transactions or []].count(
        Decimal("-5.60")
    ) == 2
    with market.market.read(market.seller.seller_id) as unit:
        assert faults_in(unit) == []


def test_space_is_paid_for_on_the_sixth_of_the_next_month(market: TestMarket) -> None:
    seller = Distributor(market)
    set_by = Policy(sku=MUG, is_automatic=False)
    with market.market.write(market.seller.seller_id) as unit:
        set_policy(unit, set_by)
    wished = awd.InboundPreferences(destination_region="us-east")
    seller.stores(cases(100, (MUG, 10), inches=12), preferences=wished)
    while market.now.month != 12 or market.now.day != 6:
        assert "AWDStorageFee" not in dict(fees(seller))
        market.advance(days=1)
    market.advance(hours=16)

    first = dict(fees(seller))["AWDStorageFee"]
    assert -48 < first < 0  # it came in the midst of the month
    market.advance(days=31)
    assert [amount for kind, amount in fees(seller, timedelta(days=20)) if kind == "AWDStorageFee"] == [
        Decimal("-48.00")
    ]


@pytest.mark.parametrize(
    ("region", "is_smart", "month", "cost"),
    [
        ("us-west", False, (2026, 11), "57.00"),
        ("us-west", True, (2026, 11), "51.00"),
        ("us-east", False, (2026, 11), "48.00"),
        ("us-east", True, (2026, 2), "43.00"),
        ("us-west", False, (2025, 12), "48.00"),
        ("us-west", True, (2024, 6), "48.00"),
    ],
)
def test_storage_costs_what_the_region_and_the_month_say(
    *, region: str, is_smart: bool, month: tuple[int, int], cost: str
) -> None:
    fee = awd_storage_fee(region, 100 * CUBIC_FOOT, date(*month, 1), is_smart=is_smart)
    assert str(fee) == cost


def test_rates_change_with_the_years() -> None:
    assert [str(awd_inbound_fee(10, date(year, 6, 1))) for year in (2024, 2025, 2026)] == ["0.00", "13.50", "14.00"]
    assert str(awd_transport_fee(int(100 * CUBIC_FOOT), date(2025, 6, 1))) == "115.00"
