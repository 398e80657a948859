from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.orders.items import OrderItem

PARTS = [name for name in LineAmounts.__struct_fields__ if name != "tax_included"]


def item_of(quantity: int, **amounts: Any) -> OrderItem:  # noqa: ANN401 - fields of LineAmounts
    return OrderItem(
        order_item_id="1", sku="A", asin="B000000001", title="A", quantity=quantity, amounts=LineAmounts(**amounts)
    )


def test_what_one_of_three_units_costs_is_a_third_to_the_nearest_cent() -> None:
    item = item_of(3, price=1000, tax=85)

    assert [item.ship(1).amounts for _ in range(3)] == [
        LineAmounts(price=333, tax=28),
        LineAmounts(price=334, tax=29),
        LineAmounts(price=333, tax=28),
    ]


@given(
    amounts=st.fixed_dictionaries({name: st.integers(0, 10**7) for name in PARTS}),
    cuts=st.lists(st.integers(1, 12), min_size=1, max_size=8),
)
def test_the_amounts_of_the_parts_sum_to_the_whole(amounts: dict[str, int], cuts: list[int]) -> None:
    item = item_of(sum(cuts), **amounts)

    shipped = [item.ship(units).amounts for units in cuts]

    assert {name: sum(getattr(part, name) for part in shipped) for name in PARTS} == amounts


@given(price=st.integers(0, 10**6), quantity=st.integers(1, 20), canceled=st.integers(0, 20))
def test_what_ships_and_what_is_canceled_sum_to_the_whole(price: int, quantity: int, canceled: int) -> None:
    item = item_of(quantity, price=price)
    gone = item.cancel(min(canceled, quantity)).amounts.price

    kept = item.ship(item.unshipped).amounts.price

    assert gone + kept == price
    assert item.held_amounts.price == kept


def test_units_that_come_back_cost_what_they_cost_when_they_left() -> None:
    item = item_of(3, price=1000)
    item.ship(2)

    back = item.ship(-1)

    assert (back.quantity, back.amounts.price, item.shipped) == (-1, -334, 1)


def test_tax_comes_on_top_where_prices_do_not_include_it() -> None:
    amounts: dict[str, Any] = {
        "price": 1000,
        "tax": 100,
        "shipping": 500,
        "shipping_tax": 50,
        "promotion_discount": 200,
    }

    assert LineAmounts(**amounts, promotion_discount_tax=20).total == 1430
    assert LineAmounts(**amounts, promotion_discount_tax=20, tax_included=True).total == 1300
