"""What a scenario says of bulk storage."""

from __future__ import annotations

import pytest
from distributor import Distributor

from sellingpartner.market.scenarios.checking import BadScenario, check
from sellingpartner.market.scenarios.model import Scenario, SellerPart, SkuPart
from sellingpartner.testing import TestMarket


def scenario(*, countries: tuple[str, ...] = ("US",), **said: int) -> Scenario:
    lamp = SkuPart(sku="LAMP", title="Lamp", type="LAMP", channel="amazon", stock=10, **said)  # type: ignore[arg-type] # its fields
    return Scenario(about="Lamps", sellers=(SellerPart(name="Glow", marketplaces=countries, skus=(lamp,)),))


def test_a_market_begins_with_units_in_bulk_storage_and_fills_fba_from_there() -> None:
    market = TestMarket(scenario=scenario(awd=200, awd_minimum=30, awd_maximum=50))
    seller = Distributor(market)

    market.advance(days=20)

    assert seller.fba("LAMP") == (0, 0, 0, 50)
    assert seller.levels("LAMP") == (0, 160, 0, 0)
    market.close()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (scenario(countries=("DE",), awd=10), r"sellers in the United States - at `\$.sellers\[0\].skus\[0\].awd`"),
        (scenario(awd_minimum=9, awd_maximum=5), "awd_minimum is more than awd_maximum"),
    ],
)
def test_what_cannot_be_is_named_with_its_place(said: Scenario, why: str) -> None:
    with pytest.raises(BadScenario, match=why):
        check(said)
