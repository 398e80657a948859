"""What every story starts from: a market of its own on a frozen clock, and a seller in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

import pytest
import structlog

from sellingpartner.testing import Caller, TestMarket


def _say_nothing(*_: object) -> NoReturn:
    raise structlog.DropEvent


structlog.configure(processors=[_say_nothing])  # a test that wants the log's lines takes structlog.testing.capture_logs


@pytest.fixture
def market() -> Iterator[TestMarket]:
    made = TestMarket()
    yield made
    made.close()


@pytest.fixture
def seller(market: TestMarket) -> Caller:
    return market.seller
