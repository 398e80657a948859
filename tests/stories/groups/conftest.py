"""What the story of a group begins with: a market in memory, and this package's client for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from model_reader import ModelReader
from odd_sequel import OddSequel

from sellingpartner import SellingPartner
from sellingpartner.client.throttle import Unthrottled
from sellingpartner.testing import TestMarket


@pytest.fixture
def market() -> Iterator[TestMarket]:
    made = TestMarket()
    yield made
    made.close()


@pytest.fixture
def client(market: TestMarket) -> Iterator[SellingPartner]:
    """The seller's own, who may see whom it sells to; no usage plan holds it up."""
    everything = ("buyerInfo", "shippingAddress", "buyerTaxInformation")
    with market.seller.client(throttle=Unthrottled(), personal_data=everything) as made:
        yield made


@pytest.fixture(autouse=True)
def _nothing_of_it_is_too_odd(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """When a story is told, all that it sent is sent once more with one odd value: no call may break."""
    sequel = OddSequel(market, monkeypatch)
    yield
    assert sequel.tell() == []


@pytest.fixture(autouse=True)
def _all_is_as_published(
    market: TestMarket, monkeypatch: pytest.MonkeyPatch, _nothing_of_it_is_too_odd: None
) -> Iterator[None]:
    """What a story was told is as Amazon's models have it, where they are at hand."""
    reader = ModelReader(market, monkeypatch)
    yield
    assert reader.tell() == []
