"""Scopes and roles against the operations that they open."""

from __future__ import annotations

from collections import defaultdict

import pytest

from sellingpartner.contract.operation import Operation
from sellingpartner.contract.registry import load, operations
from sellingpartner.contract.roles import ROLES, role_named, scopes_of_roles
from sellingpartner.contract.scopes import DESCRIPTIONS, FINANCE, INVENTORY, NOTIFICATIONS, ORDERS, SCOPES


@pytest.fixture(scope="module")
def described() -> list[Operation]:
    return [load(entry).operation for entry in operations()]


def test_every_scope_is_described_and_nothing_else_is() -> None:
    assert tuple(DESCRIPTIONS) == SCOPES
    for told in DESCRIPTIONS.values():
        assert told.summary.endswith(".")
        assert len(told.allows) >= 2
        assert len(told.does_not_allow) >= 2
        assert not any(line.endswith(".") for line in told.allows + told.does_not_allow)


def test_no_two_scopes_are_told_alike() -> None:
    assert len({told.title for told in DESCRIPTIONS.values()}) == len(SCOPES)
    assert len({told.summary for told in DESCRIPTIONS.values()}) == len(SCOPES)


def test_every_scope_opens_operations(described: list[Operation]) -> None:
    assert set(SCOPES) <= {operation.scope for operation in described}


def test_a_role_maps_onto_the_scopes_of_the_operations_that_list_it(described: list[Operation]) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for operation in described:
        for role in operation.roles:
            found[role_named(role)].update({operation.scope} & set(SCOPES))

    assert {role: set(scopes) for role, scopes in ROLES.items()} == found
    for scopes in ROLES.values():
        assert scopes == tuple(scope for scope in SCOPES if scope in scopes)


def test_each_scope_follows_from_a_role() -> None:
    assert scopes_of_roles(ROLES) == SCOPES


def test_several_roles_map_onto_what_each_maps_onto() -> None:
    assert scopes_of_roles(["Account Information Service Provider", "Professional Services (Restricted)"]) == (
        ORDERS,
        FINANCE,
    )
    assert scopes_of_roles(["Amazon Warehousing and Distribution"]) == (INVENTORY,)
    assert scopes_of_roles(["Notifications in Seller Central"]) == (NOTIFICATIONS,)
    assert scopes_of_roles([]) == ()


def test_a_role_for_the_far_east_alone_is_that_role() -> None:
    assert role_named("Pricing (FE)") == role_named("Pricing") == "Pricing"
