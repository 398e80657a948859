"""Filter expressions: what is taken, what is refused, and which events they let through."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from sellingpartner.contract.notifications.account_status_changed import AccountStatus, AccountStatusChangeNotification
from sellingpartner.market.amounts import Money
from sellingpartner.market.notifications.expressions import NoExpression, check_expression, is_true_of
from sellingpartner.market.offers.commands import reprice
from sellingpartner.testing import TestMarket

ORDER = "OrderChangeNotification"
LONGEST = 256


def nested(depth: int, variable: str = "abcdefghij") -> str:
    """As many loops in each other as fit."""
    found = "true"
    for name in variable[:depth]:
        found = f"[1,1,1,1,1,1,1,1].all({name},{found})"
    return found


@pytest.mark.parametrize(
    "expression",
    [
        f"{ORDER}.Summary.OrderStatus == 'Unshipped'",
        f"!({ORDER}.Summary.OrderStatus in ['Pending', 'Canceled']) && true || false",
        f"{ORDER}.Summary.OrderItems.exists_one(one, one.Quantity >= 2)",
        f"has({ORDER}.Summary.DestinationPostalCode) ? {ORDER}.OrderChangeType != 'a+b' : false",
        f"{ORDER}.Summary.OrderItems.all(one, one.Quantity > -1) // whatever + is said",
        "1e+3 > 2.0",
    ],
)
def test_what_amazon_takes_is_taken(expression: str) -> None:
    check_expression("ORDER_CHANGE", "1.0", expression)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("1 + 1 == 2", "the operator + is not supported"),
        (f"{ORDER}.Summary.Count - 1 > 0", "the operator - is not supported"),
        (f"{ORDER}.Summary.Count * 2 > 0", "the operator * is not supported"),
        (f"{ORDER}.Summary.Count / 2 > 0", "the operator / is not supported"),
        (f"{ORDER}.Summary.Count % 2 == 0", "the operator % is not supported"),
        (f"{ORDER}.Summary.OrderItems[0].Quantity > 1", "the operator [] is not supported"),
        ("Summary.OrderStatus == 'Shipped'", "Summary.OrderStatus is nothing that the payload has"),
        (f"{ORDER}.OrderChangeType == OrderStatusChange", "OrderStatusChange is nothing that the payload has"),
        (f"{ORDER}.Summary.OrderStatus ==", "column 47: Syntax error"),
        ("'Shipped'", "it is not true or false"),
        ("(" * 100 + "true" + ")" * 100, "it nests too deep"),
    ],
)
def test_what_amazon_does_not_take_is_refused(expression: str, said: str) -> None:
    with pytest.raises(NoExpression, match=re.escape(said)):
        check_expression("ORDER_CHANGE", "1.0", expression)


def test_an_expression_that_would_loop_for_hours_is_not_true() -> None:
    expression = nested(10)
    assert len(expression) <= LONGEST
    check_expression("ACCOUNT_STATUS_CHANGED", "2021-01-01", expression)
    content = AccountStatusChangeNotification(
        previous_account_status=AccountStatus.NORMAL, current_account_status=AccountStatus.AT_RISK
    )

    assert not is_true_of(expression, "ACCOUNT_STATUS_CHANGED", "2021-01-01", content)
    assert is_true_of(nested(1), "ACCOUNT_STATUS_CHANGED", "2021-01-01", content)


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        (f"{ORDER}.Summary.OrderStatus == 'Unshipped'", ["Unshipped"]),
        (f"{ORDER}.Summary.OrderItems.exists(one, one.SellerSKU == 'MUG-BLUE')", ["Pending", "Unshipped"]),
        (f"{ORDER}.Summary.OrderItems.exists(one, one.Quantity > 2)", []),
        (f"{ORDER}.Summary.Nonsense == 1 || {ORDER}.Summary.OrderStatus > 1", []),
    ],
)
def test_only_what_an_expression_is_true_of_is_told(market: TestMarket, expression: str, told: list[str]) -> None:
    market.subscribe("ORDER_CHANGE", filter_expression=expression)

    market.buys("MUG-BLUE", quantity=2)

    found = [one.payload.summary.order_status for one in market.notifications("ORDER_CHANGE")]
    assert found == told


def test_amounts_are_numbers_to_an_expression(market: TestMarket) -> None:
    rival = market.competes(1450)
    root = "AnyOfferChangedNotification"
    cheap = f"{root}.Summary.LowestPrices.exists(one, one.ListingPrice.Amount <= 14.2)"
    market.subscribe("ANY_OFFER_CHANGED", filter_expression=cheap)

    for cents in (1430, 1420, 1450):
        with market.market.write() as unit:
            reprice(unit, rival, Money(cents, "USD"))

    [told] = market.notifications("ANY_OFFER_CHANGED")
    assert min(one.listing_price.amount for one in told.payload.summary.lowest_prices) == Decimal("14.2")
