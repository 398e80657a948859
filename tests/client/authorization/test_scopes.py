from __future__ import annotations

import msgspec
import pytest

from sellingpartner.client.authorization import OperationUnclear, minimal_roles, minimal_scopes
from sellingpartner.client.authorization.scopes import Named
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.feeds_2021_06_30 import CreateFeed, GetFeed
from sellingpartner.contract.needs import need_of_operation
from sellingpartner.contract.notifications_v1 import GetDestinations
from sellingpartner.contract.orders_v0 import GetOrder, GetOrders
from sellingpartner.contract.registry import load, operations
from sellingpartner.contract.scopes import INVENTORY, ORDERS, PRODUCTS, SCOPES
from sellingpartner.contract.sellers_v1 import GetMarketplaceParticipations


def test_the_least_that_some_operations_need() -> None:
    named: list[Named] = [GetOrders, GetOrder(order_id="1"), "getOrderItems", "GET /fba/inventory/v1/summaries"]

    assert minimal_scopes(named) == (ORDERS, INVENTORY)
    assert minimal_scopes(["GetOrders", GetOrders.operation]) == (ORDERS,)


def test_what_needs_no_scope_of_the_seller_adds_none() -> None:
    assert minimal_scopes([GetMarketplaceParticipations, GetDestinations, "rotateApplicationClientSecret"]) == ()
    assert minimal_scopes([]) == ()


def test_all_operations_need_all_scopes() -> None:
    assert minimal_scopes(entry.key for entry in operations() if entry.name != "createFeed") == SCOPES


def test_what_a_feed_needs_follows_from_its_type() -> None:
    ships = CreateFeed(
        feed_type="POST_ORDER_FULFILLMENT_DATA", marketplace_ids=["ATVPDKIKX0DER"], input_feed_document_id="d"
    )
    lists = msgspec.structs.replace(ships, feed_type="JSON_LISTINGS_FEED")

    assert minimal_scopes([ships]) == (ORDERS,)
    assert minimal_scopes([ships, lists, GetFeed]) == (ORDERS, PRODUCTS)
    with pytest.raises(OperationUnclear, match="What createFeed needs follows from what it is about"):
        minimal_scopes([CreateFeed])
    with pytest.raises(InvalidInput, match="feed type POST_MOON is invalid"):
        minimal_scopes([msgspec.structs.replace(ships, feed_type="POST_MOON")])


def test_what_any_of_several_scopes_allows_adds_none_if_one_of_them_is_there() -> None:
    assert minimal_scopes([GetFeed, GetOrders]) == (ORDERS,)
    assert len(minimal_scopes([GetFeed])) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("getMoon", "There is no operation 'getMoon'"),
        ("getShipment", "Several operations are named getShipment, and they need different things; say which: GET /"),
    ],
)
def test_a_name_that_leaves_it_open_is_refused(name: str, words: str) -> None:
    with pytest.raises(OperationUnclear, match=words):
        minimal_scopes([name])


def test_the_fewest_roles_that_do() -> None:
    roles = minimal_roles([GetOrders, GetOrder, GetMarketplaceParticipations])

    for call in (GetOrders, GetOrder, GetMarketplaceParticipations):
        assert set(need_of_operation(call.operation).roles) & set(roles)
    assert len(roles) == 1
    assert minimal_roles([]) == ()


def test_the_roles_of_one_operation_are_one_of_its_own() -> None:
    for entry in operations()[:60]:
        operation = load(entry).operation
        found = minimal_roles([operation])
        allowed = need_of_operation(operation).roles
        assert len(found) == min(1, len(allowed))
        assert set(found) <= set(allowed)
