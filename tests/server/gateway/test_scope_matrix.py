"""Every operation against every scope, every role and every kind of token: open exactly where the contract says so.

`permit` is a pure function, which is asked about everything there is; operations and scopes go over HTTP as well, each
with each. That the contract says what the table of facts says is held by tests/contract/test_operations.py.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations, product

import pytest

from sellingpartner.contract import registry
from sellingpartner.contract.errors import Unauthorized
from sellingpartner.contract.operation import Operation
from sellingpartner.contract.scopes import FINANCE, GRANTLESS_SCOPES, INVENTORY, ORDERS, PRODUCTS, SCOPES, SHIPPING
from sellingpartner.market.accounts.model import Caller, Resource, TokenKind
from sellingpartner.server.gateway.permit import permit
from sellingpartner.testing import TestMarket

OF_FEEDS = {ORDERS, INVENTORY, PRODUCTS, SHIPPING, FINANCE}


@cache
def operations() -> tuple[Operation, ...]:
    return tuple(registry.load(entry).operation for entry in registry.operations())


@cache
def roles() -> tuple[str, ...]:
    return tuple(sorted({role.removesuffix(" (FE)") for one in operations() for role in one.roles}))


def concrete(operation: Operation) -> str:
    return "/".join("1" if part.startswith("{") else part for part in operation.path.split("/"))


def is_open(operation: Operation, kind: TokenKind, scopes: frozenset[str], roles: frozenset[str] | None) -> bool:
    path = concrete(operation)
    resources = (Resource(operation.method, path),) if kind is TokenKind.RESTRICTED else ()
    caller = Caller(application_id="desk", seller_id="A1", kind=kind, scopes=scopes, roles=roles, resources=resources)
    try:
        permit(operation, caller, path)
    except Unauthorized:
        return False
    return True


def by_contract(operation: Operation, kind: TokenKind, scopes: frozenset[str], roles: frozenset[str] | None) -> bool:
    """The law, written down once more: from what the contract says of an operation."""
    if operation.restricted is not None and operation.restricted.required and kind is not TokenKind.RESTRICTED:
        return False
    if operation.grantless is not None:
        return operation.grantless in scopes
    if kind is TokenKind.GRANTLESS:
        return False
    if operation.path.startswith("/feeds/"):
        has_scope = bool(scopes & OF_FEEDS)
    else:
        has_scope = operation.scope == "any" or operation.scope in scopes
    wanted = {role.removesuffix(" (FE)") for role in operation.roles}
    return has_scope and (roles is None or not wanted or bool(wanted & roles))


def test_the_matrix_is_of_all_operations_scopes_and_roles() -> None:
    assert (len(operations()), len(SCOPES), len(GRANTLESS_SCOPES), len(roles())) == (372, 7, 4, 18)


@pytest.mark.parametrize("kind", [TokenKind.ACCESS, TokenKind.RESTRICTED, TokenKind.GRANTLESS])
@pytest.mark.parametrize("scope", ["", *dict.fromkeys(SCOPES + GRANTLESS_SCOPES), "sellingpartnerapi::no_such_thing"])
def test_one_scope_opens_what_the_contract_says(kind: TokenKind, scope: str) -> None:
    scopes = frozenset({scope} - {""})

    for operation in operations():
        assert is_open(operation, kind, scopes, None) == by_contract(operation, kind, scopes, None), operation.key


@pytest.mark.parametrize("role", ["", *roles(), "No Such Role"])
def test_one_role_opens_what_the_contract_says_within_each_scope(role: str) -> None:
    held = frozenset({role} - {""})
    one_scope = [frozenset({scope}) for scope in SCOPES]

    for operation, scopes in product(operations(), [*one_scope, frozenset(SCOPES)]):
        expected = by_contract(operation, TokenKind.ACCESS, scopes, held)
        assert is_open(operation, TokenKind.ACCESS, scopes, held) == expected, operation.key


def test_every_role_opens_something_that_the_others_do_not_all_open() -> None:
    everything = frozenset(SCOPES)
    opened = {
        role: frozenset(
            one.key
            for one in operations()
            if one.roles and is_open(one, TokenKind.ACCESS, everything, frozenset({role}))
        )
        for role in roles()
    }

    assert all(opened.values())
    assert len(set(opened.values())) == len(opened)


@pytest.mark.parametrize("pair", list(combinations(SCOPES, 2)), ids="+".join)
def test_two_scopes_open_what_each_opens_and_no_more(pair: tuple[str, str]) -> None:
    for operation in operations():
        alone = [is_open(operation, TokenKind.ACCESS, frozenset({scope}), None) for scope in pair]
        assert is_open(operation, TokenKind.ACCESS, frozenset(pair), None) == any(alone), operation.key


@pytest.mark.parametrize("scope", ["", *SCOPES])
def test_all_of_it_holds_over_http(market: TestMarket, scope: str) -> None:
    scopes = tuple(filter(None, [scope]))
    caller = market.caller(scopes=scopes)
    outcomes = set()

    for operation in operations():
        reply = caller.call(operation.method, concrete(operation))
        # What is for a sandbox alone is open to nobody in the market beside it.
        allowed = by_contract(operation, TokenKind.ACCESS, frozenset(scopes), None) and not operation.sandbox_only
        assert (reply.status != 403) == allowed, operation.key
        assert allowed or reply.json()["errors"][0]["code"] == "Unauthorized", operation.key
        outcomes.add(allowed)

    assert outcomes == {True, False}
