from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.orders.identifiers import is_order_id, order_id_of, order_item_id_of, relay_address


@given(seed=st.integers(0, 2**32), country=st.sampled_from(["US", "DE", "JP", "PL", "BR"]))
def test_a_thousand_orders_have_a_thousand_ids_of_the_right_form(seed: int, country: str) -> None:
    ids = {order_id_of(seed, "A1", number, country) for number in range(1, 1001)}

    assert len(ids) == 1000
    assert all(is_order_id(order_id) for order_id in ids)


def test_no_two_lines_share_an_item_id() -> None:
    ids = {order_item_id_of(1, "A1", number, line) for number in range(200) for line in range(100)}

    assert len(ids) == 20_000
    assert {len(item_id) for item_id in ids} == {14}


def test_an_order_id_begins_as_its_country_has_it() -> None:
    assert {order_id_of(1, "A1", number, "US")[:3] for number in range(100)} == {"111", "112", "113", "114"}
    assert {order_id_of(1, "A1", number, "CA")[:3] for number in range(100)} == {"701", "702"}


def test_the_same_seed_gives_the_same_ids_and_another_one_others() -> None:
    assert order_id_of(1, "A1", 7, "US") == order_id_of(1, "A1", 7, "US")
    assert order_id_of(1, "A1", 7, "US") != order_id_of(2, "A1", 7, "US")


def test_a_relay_address_hides_the_buyer_and_is_always_the_same() -> None:
    address = relay_address(1, "Ada Finch/97205", "www.amazon.co.uk")

    assert address == relay_address(1, "Ada Finch/97205", "www.amazon.co.uk")
    assert address.endswith("@marketplace.amazon.co.uk")
    assert "ada" not in address.split("@")[0]


def test_what_has_not_three_seven_and_seven_digits_is_no_order_id() -> None:
    assert not is_order_id("902-3159896-139091")
    assert not is_order_id("902-3159896-13909166")
    assert not is_order_id("902-3159896-139091\u0663")
    assert not is_order_id("902-3159896-1390916\n")
