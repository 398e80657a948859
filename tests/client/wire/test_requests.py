from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sellingpartner.client.wire import encode
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.feeds_2021_06_30 import CreateFeed
from sellingpartner.contract.operation import Request
from sellingpartner.contract.orders_v0 import GetOrder, GetOrders
from sellingpartner.contract.product_fees_v0 import GetMyFeesEstimates

NOON = datetime(2026, 11, 2, 12, 0)  # noqa: DTZ001 - the zone that is missing is the point
HALF = "half \ud800 a letter"
LIST: list[Any] = []
for _ in range(10_000):
    LIST = [LIST]


def orders(**more: Any) -> GetOrders:  # noqa: ANN401 - values of any type are the point
    return GetOrders(**{"marketplace_ids": ["ATVPDKIKX0DER"]} | more)


def feed(**more: Any) -> CreateFeed:  # noqa: ANN401
    given: dict[str, Any] = {"feed_type": "X", "marketplace_ids": ["ATVPDKIKX0DER"], "input_feed_document_id": "d"}
    return CreateFeed(**given | more)


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (GetOrder(order_id=HALF), r"order_id cannot be sent: '\\ud800' at position 5 is half a letter."),
        (orders(marketplace_ids=["x", HALF]), "marketplace_ids cannot be sent: .*half a letter"),
        (feed(feed_type=HALF), "feed_type cannot be sent: .*half a letter"),
        (feed(feed_options={"x": HALF}), "feed_options cannot be sent: .*half a letter"),
        (feed(feed_options={"x": object()}), "feed_options cannot be sent: .*type object"),
        (feed(feed_options=LIST), "feed_options cannot be sent: .*recursion"),
        (GetMyFeesEstimates(body=LIST), "body cannot be sent: .*recursion"),
        (orders(created_after=NOON), "created_after has no time zone"),
        (feed(feed_type=NOON), "feed_type has no time zone"),
        (GetOrder(order_id=""), "order_id cannot be sent: '' would lead to another address"),
        (GetOrder(order_id=".."), "order_id cannot be sent: '..' would lead to another address"),
    ],
)
def test_what_cannot_be_said_names_its_field(request_: Request[Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        encode(request_)


def test_a_moment_is_sent_in_utc() -> None:
    moment = datetime.fromisoformat("2026-11-02T12:00:00+02:00")

    assert "CreatedAfter=2026-11-02T10%3A00%3A00Z" in encode(orders(created_after=moment)).query


def test_text_is_sent_as_it_was_written() -> None:
    assert "CreatedAfter=2026-11-02T12%3A00%3A00" in encode(orders(created_after="2026-11-02T12:00:00")).query


def test_a_moment_before_all_time_is_refused() -> None:
    moment = datetime.fromisoformat("0001-01-01T00:00:00+14:00")

    with pytest.raises(InvalidInput, match="created_after cannot be sent"):
        encode(orders(created_after=moment))
