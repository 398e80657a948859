"""The control API on the market that every story starts from."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.endpoint import PREFIX, Control
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.caller import Reply


@pytest.fixture
def post(operator: Caller) -> Callable[[str, dict[str, object]], Reply]:
    """Post any JSON at all."""
    headers = {"Content-Type": "application/json"}
    return lambda path, said: operator.call("POST", path, headers=headers, body=msgspec.json.encode(said))


@pytest.fixture
def operator(market: TestMarket) -> Caller:
    """Somebody on the market's own machine; it has no control key."""
    return operator_of(market)


@pytest.fixture
def operators() -> Callable[[TestMarket], Caller]:
    """The same, for a market of one's own."""
    return operator_of


def operator_of(market: TestMarket) -> Caller:
    desk = Desk(market=market.market, journal=market.server.journal, health=market.server.health, limits=Limits.OFF)
    market.server.mount(PREFIX, Control(desk))
    return market.anybody()
