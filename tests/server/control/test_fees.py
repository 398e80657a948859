from __future__ import annotations

from decimal import Decimal

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.testing import Caller


def test_a_fee_is_what_is_charged_of_a_price(operator: Caller) -> None:
    found = operator.send(v1.EstimateFees(sku="MUG-BLUE", price=Decimal("0.10")))

    assert [(fee.type, fee.final.amount) for fee in found.fees if fee.type == "ReferralFee"] == [
        ("ReferralFee", "0.30")
    ]
    assert (found.total.amount, found.proceeds.amount, found.category) == ("0.30", "-0.20", "kitchen")


@pytest.mark.parametrize("wanted", [v1.EstimateFees(), v1.EstimateFees(sku="MUG-BLUE", asin="B000000000")])
def test_a_product_is_named_one_way(operator: Caller, wanted: v1.EstimateFees) -> None:
    with pytest.raises(InvalidInput, match="either a sku or an asin"):
        operator.send(wanted)
