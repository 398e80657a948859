"""An application with a queue, and a courier whose post office is a list."""

from __future__ import annotations

import pytest
from post_office import ByHand

from sellingpartner.market.notifications.commands import register_queue
from sellingpartner.market.notifications.model import Delivery
from sellingpartner.market.notifications.questions import deliveries_of
from sellingpartner.server.process.carriers.outcome import NotSent
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import TestMarket

QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/harbor-secrets"


class Post:
    """Where messages arrive, or do not."""

    def __init__(self, market: TestMarket) -> None:
        self.market = market
        self.arrived: list[tuple[str, str]] = []
        self.is_closed = False
        self.courier = Courier(market.market, ByHand(self.take))

    def take(self, address: str, body: str) -> None:
        if self.is_closed:
            raise NotSent("The post office is closed.")
        self.arrived.append((address, body))

    @property
    def deliveries(self) -> list[Delivery]:
        with self.market.market.read() as unit:
            return deliveries_of(unit, self.market.application.application_id)


@pytest.fixture
def post(market: TestMarket) -> Post:
    with market.market.write() as unit:
        register_queue(unit, market.application.application_id, QUEUE)
    return Post(market)
