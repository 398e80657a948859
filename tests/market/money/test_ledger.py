"""The ledger: a sale from its shipment to the bank."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellingpartner.market.events.money import PeriodClosed, TransactionPosted, TransferSettled
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.money.ledger.model import EntryKind, NewEntry, to_seller
from sellingpartner.market.money.ledger.policies import change_policy
from sellingpartner.market.money.ledger.posting import UnheldMaturity, post
from sellingpartner.market.money.ledger.questions import (
    balance,
    entries_of_order,
    legs_of,
    open_period,
    payouts_of,
    periods_of,
    sums_by_account,
)
from sellingpartner.market.money.ledger.withholding import Places, model_of, paid, withheld
from sellingpartner.market.orders.commands import ship
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket


def ships(market: TestMarket, order_id: str) -> None:
    """Let all of an order leave."""
    with market.market.write(market.seller_account.seller_id) as unit:
        units = order_of(unit, order_id).unshipped_quantities()
        parcel = Parcel(
            reference="1", shipped_at=unit.now, quantities=units, carrier_code="UPS", tracking_number="1Z999"
        )
        ship(unit, order_id, parcel)


def test_a_sale_is_held_then_released_then_paid_out(market: TestMarket) -> None:
    order_id = market.buys()
    ships(market, order_id)

    with market.market.read(market.seller_account.seller_id) as unit:
        (sale,) = entries_of_order(unit, order_id)
        total = order_of(unit, order_id).total.minor
        buyers = sum(one.effect for one in legs_of(unit, [sale.entry_id])[sale.entry_id] if one.account == "buyers")
        before = balance(unit, "USD")
    assert buyers == total
    assert sale.period_id is None
    assert 0 < sale.total_minor < total
    assert (before.held, before.available) == (sale.total_minor, 0)

    market.advance(days=40)

    with market.market.read(market.seller_account.seller_id) as unit:
        kinds = [one.kind for one in entries_of_order(unit, order_id)]
        sums, periods, payouts = sums_by_account(unit, "USD"), periods_of(unit), payouts_of(unit)
        then = balance(unit, "USD", market.now - timedelta(days=40))
    assert kinds == ["SALE", "RELEASE"]
    assert sum(sums.values()) == 0
    assert sums["bank"] == sale.total_minor
    assert (then.held, then.available) == (sale.total_minor, 0)
    (closed,) = [one for one in periods if one.total_minor]
    assert (closed.total_minor, closed.transfer_status) == (sale.total_minor, "Succeeded")
    assert [(one.amount_minor, one.status) for one in payouts] == [(sale.total_minor, "PAID")]
    assert [one.transaction_type for one in market.facts(TransactionPosted)] == ["Shipment", "Shipment", "Transfer"]
    assert [one.total_minor for one in market.facts(PeriodClosed)][:1] == [sale.total_minor]
    assert [one.status for one in market.facts(TransferSettled)] == ["PAID"]


def test_by_a_policy_of_no_days_money_is_available_at_once(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        change_policy(unit, "USD", deferral_days=0)
    order_id = market.buys()
    ships(market, order_id)

    with market.market.read(market.seller_account.seller_id) as unit:
        (sale,) = entries_of_order(unit, order_id)
        period, now = open_period(unit, "USD"), balance(unit, "USD")
    assert period is not None
    assert (sale.period_id, period.balance_minor) == (period.period_id, sale.total_minor)
    assert (now.available, now.held) == (sale.total_minor, 0)


def test_what_is_held_says_until_when(market: TestMarket) -> None:
    entry = NewEntry(kind=EntryKind.SALE, source="x", currency="USD", legs=(to_seller("Principal", 5),), is_held=True)

    with market.market.write(market.seller_account.seller_id) as unit, pytest.raises(UnheldMaturity):
        post(unit, entry)


ON_TOP = LineAmounts(
    price=5000, tax=400, shipping=500, shipping_tax=40, promotion_discount=1000, promotion_discount_tax=80
)
INCLUDED = LineAmounts(
    price=12000, tax=2000, shipping=600, shipping_tax=100, gift_wrap=120, gift_wrap_tax=20, tax_included=True
)


@pytest.mark.parametrize(
    ("country", "seller", "amounts", "expected"),
    [
        ("US", "US", ON_TOP, {"MarketplaceFacilitatorTax-Principal": -320, "MarketplaceFacilitatorTax-Shipping": -40}),
        ("GB", "GB", INCLUDED, {}),
        ("DE", "PL", INCLUDED, {}),
        (
            "GB",
            "CN",
            INCLUDED,
            {
                "MarketplaceFacilitatorVAT-Principal": -2000,
                "MarketplaceFacilitatorVAT-Shipping": -100,
                "MarketplaceFacilitatorVAT-Giftwrap": -20,
            },
        ),
        (
            "AU",
            "US",
            INCLUDED,
            {"LowValueGoodsTax-Principal": -2000, "LowValueGoodsTax-Shipping": -100, "LowValueGoodsTax-Other": -20},
        ),
        ("IN", "IN", INCLUDED, {"TCS-IGST": -53, "TDS": -13}),
        ("JP", "JP", INCLUDED, {}),
        ("BR", "BR", INCLUDED, {}),
    ],
)
def test_what_a_buyer_pays_is_all_there_and_the_right_tax_is_withheld(
    country: str, seller: str, amounts: LineAmounts, expected: dict[str, int]
) -> None:
    places = Places(country=country, seller_country=seller)

    assert sum(minor for _, minor in paid(amounts, model_of(country))) == amounts.total
    assert dict(withheld(amounts, places)) == expected
    assert dict(withheld(amounts.negated(), places)) == {name: -minor for name, minor in expected.items()}


def test_inside_a_state_of_india_the_tax_is_halved() -> None:
    places = Places(country="IN", seller_country="IN", is_same_state=True)

    assert dict(withheld(INCLUDED, places)) == {"TCS-CGST": -26, "TCS-SGST": -27, "TDS": -13}


def test_the_commission_is_what_an_estimate_says(market: TestMarket) -> None:
    ships(market, order_id := market.buys())

    with market.market.read(market.seller_account.seller_id) as unit:
        (sale,) = entries_of_order(unit, order_id)
        legs = {one.component: one.effect for one in legs_of(unit, [sale.entry_id])[sale.entry_id]}
    assert legs["Commission"] == -round(legs["Principal"] * 0.15)
