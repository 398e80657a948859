"""Uses: what an application has used of what it was given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sellingpartner.contract.orders_v0 import GetOrders
from sellingpartner.contract.scopes import FINANCE, ORDERS
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations
from sellingpartner.market.accounts.calls import Call
from sellingpartner.market.accounts.uses import OperationUse, ScopeUse, operation_uses, record_uses, scope_uses
from sellingpartner.market.market import Market
from sellingpartner.testing import TestMarket

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def call(
    minutes: int = 0, operation: str = "getOrders", scope: str = ORDERS, status: int = 200, code: str = ""
) -> Call:
    return Call(
        at=NOON + timedelta(minutes=minutes),
        request_id="r",
        method="GET",
        path="/",
        operation=operation,
        api="orders v0",
        scope=scope,
        application_id="app",
        seller_id="A1",
        status=status,
        code=code,
    )


@pytest.fixture
def empty(database_url: str) -> Iterator[Market]:
    made = Market.open(database_url)
    yield made
    made.close()


def record(market: Market, *calls: Call) -> None:
    with market.write() as unit:
        record_uses(unit, calls)


def test_calls_add_up(empty: Market) -> None:
    record(empty, call(0), call(1, "getOrder"), call(2))
    record(empty, call(3, status=404, code="NotFound"))

    with empty.read() as unit:
        assert scope_uses(unit) == [
            ScopeUse(
                seller_id="A1",
                application_id="app",
                scope=ORDERS,
                first_used_at=NOON,
                last_used_at=NOON + timedelta(minutes=3),
                calls=4,
            )
        ]
        assert operation_uses(unit) == [
            OperationUse(
                seller_id="A1",
                application_id="app",
                operation=operation,
                api="orders v0",
                calls=calls,
                refused=refused,
                last_at=NOON + timedelta(minutes=minutes),
            )
            for operation, calls, refused, minutes in (("getOrder", 1, 0, 1), ("getOrders", 3, 1, 3))
        ]


@pytest.mark.parametrize(("status", "code"), [(403, "Unauthorized"), (501, "NotImplemented")])
def test_who_was_not_let_through_or_met_nothing_has_used_nothing(empty: Market, status: int, code: str) -> None:
    record(empty, call(status=status, code=code, scope=FINANCE, operation="listTransactions"))

    with empty.read() as unit:
        assert scope_uses(unit) == []
        assert [(one.operation, one.calls, one.refused) for one in operation_uses(unit)] == [("listTransactions", 1, 1)]


def test_a_call_of_nobody_or_of_nothing_is_no_use(empty: Market) -> None:
    nobody = Call(at=NOON, request_id="r", method="GET", path="/", operation="getOrders", scope=ORDERS, status=403)
    nothing = Call(at=NOON, request_id="r", method="GET", path="/x", application_id="app", status=403)

    record(empty, nobody, nothing)

    with empty.read() as unit:
        assert (scope_uses(unit), operation_uses(unit)) == ([], [])


def test_an_application_that_calls_for_itself_uses_no_seller_s_scope(market: TestMarket) -> None:
    own = Call(
        at=NOON, request_id="r", method="GET", path="/", operation="getDestinations", api="notifications v1",
        scope="sellingpartnerapi::notifications", application_id="app", status=200,
    )  # fmt: skip

    record(market.market, own)

    with market.market.read() as unit:
        assert scope_uses(unit) == []
        assert [(one.seller_id, one.operation) for one in operation_uses(unit)] == [("", "getDestinations")]


def test_what_was_never_used_is_known_from_the_calls_that_were_made(market: TestMarket) -> None:
    market.seller.send(GetOrders(marketplace_ids=[market.marketplace_id], created_after="2026-11-01T00:00:00Z"))
    market.seller.send(GetMarketplaceParticipations())

    market.server.journal.flush()

    seller_id, application_id = market.seller_account.seller_id, market.application.application_id
    with market.market.read() as unit:
        (used,) = scope_uses(unit, seller_id=seller_id, application_id=application_id)
        called = operation_uses(unit, application_id=application_id)
        assert scope_uses(unit, seller_id="A1") == []
    assert (used.scope, used.calls) == (ORDERS, 1)
    assert [(one.api, one.operation) for one in called] == [
        ("sellers v1", "getMarketplaceParticipations"),
        ("orders v0", "getOrders"),
    ]
