from __future__ import annotations

import pytest

from sellingpartner.client.authorization import OperationUnclear, minimal_roles, minimal_scopes
from sellingpartner.client.authorization.scopes import Named
from sellingpartner.contract.notifications_v1 import GetDestinations
from sellingpartner.contract.orders_v0 import GetOrder, GetOrders
from sellingpartner.contract.registry import load, operations
from sellingpartner.contract.scopes import INVENTORY, ORDERS, SCOPES
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations


def test_the_least_that_some_operations_need() -> None:
    named: list[Named] = [GetOrders, GetOrder(order_id="1"), "getOrderItems", "GET /fba/inventory/v1/summaries"]

    assert minimal_scopes(named) == (ORDERS, INVENTORY)
    assert minimal_scopes(["GetOrders", GetOrders.operation]) == (ORDERS,)


def test_what_needs_no_scope_of_the_seller_adds_none() -> None:
    assert minimal_scopes([GetMarketplaceParticipations, GetDestinations, "rotateApplicationClientSecret"]) == ()
    assert minimal_scopes([]) == ()


def test_all_operations_need_all_scopes() -> None:
    assert minimal_scopes(entry.key for entry in operations()) == SCOPES


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("getMoon", "There is no operation 'getMoon'"),
        ("getShipment", "Several operations are named getShipment, and they need different scopes; say which: GET /"),
    ],
)
def test_a_name_that_leaves_it_open_is_refused(name: str, words: str) -> None:
    with pytest.raises(OperationUnclear, match=words):
        minimal_scopes([name])


def test_the_fewest_roles_that_do() -> None:
    roles = minimal_roles([GetOrders, GetOrder, GetMarketplaceParticipations])

    for call in (GetOrders, GetOrder, GetMarketplaceParticipations):
        assert not call.operation.roles or set(call.operation.roles) & set(roles)
    assert len(roles) == 1
    assert minimal_roles([]) == ()


def test_the_roles_of_one_operation_are_one_of_its_own() -> None:
    for entry in operations()[:60]:
        operation = load(entry).operation
        found = minimal_roles([operation])
        assert len(found) == min(1, len(operation.roles))
        assert set(found) <= set(operation.roles)
