"""Whatever happens in Amazon's network: no unit is in two places, and none is nowhere."""

from __future__ import annotations

import pytest
from busy_warehouse import BusyWarehouse

from sellingpartner.testing import TestMarket
from soak import examples


@pytest.mark.parametrize("seed", range(examples(2)))
def test_units_that_come_and_go_by_every_way_add_up_at_any_time(market: TestMarket, seed: int) -> None:
    network = BusyWarehouse(market, seed)

    for _ in range(6):
        network.lives(8)
        assert network.faults() == []

    market.advance(days=70)
    assert network.faults() == []
    done = {name for name in network.happened if not name.endswith(": refused")}
    assert len(done) >= 5, network.happened
    assert market.market.failures() == []
