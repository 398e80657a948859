"""Whatever happens to units in AWD: none is in two places, none is nowhere, and each fee has its reason."""

from __future__ import annotations

import pytest
from busy_distributor import BusyDistributor

from sellingpartner.testing import TestMarket
from soak import examples


@pytest.mark.parametrize("seed", range(examples(2)))
def test_units_are_in_one_place_whatever_happens(market: TestMarket, seed: int) -> None:
    seller = BusyDistributor(market, seed)

    for _ in range(12):
        seller.lives(5)
        assert seller.faults() == []

    market.advance(days=60)
    assert seller.faults() == []
    assert set(seller.happened) >= {"sends", "refills", "refused"}
