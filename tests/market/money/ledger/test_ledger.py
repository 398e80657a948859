"""The ledger: a sale from its shipment to the bank."""

from __future__ import annotations

from datetime import timedelta

import pytest
from books import faults_in
from shipper import ships

from sellingpartner.market.events.money import PeriodClosed, TransactionPosted, TransferSettled
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.inventory.levels import Change
from sellingpartner.market.money.ledger.balances.paying_out import retry
from sellingpartner.market.money.ledger.model import EntryKind, NewEntry, to_seller
from sellingpartner.market.money.ledger.policies import change_policy
from sellingpartner.market.money.ledger.posting import UnheldMaturity, post
from sellingpartner.market.money.ledger.questions import (
    EntryFilter,
    balance,
    debt_of,
    entries_of_order,
    legs_of,
    open_period,
    page_of_entries,
    payouts_of,
    periods_of,
    statement_of,
    sums_by_account,
)
from sellingpartner.market.money.ledger.selling.claims import ClaimKind, claim
from sellingpartner.market.money.ledger.selling.withholding import Places, model_of, paid, withheld
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.market.money.ledger.services.storing import ages_of, average_of
from sellingpartner.market.orders.commands import refund, refund_part, ship
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START


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
    assert [one.transaction_type for one in market.facts(TransactionPosted)] == [
        "Shipment",
        "Shipment",
        "Transfer",
        "ServiceFee",  # the plan
        "ServiceFee",  # what lies at Amazon
    ]
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


def of_kind(market: TestMarket, order_id: str, kind: str) -> list[dict[str, int]]:
    """What entries of a kind did to the seller, by component."""
    with market.market.read(market.seller_account.seller_id) as unit:
        those = [one.entry_id for one in entries_of_order(unit, order_id) if one.kind == kind]
        legs = legs_of(unit, those)
    return [{leg.component: leg.effect for leg in legs[entry] if leg.component} for entry in those]


def test_refunds_give_the_commission_back_to_the_cent_less_a_fifth(market: TestMarket) -> None:
    market.lists("BOWL", cents=1333, stock=5)
    order_id = market.buys("BOWL", quantity=3)
    ships(market, order_id)
    (sale,) = of_kind(market, order_id, "SALE")

    with market.market.write(market.seller_account.seller_id) as unit:
        (item,) = order_of(unit, order_id).items
        refund_part(unit, order_id, item.order_item_id, 700, reason="CustomerReturn")
        refund(unit, order_id, quantities={item.order_item_id: 1})
        refund(unit, order_id)

    refunds = of_kind(market, order_id, "REFUND")
    assert [one["Principal"] for one in refunds] == [-700, -633, -2666]
    assert sum(one["Commission"] for one in refunds) == -sale["Commission"]
    assert [one["RefundCommission"] for one in refunds] == [-one["Commission"] // 5 for one in refunds]  # rounded up


def test_a_package_corrected_again_and_again_is_posted_by_what_moved(market: TestMarket) -> None:
    market.lists("BOWL", cents=1333, stock=9)
    order_id = market.buys("BOWL", quantity=5)
    with market.market.read(market.seller_account.seller_id) as unit:
        (item,) = order_of(unit, order_id).items
    for units in (3, 1, 4):
        with market.market.write(market.seller_account.seller_id) as unit:
            quantities = {item.order_item_id: units}
            ship(unit, order_id, Parcel(reference="1", shipped_at=unit.now, quantities=quantities, carrier_code="UPS"))

    sales = of_kind(market, order_id, "SALE")
    assert [one["Principal"] for one in sales] == [3 * 1333, -2 * 1333, 3 * 1333]
    assert [one["Commission"] for one in sales] == [-600, 400, -600]
    market.advance(days=30)
    with market.market.read(market.seller_account.seller_id) as unit:
        assert balance(unit, "USD").held == 0
        assert faults_in(unit) == []


def test_a_refund_of_held_money_is_held_with_it(market: TestMarket) -> None:
    order_id = market.buys()
    ships(market, order_id)
    with market.market.write(market.seller_account.seller_id) as unit:
        refund(unit, order_id)
    with market.market.read(market.seller_account.seller_id) as unit:
        before = balance(unit, "USD")
    market.advance(days=27)

    with market.market.read(market.seller_account.seller_id) as unit:
        after = balance(unit, "USD")
        kinds = [one.kind for one in entries_of_order(unit, order_id)]
    assert before.held < 0  # what is kept of the commission
    assert after.held == 0
    assert kinds == ["SALE", "REFUND", "RELEASE", "RELEASE"]


def test_what_a_period_ends_below_zero_is_owed_and_charged(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        charge(unit, ServiceCharge(component="VineFee", minor=20000, currency="USD", source="vine:1"))
    market.advance(days=15)

    with market.market.read(market.seller_account.seller_id) as unit:
        *_, first = periods_of(unit)
        kinds = [one.kind for one in page_of_entries(unit, EntryFilter()).entries]
        debt, now = debt_of(unit, 1), balance(unit, "USD")
    assert (first.total_minor, first.transfer_status) == (-20000, None)
    assert kinds == ["SERVICE_FEE", "CARRIED", "PAYABLE", "DEBT_PAID"]
    assert (debt.amount_minor, debt.left_minor, debt.status) == (20000, 0, "PAID")
    assert now.available == 0


def test_a_debt_that_nobody_pays_rolls_on(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        change_policy(unit, "USD", card_works=False)
        charge(unit, ServiceCharge(component="VineFee", minor=20000, currency="USD", source="vine:1"))
    market.advance(days=28)

    with market.market.read(market.seller_account.seller_id) as unit:
        totals = [one.total_minor for one in periods_of(unit)]
        assert (debt_of(unit, 1).status, debt_of(unit, 2).status) == ("CARRIED", "OWED")
        assert sum(sums_by_account(unit, "USD").values()) == 0
    assert totals == [None, -20000, -20000]


def test_a_transfer_that_the_bank_refuses_is_tried_again(market: TestMarket) -> None:
    with market.market.write(market.seller_account.seller_id) as unit:
        change_policy(unit, "USD", bank_works=False, deferral_days=0, reserve_percent=25)
    ships(market, order_id := market.buys())
    (sale,) = of_kind(market, order_id, "SALE")
    paid_out = sum(sale.values()) - sum(sale.values()) // 4
    market.advance(days=18)

    with market.market.write(market.seller_account.seller_id) as unit:
        (payout,) = payouts_of(unit)
        *_, first = periods_of(unit)
        now = balance(unit, "USD")
        change_policy(unit, "USD", bank_works=True)
        again = retry(unit, payout.payout_id)
    assert (payout.amount_minor, payout.status) == (paid_out, "FAILED")
    assert (first.total_minor, first.transfer_status) == (paid_out, "Failed")
    assert now.available == sum(sale.values())
    assert (again.amount_minor, again.kind) == (paid_out, "ON_DEMAND")
    market.advance(days=6)

    with market.market.read(market.seller_account.seller_id) as unit:
        assert payouts_of(unit)[0].status == "PAID"
        sums = sums_by_account(unit, "USD")
    assert sums["bank"] == paid_out
    assert sums["seller.available"] == sum(sale.values()) - paid_out


def test_a_month_costs_the_plan_and_the_space_that_was_taken(market: TestMarket) -> None:
    market.advance(days=45)

    with market.market.read(market.seller_account.seller_id) as unit:
        fees = [one for one in page_of_entries(unit, EntryFilter()).entries if one.kind == "SERVICE_FEE"]
    assert [(one.detail.description, one.total_minor) for one in fees][:1] == [("Subscription", -3999)]
    assert len({one.source for one in fees}) == len(fees)


def test_units_are_averaged_over_the_time_that_they_lay_there() -> None:
    begins, ends = START, START + timedelta(days=10)
    back = [Change("A", START + timedelta(days=5), -4)]

    assert average_of(6, back, begins, ends) == 8  # ten for five days, six for five
    arrivals = [Change("A", START + timedelta(days=8), 4), Change("A", START - timedelta(days=190), 9)]
    assert ages_of(6, arrivals, ends) == [(2, 4), (200, 2)]


@pytest.mark.parametrize(
    ("kind", "minor", "expected"),
    [
        (ClaimKind.GUARANTEE, None, ("GUARANTEE_CLAIM", -1759)),
        (ClaimKind.CHARGEBACK, None, ("CHARGEBACK", -1759)),
        (ClaimKind.SAFE_T, 500, ("SAFE_T", 500)),
        (ClaimKind.GOODWILL, 300, ("ADJUSTMENT", 300)),
        (ClaimKind.RETROCHARGE, 120, ("RETROCHARGE", 0)),
    ],
)
def test_a_claim_is_posted_as_what_it_is(
    market: TestMarket, kind: ClaimKind, minor: int | None, expected: tuple[str, int]
) -> None:
    market.lists("BOWL", cents=1999, stock=5)
    ships(market, order_id := market.buys("BOWL"))

    with market.market.write(market.seller_account.seller_id) as unit:
        entry = claim(unit, order_id, kind, minor)

    assert (entry.kind, entry.total_minor) == expected


def test_a_statement_adds_up_to_what_the_period_comes_to(market: TestMarket) -> None:
    for _ in range(3):
        ships(market, order_id := market.buys())
    with market.market.write(market.seller_account.seller_id) as unit:
        refund(unit, order_id)
        charge(unit, ServiceCharge(component="VineFee", minor=1000, currency="USD", source="vine:1"))
    market.advance(days=13)

    with market.market.read(market.seller_account.seller_id) as unit:
        period = open_period(unit, "USD")
        assert period is not None
        lines = statement_of(unit, period.period_id)
    assert {line.kind for line in lines} == {"SALE", "REFUND", "SERVICE_FEE"}
    assert sum(line.minor for line in lines) == period.balance_minor != 0
