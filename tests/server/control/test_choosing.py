from __future__ import annotations

from random import Random

import pytest

from sellingpartner.server.control.buying.choosing import sku_between, some_sku
from sellingpartner.testing import TestMarket

US = "ATVPDKIKX0DER"


@pytest.mark.parametrize(
    ("first", "last"), [("DEMO-0001", "DEMO-1000"), ("A", "zz"), ("one", "one"), ("a-10", "a-9"), ("MUG", "MUG-BLUE")]
)
def test_what_is_drawn_lies_between_the_first_and_the_last(first: str, last: str) -> None:
    assert all(first <= sku_between(first, last, Random(seed)) <= last for seed in range(50))


def test_every_part_of_what_a_seller_has_may_be_met() -> None:
    drawn = {sku_between("DEMO-0001", "DEMO-0999", Random(seed)) for seed in range(100)}

    assert {sku[:6] for sku in drawn} == {"DEMO-0"}
    assert {sku[6] for sku in drawn} == set("0123456789")


def test_wherever_it_begins_what_can_be_ordered_is_found(market: TestMarket) -> None:
    with market.market.read(market.seller_account.seller_id) as unit:
        found = {some_sku(unit, US, Random(seed)) for seed in range(30)}
        again = some_sku(unit, US, Random(7))

        assert again == some_sku(unit, US, Random(7))
    assert len(found) > 1
