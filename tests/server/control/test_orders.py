from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound, SellingPartnerError
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.events.orders import OrderCanceled, OrderPaid, OrderPlaced
from sellingpartner.market.orders.questions import order_of
from sellingpartner.testing import Caller, TestMarket

US, DE = "ATVPDKIKX0DER", "A1PA6795UKMFR9"
MUG = v1.OrderLine(sku="MUG-BLUE", quantity=2)


def test_a_buyer_orders_what_is_said(market: TestMarket, operator: Caller) -> None:
    placed = operator.send(
        v1.PlaceOrder(
            lines=[MUG],
            buyer=v1.OrderBuyer(name="Ada Byron"),
            ship_to=v1.OrderAddress(address_line1="1 Main St", city="Salem", state_or_region="OR", postal_code="97301"),
            service_level=v1.ServiceLevel.EXPEDITED,
            is_prime=True,
        )
    )

    assert (placed.status, placed.marketplace_id, placed.placed_at) == ("Unshipped", US, market.now)
    assert placed.lines == [v1.PlacedLine(sku="MUG-BLUE", quantity=2)]
    assert [fact.order_id for fact in market.facts(OrderPlaced)] == [placed.order_id]
    with market.market.read(placed.seller_id) as unit:
        order = order_of(unit, placed.order_id)
    assert (order.buyer.name, order.address.name, order.address.line_1) == ("Ada Byron", "Ada Byron", "1 Main St")
    assert (order.address.city, order.address.line_2, order.address.country_code) == ("Salem", None, "US")
    assert (order.service.value, order.is_prime, str(order.total)) == ("Expedited", True, placed.total.amount)


def test_an_order_of_every_form_is_placed_by_hand(market: TestMarket, operator: Caller) -> None:
    first = operator.send(v1.PlaceOrder(lines=[MUG]))
    line = v1.OrderLine(
        sku="MUG-BLUE",
        shipping=Decimal("4.99"),
        shipping_discount=Decimal("0.99"),
        discount=Decimal(2),
        promotion_ids=["SPRING"],
        gift_wrap=Decimal("3.50"),
        gift_wrap_level="Classic",
        gift_message="For Ada",
        cod_fee=Decimal("3.30"),
        has_business_price=True,
    )
    oregon = v1.OrderAddress(state_or_region="OR")
    buyer = v1.OrderBuyer(name="Ada Finch", company_name="Finch & Sons", purchase_order_number="PO-77")

    placed = operator.send(
        v1.PlaceOrder(
            lines=[line],
            buyer=buyer,
            ship_to=v1.OrderAddress(state_or_region="OR"),
            payment_method=v1.PaymentMethod.CASH_ON_DELIVERY,
            is_premium=True,
            is_access_point=True,
        )
    )
    again = operator.send(v1.PlaceOrder(lines=[MUG], replaces_order_id=first.order_id))
    later = operator.send(v1.PlaceOrder(lines=[MUG], ship_to=oregon, available_at=market.now + timedelta(days=9)))

    assert placed.total.amount == "23.79"
    with market.market.read(placed.seller_id) as unit:
        order, free = order_of(unit, placed.order_id), order_of(unit, again.order_id)
    assert (order.is_business, order.is_premium, order.is_access_point) == (True, True, True)
    assert (order.payment_method, order.buyer.company_name) == ("COD", "Finch & Sons")
    assert order.buyer.purchase_order_number == "PO-77"
    assert (free.replaces_order_id, free.total.minor) == (first.order_id, 0)
    assert (later.status, later.total.amount) == ("PendingAvailability", "29.98")


def test_business_buyers_show_their_tax_number_and_points_are_granted_in_japan(
    operators: Callable[[TestMarket], Caller],
) -> None:
    shown = {}
    for country in ("BR", "TR", "JP"):
        shop = TestMarket(marketplaces=[BY_COUNTRY[country].marketplace_id])
        points = 12 if country == "JP" else 0
        placed = operators(shop).send(
            v1.PlaceOrder(
                lines=[v1.OrderLine(sku="MUG-BLUE", points=points)],
                buyer=v1.OrderBuyer(company_name="Finch", tax_id="4711"),
            )
        )
        path = f"/orders/2026-01-01/orders/{placed.order_id}?includedData=TAX,EXPENSE"
        shown[country] = shop.seller.call("GET", path).json()["order"]
        shop.close()

    numbers = {
        country: [one["taxRegistrationNumber"] for one in order.get("tax", {}).get("taxRegistrations", [])]
        for country, order in shown.items()
    }
    assert numbers == {"BR": ["4711", "00.000.000/0001-91"], "TR": ["4711"], "JP": []}
    assert shown["JP"]["orderItems"][0]["expense"]["pointsCost"]["pointsGranted"] == {
        "pointsNumber": 12,
        "pointsMonetaryValue": {"amount": "12", "currencyCode": "JPY"},
    }


def test_an_order_is_shown_and_says_that_it_is_late(market: TestMarket, operator: Caller) -> None:
    placed = operator.send(v1.PlaceOrder(lines=[MUG]))
    assert operator.send(v1.ShowOrder(order_id=placed.order_id)) == placed

    market.advance(days=4)

    assert operator.send(v1.ShowOrder(order_id=placed.order_id)).is_late
    with pytest.raises(NotFound):
        operator.send(v1.ShowOrder(order_id="111-0000000-0000000"))


def test_an_empty_body_is_an_order_of_something_in_stock(market: TestMarket, operator: Caller) -> None:
    reply = operator.call("POST", "/market/v1/orders")

    assert reply.status == 201
    assert [line["quantity"] for line in reply.json()["lines"]] == [1]
    assert len(market.facts(OrderPaid)) == 1


def test_an_unpaid_order_waits_until_it_is_paid(market: TestMarket, operator: Caller) -> None:
    placed = operator.send(v1.PlaceOrder(lines=[MUG], paid=False))
    assert (placed.status, market.facts(OrderPaid)) == ("Pending", [])

    paid = operator.send(v1.PayOrder(order_id=placed.order_id))

    assert (paid.order_id, paid.status) == (placed.order_id, "Unshipped")
    with pytest.raises(InvalidInput):
        operator.send(v1.PayOrder(order_id=placed.order_id))


def test_a_buyer_cancels_or_only_asks(market: TestMarket, operator: Caller) -> None:
    asked = operator.send(v1.PlaceOrder(lines=[MUG]))
    canceled = operator.send(v1.PlaceOrder(lines=[MUG]))

    still = operator.send(v1.CancelOrder(order_id=asked.order_id, reason="Too late", is_request=True))
    gone = operator.send(v1.CancelOrder(order_id=canceled.order_id, reason="Found it"))

    assert (still.status, gone.status) == ("Unshipped", "Canceled")
    assert [(fact.order_id, fact.reason) for fact in market.facts(OrderCanceled)] == [(canceled.order_id, "Found it")]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"lines": [v1.OrderLine(sku="NONE")]}, "NONE"),
        ({"lines": [v1.OrderLine(sku="MUG-BLUE", quantity=100_000)]}, "MUG-BLUE"),
        ({"lines": [MUG, MUG]}, "Each SKU stands once"),
        ({"marketplace_id": DE}, "does not sell in marketplace"),
        ({"lines": [MUG], "ship_to": v1.OrderAddress(country_code="AQ")}, "no addresses in AQ"),
        ({"lines": [v1.OrderLine(sku="MUG-BLUE", quantity=0)]}, "quantity"),
        ({"seller_id": "NOBODY"}, "no seller NOBODY"),
        ({"lines": [v1.OrderLine(sku="MUG-BLUE", points=1)]}, "Japan only"),
        ({"lines": [v1.OrderLine(sku="MUG-BLUE", shipping=Decimal("1.999"))]}, "2 decimal places at most"),
        ({"lines": [v1.OrderLine(sku="MUG-BLUE", discount=Decimal(99))]}, "a discount not more than the price"),
        ({"lines": [MUG], "replaces_order_id": "111-0000000-0000000"}, "There is no order 111-0000000-0000000"),
        ({"lines": [MUG], "available_at": datetime(2026, 1, 1, tzinfo=UTC)}, "must lie after the market's time"),
    ],
)
def test_an_order_that_cannot_be_is_not_placed(
    market: TestMarket, operator: Caller, said: dict[str, Any], why: str
) -> None:
    with pytest.raises(SellingPartnerError, match=why):
        operator.send(v1.PlaceOrder(**said))

    assert market.facts(OrderPlaced) == []


def test_orders_go_to_the_seller_that_is_named(market: TestMarket, operator: Caller) -> None:
    other = operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=[DE]))

    with pytest.raises(InvalidInput, match=f"Seller {other.seller_id} has nothing in stock"):
        operator.send(v1.PlaceOrder(seller_id=other.seller_id))


@pytest.mark.parametrize("order_id", ["111-0000000-0000000", "nonsense"])
def test_an_order_that_nobody_placed_cannot_be_paid_or_canceled(operator: Caller, order_id: str) -> None:
    with pytest.raises(NotFound, match=f"no order {order_id}"):
        operator.send(v1.PayOrder(order_id=order_id))
    with pytest.raises(NotFound, match=f"no order {order_id}"):
        operator.send(v1.CancelOrder(order_id=order_id))


def test_a_payment_that_clears_later_clears_by_itself(market: TestMarket, operator: Caller) -> None:
    placed = operator.send(v1.PlaceOrder(lines=[MUG], pays_after_minutes=10))
    assert placed.status == "Pending"

    market.advance(minutes=9)
    assert market.facts(OrderPaid) == []
    market.advance(minutes=1)

    assert [fact.order_id for fact in market.facts(OrderPaid)] == [placed.order_id]


def test_a_field_that_does_not_exist_is_refused_and_nothing_is_ordered(market: TestMarket, operator: Caller) -> None:
    reply = operator.call(
        "POST", "/market/v1/orders", headers={"Content-Type": "application/json"}, body=b'{"sku": "MUG-BLUE"}'
    )

    assert reply.status == 400
    assert "sku" in reply.json()["errors"][0]["message"]
    assert market.facts(OrderPlaced) == []
