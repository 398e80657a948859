from __future__ import annotations

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.testing import Caller

US, CA, DE = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2", "A1PA6795UKMFR9"


def test_a_seller_joins_in_marketplaces_of_one_region(operator: Caller) -> None:
    made = operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=[US, CA]))

    assert (made.name, made.region, sorted(made.marketplace_ids)) == ("Lakeside", "NA", sorted([US, CA]))
    assert {one.name for one in operator.send(v1.ListSellers()).sellers} == {"Harbor Goods", "Lakeside"}


@pytest.mark.parametrize(
    ("marketplace_ids", "why"),
    [([US, DE], "is in one region"), (["NOWHERE"], "NOWHERE"), ([], "marketplaceIds")],
)
def test_a_seller_that_cannot_be_does_not_join(operator: Caller, marketplace_ids: list[str], why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        operator.send(v1.CreateSeller(name="Lakeside", marketplace_ids=marketplace_ids))

    assert [one.name for one in operator.send(v1.ListSellers()).sellers] == ["Harbor Goods"]
