"""What is left of sales, and what is to be expected."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from shipper import leaves

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.money.ledger.services.charges import ServiceCharge, charge
from sellingpartner.market.orders.commands import refund
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US

MONDAY = date(2026, 11, 2)
ALL = "totalAmount { amount currencyCode } amount { amount } taxAmount { amount } quantity amountPerUnit { amount }"
FIELDS = (
    "startDate endDate parentAsin childAsin msku fnsku ads { adTypeName } cost { costOfGoodsSold { amount } } "
    "sales { unitsOrdered unitsRefunded netUnitsSold orderedProductSales { amount } refundedProductSales { amount } "
    "netProductSales { amount } averageSellingPrice { amount } } "
    "fees { feeTypeName charge { identifier } "
    f"charges {{ identifier components {{ name }} aggregatedDetail {{ {ALL} }} }} }} "
    "netProceeds { total { amount } perUnit { amount } }"
)


def asked(
    market: TestMarket, query: str = "economics", *, last: date = MONDAY, first: date = MONDAY, more: str = ""
) -> list[Any]:
    text = (
        f'{{ analytics_economics_2024_03_15 {{ {query}(startDate: "{first}", endDate: "{last}", '
        f'marketplaceIds: ["{US}"] {more}) {{ {FIELDS} }} }} }}'
    )
    return market.query(text).rows


def charged(row: Any) -> dict[str, tuple[float, float | None]]:  # noqa: ANN401 - a row of JSON
    """What was charged in all, and for how many units, by fee."""
    return {
        fee["charges"][0]["identifier"]: (
            fee["charges"][0]["aggregatedDetail"]["totalAmount"]["amount"],
            fee["charges"][0]["aggregatedDetail"]["quantity"],
        )
        for fee in row["fees"]
    }


def test_what_is_sold_less_what_is_charged_is_left(market: TestMarket) -> None:
    order_id = market.buys(quantity=2)
    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, order_id)
    market.advance(days=1)

    [row] = asked(market)

    assert (row["msku"], row["fnsku"], row["childAsin"] == row["parentAsin"]) == ("MUG-BLUE", None, True)
    assert (row["sales"]["unitsOrdered"], row["sales"]["netProductSales"]["amount"]) == (2, 29.98)
    assert charged(row) == {"Commission": (4.5, 2.0)}  # 15 % of each, rounded
    [fee] = row["fees"]
    assert (fee["feeTypeName"], fee["charge"]["identifier"]) == ("Referral fee", "Commission")
    assert fee["charges"][0]["aggregatedDetail"]["amountPerUnit"] == {"amount": 2.25}
    assert row["netProceeds"] == {"total": {"amount": 25.48}, "perUnit": {"amount": 12.74}}
    assert (row["ads"], row["cost"]) == ([], None)


def test_what_is_refunded_is_taken_off_on_its_day(market: TestMarket) -> None:
    order_id = market.buys(quantity=2)
    with market.market.write(market.seller_account.seller_id) as unit:
        leaves(unit, order_id)
    market.advance(days=2)
    with market.market.write(market.seller_account.seller_id) as unit:
        refund(unit, order_id)
    market.advance(days=1)

    rows = asked(market, last=MONDAY + timedelta(days=2))
    [whole] = asked(market, last=MONDAY + timedelta(days=2), more="aggregateBy: {date: RANGE, productId: CHILD_ASIN}")

    assert [row["startDate"] for row in rows] == ["2026-11-02", "2026-11-04"]
    assert (rows[1]["sales"]["unitsRefunded"], rows[1]["sales"]["refundedProductSales"]["amount"]) == (2, 29.98)
    assert charged(rows[1]) == {"Commission": (-4.5, None), "RefundCommission": (0.9, None)}
    assert rows[1]["netProceeds"] == {"total": {"amount": -26.38}, "perUnit": None}
    assert (whole["msku"], whole["sales"]["netUnitsSold"]) == (None, 0)
    assert whole["netProceeds"]["total"]["amount"] == pytest.approx(-0.9)


def test_what_amazon_ships_has_its_label_and_its_fee_can_be_taken_apart(market: TestMarket) -> None:
    market.buys("LAMP-OAK")
    market.advance(days=5)
    with market.market.write(market.seller_account.seller_id) as unit:
        wanted = ServiceCharge(
            component="FBAStorageFee",
            minor=120,
            currency="USD",
            source="s",
            marketplace_id=US,
            sku="LAMP-OAK",
            asin="?",
        )
        charge(unit, wanted)
        charge(unit, ServiceCharge(component="VineFee", minor=20_000, currency="USD", source="vine", marketplace_id=US))
    saturday, whole = MONDAY + timedelta(days=5), "aggregateBy: {date: RANGE}"

    plain = asked(market, last=saturday, more=whole)
    apart = asked(market, last=saturday, more=f"{whole} includeComponentsForFeeTypes: [FBA_FULFILLMENT_FEE]")

    [lamp] = [row for row in plain if row["sales"]["unitsOrdered"]]
    assert lamp["fnsku"].startswith("X0")
    assert charged(lamp)["FBAPerUnitFulfillmentFee"][0] > 0
    parts = [fee["charges"][0]["components"] for row in apart for fee in row["fees"]]
    assert [one for one in parts if one is not None] == [[{"name": "Base fulfillment fee"}]]
    assert sum(charged(row).get("FBAStorageFee", (0,))[0] for row in plain) == 1.2
    assert all("VineFee" not in charged(row) for row in plain)


def test_what_was_sold_of_late_is_expected_to_be_sold_again(market: TestMarket) -> None:
    for _ in range(3):
        order_id = market.buys(quantity=3)
        with market.market.write(market.seller_account.seller_id) as unit:
            leaves(unit, order_id)
    market.advance(days=10)
    today = date(2026, 11, 12)

    [row] = asked(
        market, "economicsPreview", first=today, last=today + timedelta(days=29), more="feeTypes: [REFERRAL_FEES]"
    )
    [other] = asked(
        market, "economicsPreview", first=today, last=today + timedelta(days=29), more="feeTypes: [CLOSING_FEES]"
    )

    assert (row["msku"], row["sales"]["unitsOrdered"]) == ("MUG-BLUE", 3)  # nine in ninety days
    assert charged(row) == {"Commission": (6.75, 3.0)}
    assert row["netProceeds"]["total"]["amount"] == 38.22
    assert other["fees"] == []
    with pytest.raises(InvalidInput) as refused:
        asked(
            market, "economicsPreview", first=today, last=today + timedelta(days=121), more="feeTypes: [CLOSING_FEES]"
        )
    assert "nor endDate after" in (refused.value.details or "")
    with pytest.raises(InvalidInput) as refused:
        asked(market, "economicsPreview", first=MONDAY, last=today, more="feeTypes: [CLOSING_FEES]")
    assert "must not be before today" in (refused.value.details or "")
