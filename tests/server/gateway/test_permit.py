"""Who may call what: every operation of the contract against every scope and every kind of token."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest

from sellingpartner.contract import registry
from sellingpartner.contract.errors import Unauthorized
from sellingpartner.contract.operation import Operation
from sellingpartner.contract.scopes import (
    FINANCE,
    GRANTLESS_SCOPES,
    INVENTORY,
    NOTIFICATIONS,
    ORDERS,
    PRODUCTS,
    SCOPES,
    SHIPPING,
)
from sellingpartner.market.accounts.model import Caller, Resource, TokenKind
from sellingpartner.server.gateway.permit import permit

OF_FEEDS = {ORDERS, INVENTORY, PRODUCTS, SHIPPING, FINANCE}
"""What some feed does; reports and notifications are no feed's affair."""


@cache
def operations() -> tuple[Operation, ...]:
    return tuple(registry.load(entry).operation for entry in registry.operations())


def holder(kind: TokenKind, *scopes: str, resources: tuple[Resource, ...] = ()) -> Caller:
    return Caller(
        application_id="desk",
        seller_id="" if kind is TokenKind.GRANTLESS else "A1",
        kind=kind,
        scopes=frozenset(scopes),
        resources=resources,
    )


def concrete(operation: Operation) -> str:
    """A path of the operation as a call would spell it."""
    return "/".join("1" if part.startswith("{") else part for part in operation.path.split("/"))


def permitted(caller: Caller) -> set[str]:
    found = set()
    for operation in operations():
        try:
            permit(operation, caller, concrete(operation))
        except Unauthorized:
            continue
        found.add(operation.key)
    return found


def by_contract(scope: str) -> set[str]:
    """What a seller's token with this one scope may call, read from the contract alone."""
    return {
        operation.key
        for operation in operations()
        if not (operation.restricted and operation.restricted.required) and scope in scopes_of(operation)
    }


def scopes_of(operation: Operation) -> set[str]:
    """The scopes of which one is enough for a seller's token, read from the contract alone."""
    if operation.grantless is not None:
        return {operation.grantless}
    if operation.path.startswith("/feeds/"):
        return OF_FEEDS
    return set(SCOPES) if operation.scope == "any" else {operation.scope}


def test_each_scope_opens_what_the_contract_says_and_nothing_else() -> None:
    assert len(operations()) == 372

    for scope in SCOPES:
        assert permitted(holder(TokenKind.ACCESS, scope)) == by_contract(scope)


def test_the_scopes_differ_in_what_they_open() -> None:
    opened = {scope: len(by_contract(scope)) for scope in SCOPES}

    assert all(count > 10 for count in opened.values())
    assert len({frozenset(by_contract(scope)) for scope in SCOPES}) == len(SCOPES)


def test_all_scopes_together_open_all_that_needs_neither_a_restricted_nor_a_login_token() -> None:
    everything = set().union(*(by_contract(scope) for scope in SCOPES))

    assert permitted(holder(TokenKind.ACCESS, *SCOPES)) == everything


def test_a_grant_without_scopes_opens_what_is_open_to_any_grant() -> None:
    opened = permitted(holder(TokenKind.ACCESS))

    assert opened == {operation.key for operation in operations() if operation.scope == "any"}
    assert "POST /tokens/2021-03-01/restrictedDataToken" in opened


@pytest.mark.parametrize("scope", GRANTLESS_SCOPES)
def test_a_grantless_token_opens_the_grantless_operations_of_its_scope(scope: str) -> None:
    expected = {operation.key for operation in operations() if operation.grantless == scope}

    assert permitted(holder(TokenKind.GRANTLESS, scope)) == expected


def test_a_sellers_token_for_notifications_opens_the_grantless_operations_too() -> None:
    assert "GET /notifications/v1/destinations" in permitted(holder(TokenKind.ACCESS, NOTIFICATIONS))
    assert "GET /notifications/v1/destinations" not in permitted(
        holder(TokenKind.ACCESS, *set(SCOPES) - {NOTIFICATIONS})
    )


def test_a_refusal_names_the_scope_to_the_caller_and_what_it_has_to_the_log() -> None:
    order = next(one for one in operations() if one.key == "GET /orders/v0/orders/{orderId}")

    with pytest.raises(Unauthorized) as refused:
        permit(order, holder(TokenKind.ACCESS, "sellingpartnerapi::finance"), order.path)

    assert refused.value.details == "getOrder needs the scope sellingpartnerapi::orders."
    assert refused.value.reason == (
        "getOrder needs the scope sellingpartnerapi::orders; the grant has sellingpartnerapi::finance."
    )


@pytest.mark.parametrize("template", [True, False])
def test_a_restricted_token_opens_the_one_operation_that_it_names(*, template: bool) -> None:
    for operation in operations():
        if operation.restricted is not None:
            path = operation.path if template else concrete(operation)
            caller = holder(TokenKind.RESTRICTED, *SCOPES, resources=(Resource(operation.method, path),))

            assert permitted(caller) == {operation.key}


def test_a_restricted_token_opens_no_other_id_than_the_one_it_names() -> None:
    operation = next(one for one in operations() if one.key == "GET /orders/v0/orders/{orderId}")
    caller = holder(TokenKind.RESTRICTED, resources=(Resource("GET", "/orders/v0/orders/1"),))

    for other in ("/orders/v0/orders/2", "/orders/v0/orders/1/", "/orders/v0/orders/{orderId}", "/ORDERS/v0/orders/1"):
        with pytest.raises(Unauthorized):
            permit(operation, caller, other)


def test_the_elements_are_those_of_the_resources_that_name_the_call() -> None:
    order = next(one for one in operations() if one.key == "GET /orders/v0/orders/{orderId}")
    caller = holder(
        TokenKind.RESTRICTED,
        ORDERS,
        resources=(
            Resource("GET", "/orders/v0/orders/{orderId}", ("buyerInfo",)),
            Resource("GET", "/orders/v0/orders/1", ("shippingAddress",)),
            Resource("GET", "/orders/v0/orders", ("buyerTaxInformation",)),
        ),
    )

    assert permit(order, caller, "/orders/v0/orders/1").elements == {"buyerInfo", "shippingAddress"}
    assert permit(order, caller, "/orders/v0/orders/2").elements == {"buyerInfo"}


def test_a_restricted_token_opens_nothing_whose_scope_the_grant_has_lost() -> None:
    order = next(one for one in operations() if one.key == "GET /orders/v0/orders/{orderId}")
    resources = (Resource("GET", "/orders/v0/orders/{orderId}", ("buyerInfo",)),)

    with pytest.raises(Unauthorized, match="denied") as refused:
        permit(order, holder(TokenKind.RESTRICTED, FINANCE, resources=resources), "/orders/v0/orders/1")

    assert refused.value.details == "getOrder needs the scope sellingpartnerapi::orders."


def test_a_missing_role_is_named_to_the_log_alone() -> None:
    statement = next(one for one in operations() if one.key == "GET /finances/v0/financialEvents")
    caller = msgspec.structs.replace(holder(TokenKind.ACCESS, FINANCE), roles=frozenset({"Pricing"}))

    with pytest.raises(Unauthorized) as refused:
        permit(statement, caller, statement.path)

    assert refused.value.details == ""
    assert refused.value.reason == (
        "listFinancialEvents needs one of the roles Amazon Fulfillment or Finance and Accounting; "
        "the grant has Pricing."
    )


def test_several_scopes_that_would_do_are_all_named() -> None:
    document = next(one for one in operations() if one.key == "POST /feeds/2021-06-30/documents")

    with pytest.raises(Unauthorized) as refused:
        permit(document, holder(TokenKind.ACCESS, NOTIFICATIONS), document.path)

    assert refused.value.details == (
        "createFeedDocument needs one of the scopes sellingpartnerapi::orders, sellingpartnerapi::inventory, "
        "sellingpartnerapi::products, sellingpartnerapi::shipping or sellingpartnerapi::finance."
    )
