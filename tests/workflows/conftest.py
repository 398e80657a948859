"""A seller's program beside the market of the story: a client of either kind, and a carrier of the seller's own."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "client"))

from drivers import Drivers, Fulfill
from scripted import InProcess, credentials_in

from sellingpartner.client import AsyncSellingPartner, SellingPartner
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START
from sellingpartner.workflows import Report, fulfill_orders, fulfill_orders_async


@pytest.fixture
def drivers() -> Drivers:
    return Drivers()


@pytest.fixture(params=["sync", "async"])
def fulfill(request: pytest.FixtureRequest, market: TestMarket) -> Fulfill:
    """Fulfills with either kind of client."""
    credentials = credentials_in(market)

    def with_sync(ship: Any, **fields: Any) -> Report:  # noqa: ANN401 - FulfillFields
        fields.setdefault("since", START)
        http = httpx2.Client(transport=httpx2.WSGITransport(market.server))
        return fulfill_orders(SellingPartner(credentials, marketplace="US", http=http), ship, **fields)

    def with_async(ship: Any, **fields: Any) -> Report:  # noqa: ANN401 - FulfillFields
        fields.setdefault("since", START)
        http = httpx2.AsyncClient(transport=InProcess(market.server))
        return asyncio.run(
            fulfill_orders_async(AsyncSellingPartner(credentials, marketplace="US", http=http), ship, **fields)
        )

    return with_sync if request.param == "sync" else with_async
