"""`spapi money`: from a sale to its payout, by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sellingpartner.market.orders.commands import ship
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


def sold(market: TestMarket) -> str:
    """An order that has left."""
    order_id = market.buys()
    with market.market.write(market.seller_account.seller_id) as unit:
        units = order_of(unit, order_id).unshipped_quantities()
        ship(unit, order_id, Parcel(reference="1", shipped_at=unit.now, quantities=units, carrier_code="UPS"))
    return order_id


def test_an_orders_money_is_told_from_its_sale_to_its_payout(market: TestMarket, spapi: Spapi) -> None:
    order_id = sold(market)

    held = spapi("money", "order", order_id)
    balance = spapi("money", "balance", "--json").json()["balances"][0]
    market.advance(days=27)
    entries = spapi("money", "order", order_id, "--json").json()["entries"]
    paid = spapi("money", "order", order_id)

    assert (held.code, held.err) == (0, "")
    assert "Commission" in held.out
    assert balance["available"]["amount"] == "0.00"
    assert balance["held"]["amount"] == entries[0]["total"]["amount"] > "0"
    assert [one["kind"] for one in entries] == ["SALE", "RELEASE"]
    assert all(sum(round(float(leg["amount"]["amount"]) * 100) for leg in one["postings"]) == 0 for one in entries)
    assert f"CLOSED, {entries[0]['total']['amount']} USD, transfer Succeeded." in paid.out


def test_a_period_is_told_part_by_part(market: TestMarket, spapi: Spapi) -> None:
    assert spapi("money", "policy", "set", "--deferral-days", "0").code == 0
    order_id = sold(market)
    spapi("money", "charge", "VineFee", "2.00", "--description", "Vine")
    spapi("money", "claim", order_id, "safe-t", "--amount", "1.50")

    told = spapi("money", "statement", "--json").json()

    parts = {(one["kind"], one["component"]): one["amount"]["amount"] for one in told["parts"]}
    assert parts["SERVICE_FEE", "VineFee"] == "-2.00"
    assert parts["SAFE_T", "SAFETReimbursement"] == "1.50"
    assert sum(round(float(one) * 100) for one in parts.values()) == round(
        float(told["period"]["balance"]["amount"]) * 100
    )
    assert "in all" in spapi("money", "statement").out
    assert spapi("money", "periods", "--csv").out.splitlines()[1].startswith("1,")


def test_a_transfer_is_refused_by_hand_and_tried_again(market: TestMarket, spapi: Spapi) -> None:
    spapi("money", "policy", "set", "--deferral-days", "0", "--reserve-percent", "0")
    sold(market)
    market.advance(days=14)

    assert spapi("money", "fail-transfer", "1").out.startswith("Payout 1 of")
    assert spapi("money", "fail-transfer", "1").err.strip().endswith("only one that is IN_TRANSIT can fail.")
    assert "IN_TRANSIT" in spapi("money", "retry-transfer", "1").out
    assert [one["status"] for one in spapi("money", "payouts", "--json").json()["payouts"]] == ["IN_TRANSIT", "FAILED"]


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("policy", "set"), 2, "Say what is to change"),
        (("policy", "set", "--minimum", "0.001"), 2, "in USD it has 2 decimal places at most"),
        (("policy", "set", "--deferral-days", "91"), 2, "deferralDays"),
        (("policy", "show", "--currency", "XXX"), 2, "'XXX' is no currency of a marketplace"),
        (("charge", "NoSuchFee", "1"), 2, "'NoSuchFee' is no service that is charged; those are Subscription"),
        (("charge", "VineFee", "0"), 2, "A charge of nothing"),
        (("charge", "VineFee", "123456789012345"), 2, "is at most 1000000000.00"),
        (("statement",), 1, "Nothing has been settled in USD yet"),
        (("statement", "--period", "7"), 1, "There is no settlement period 7."),
        (("order", "111-1111111-1111111"), 1, "There is no order"),
        (("claim", "111-1111111-1111111", "safe-t"), 1, "There is no order"),
        (("fail-transfer", "3"), 1, "There is no payout 3."),
        (("adjust-label", "none", "1"), 1, "There is no shipment none."),
    ],
)
def test_what_cannot_be_done_is_said(spapi: Spapi, arguments: tuple[str, ...], code: int, why: str) -> None:
    said = spapi("money", *arguments)

    assert said.code == code
    assert why in said.err
