"""One odd value at a time, wherever an operation has room for one, in a request that is right otherwise: never a 500.

The values are those that have broken somebody: more than 64 bits, 5,000 digits, no number at all, the ends of the
calendar, NUL, half a surrogate pair, brackets without end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from random import Random
from typing import Any, NamedTuple, TypeVar

import pytest
from odd_values import ODD_JSON, ODD_TEXTS
from right_requests import RightRequest

from sellingpartner.contract import registry
from sellingpartner.contract.operation import Request
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.regulated import RegulatedField
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.endpoint import PREFIX, Control, _operations
from sellingpartner.server.gateway.handlers import handled
from sellingpartner.server.gateway.throttle import Limits
from sellingpartner.testing import Caller, Reply, TestMarket
from soak import TIMES

Value = TypeVar("Value")

EACH = 3 if TIMES == 1 else 1000
"""How many of the values are tried in each place: others in each, so that a run meets every one of them often."""

OPERATIONS: list[type[Request[Any]]] = [
    *(registry.load(entry) for entry in registry.operations() if entry.key in handled()),
    *(one.decoder.request for one in _operations()),
]
_FIELD = RegulatedField(field_id="pet-name", label="Pet's name", value="Rex")
_ORDERS: dict[str, dict[str, Any]] = {
    "regulatedInfo": {"sku": "FLEA-DROPS", "regulated_fields": (_FIELD,)},
    "shipment": {"is_store_pickup": True},
    "payment": {"paid": False},
}
"""What an order must be for an operation to be done, by the end of its path."""


class World(NamedTuple):
    """A market that can be driven, with orders to be changed."""

    market: TestMarket
    operator: Caller

    def caller(self, request: type[Request[Any]]) -> Caller:
        operation = request.operation
        if operation.path.startswith(PREFIX):
            return self.operator
        if operation.restricted is None:
            return self.market.seller
        return self.market.restricted(operation.path, *operation.restricted.elements, method=operation.method)

    def _sku(self, request: type[Request[Any]]) -> str:
        """A listing; what is taken down was listed for that alone, so that the operations after it find theirs."""
        if request.operation.method != "DELETE":
            return "MUG-RED"
        return self.market.lists(f"{request.__name__}-{request.__module__[-12:]}").sku

    def known(self, request: type[Request[Any]]) -> dict[str, object]:
        """What is right in a request: of a new order, since the last one may have been changed."""
        market = self.market
        last = request.operation.path.rpartition("/")[2]
        more: dict[str, Any] = _ORDERS.get(last, {})
        order_id = market.buys(**more)
        with market.market.read(market.seller_account.seller_id) as unit:
            (item,) = order_of(unit, order_id).items
        mine: dict[str, object] = dict.fromkeys(
            ("marketplaceId", "MarketplaceId", "marketplace_id"), market.marketplace_id
        )
        return mine | {
            "orderId": order_id,
            "orderItemId": item.order_item_id,
            "sellerId": market.seller_account.seller_id,
            "applicationId": market.application.application_id,
            "CreatedAfter": "2026-11-01T00:00:00Z",
            "sku": self._sku(request),
            "email": f"{order_id}@harbor.example",
            "by": "PT1S",
            "interval": "2026-11-01T00:00:00Z--2026-11-02T00:00:00Z",
            "granularity": "Hour",
            "path": f"/orders/v0/orders/{order_id}",
            "dataElement": "buyerInfo",
            "queue": "arn:aws:sqs:us-east-1:123456789012:secrets",
            "withdraw": SCOPES[-1],
            "status": "Approved" if "regulated_fields" in more else "draft",
            "externalReviewerId": "7",
            "grantId": f"{market.seller_account.seller_id}-1",
            "redirectUri": "https://desk.example/",
            "productType": "MUG",
            "countryCode": "US",
            "shipmentStatus": "ReadyForPickup",
        }


@pytest.fixture(scope="module", params=["memory"] if TIMES == 1 else ["memory", "postgresql"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    market = TestMarket("sqlite://" if request.param == "memory" else request.getfixturevalue("kept_postgres_url"))
    desk = Desk(market=market.market, journal=market.server.journal, health=market.server.health, limits=Limits.OFF)
    market.server.mount(PREFIX, Control(desk))
    with market.market.write(market.seller_account.seller_id) as unit:
        for sku in ("MUG-BLUE", "MUG-RED", "FLEA-DROPS"):
            receive(unit, sku, Place.SELLER, 10**6, reference="much")
    yield World(market, market.anybody())
    market.close()


@pytest.mark.parametrize("request_class", OPERATIONS, ids=lambda kind: f"{kind.__module__[24:]}.{kind.__name__}")
def test_no_value_is_too_odd_anywhere(world: World, request_class: type[Request[Any]]) -> None:
    luck = Random(request_class.__name__)
    calls = _Calls(world, request_class)
    names = (*calls.right.path_names, *calls.right.query_names)
    odd_texts = ((name, odd) for name in names for odd in _some(luck, ODD_TEXTS))
    odd_bodies = ((way, odd) for way in calls.right.ways for odd in _some(luck, ODD_JSON))
    for reply in chain((calls.parameter(*one) for one in odd_texts), (calls.body(*one) for one in odd_bodies)):
        assert reply.status < 500, reply
        assert reply.body.isascii()

    world.market.server.journal.flush()


class _Calls:
    """Calls of one operation."""

    def __init__(self, world: World, request: type[Request[Any]]) -> None:
        self._world = world
        self._request = request
        self._changes = request.operation.method != "GET" and "{orderId}" in request.operation.path
        self.right = RightRequest(request, world.known(request))

    def parameter(self, name: str, odd: str) -> Reply:
        return self._send(self.right.target(name, odd), self.right.body())

    def body(self, way: tuple[str, ...], odd: bytes) -> Reply:
        return self._send(self.right.target(), self.right.body(way, odd))

    def _send(self, target: str, body: bytes) -> Reply:
        headers = {"Content-Type": "application/json"} if body else {}
        method = self._request.operation.method
        reply = self._world.caller(self._request).call(method, target, headers=headers, body=body)
        if self._changes and reply.status < 300:
            self.right = RightRequest(self._request, self._world.known(self._request))
        return reply


def _some(luck: Random, values: Sequence[Value]) -> Sequence[Value]:
    return luck.sample(values, min(EACH, len(values)))
