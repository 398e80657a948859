"""What every story starts from: a market of its own on a frozen clock, and a seller in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sellingpartner.testing import Caller, TestMarket


@pytest.fixture
def market() -> Iterator[TestMarket]:
    made = TestMarket()
    yield made
    made.close()


@pytest.fixture
def seller(market: TestMarket) -> Caller:
    return market.seller
