"""Restricted data tokens: which calls may show personal data, and which parts of it. The rules of Amazon's Tokens API.

A resource is a restricted operation's method and path. A concrete path opens that one thing, a template such as
`/orders/v0/orders/{orderId}` every one of the seller's; only report documents are opened one by one. Orders show
personal data by element, so there they are listed; elsewhere the operation opens as a whole.

Where the grant has roles, each kind of personal data takes one of its own: who ships an order may see where to, who
invoices it who bought.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.needs import need_of_operation
from sellingpartner.contract.operation import Operation
from sellingpartner.counted import counted
from sellingpartner.market.accounts.model import Caller, Resource, TokenKind
from sellingpartner.market.accounts.tokens import issue
from sellingpartner.storage.unit import UnitOfWork

MOST_RESOURCES = 50

_LONGEST_ECHO = 200

_CONCRETE_ONLY = "getReportDocument"

_SHIPPING = "Direct-to-Consumer Shipping (Restricted)"
_INVOICING = "Tax Invoicing (Restricted)"
_REMITTANCE = "Tax Remittance (Restricted)"
# Assumed: buyerTaxInformation takes the role Tax Invoicing (Restricted).
_ROLES_OF_ELEMENTS = {
    "shippingAddress": (_SHIPPING,),
    "buyerInfo": (_INVOICING, _REMITTANCE),
    "buyerTaxInformation": (_INVOICING,),
}
# Assumed: an operation that shows one kind of personal data and nothing else takes that kind's role.
_SHOWN_WHOLE = {
    "getOrderAddress": "shippingAddress",
    "getOrderBuyerInfo": "buyerInfo",
    "getOrderItemsBuyerInfo": "buyerInfo",
}


class NoAccessToResource(InvalidInput):
    """A resource cannot be opened; Amazon's answer does not say why, so the reason goes to the log."""

    def __init__(self, reason: str) -> None:
        super().__init__("Application do not have access to some or all requested resource")
        self.reason = reason


class NoAccessToElements(InvalidInput):
    """The operation does not show these parts of personal data."""

    def __init__(self, elements: Sequence[str], reason: str) -> None:
        named = ", ".join(elements)[:_LONGEST_ECHO]
        super().__init__(f"Application does not have access to one or more requested data elements: [{named}]")
        self.reason = reason


def issue_restricted_token(
    unit: UnitOfWork,
    caller: Caller,
    wanted: Sequence[tuple[Resource, Operation | None]],
    *,
    target_application: str | None = None,
) -> str:
    """Make a token that opens these resources, each given with the operation that it is a path of, for their caller."""
    if not 1 <= len(wanted) <= MOST_RESOURCES:
        message = f"restrictedResources holds {counted(len(wanted), 'resource')}; it must hold 1 to {MOST_RESOURCES}."
        raise InvalidInput(message)
    # Assumed: a restricted data token for another application is refused with the words for a resource out of reach.
    if target_application not in {None, caller.application_id}:
        raise NoAccessToResource("targetApplication names another application, which has not delegated to this one.")
    resources = tuple(_opened(caller, resource, operation) for resource, operation in wanted)
    holder = msgspec.structs.replace(caller, kind=TokenKind.RESTRICTED, resources=resources)
    return issue(unit, TokenKind.RESTRICTED, holder, resources=resources)


def _opened(caller: Caller, resource: Resource, operation: Operation | None) -> Resource:
    """The resource as the token will open it; raises if it may not be opened."""
    this = f"{resource.method} {resource.path!r}"
    if operation is None:
        raise NoAccessToResource(f"No operation is {this}; a path has no query and no slash at its end.")
    if operation.restricted is None:
        raise NoAccessToResource(f"{operation.name} is not restricted: call it with the access token.")
    need = need_of_operation(operation)
    if need.scopes and caller.scopes.isdisjoint(need.scopes):
        raise NoAccessToResource(f"{operation.name} needs the scope {operation.scope}, which was not granted.")
    _check_roles(caller, operation, need.roles)
    if "{" in resource.path and operation.name == _CONCRETE_ONLY:
        raise NoAccessToResource(f"{operation.name} is opened for one document at a time: name its id.")
    elements = _elements(resource, operation, operation.restricted.elements)
    _check_roles_of_elements(caller, elements)
    return msgspec.structs.replace(resource, elements=elements)


def _check_roles(caller: Caller, operation: Operation, wanted: tuple[str, ...]) -> None:
    """Hold an operation's roles against the grant's, and those of the data that it shows if it shows one kind alone."""
    if caller.roles is None:
        return
    shown = _SHOWN_WHOLE.get(operation.name)
    for roles in (wanted, _ROLES_OF_ELEMENTS[shown] if shown else ()):
        if roles and caller.roles.isdisjoint(roles):
            raise NoAccessToResource(f"{operation.name} needs one of the roles {', '.join(roles)}.")


def _check_roles_of_elements(caller: Caller, elements: tuple[str, ...]) -> None:
    if caller.roles is None:
        return
    closed = [element for element in elements if caller.roles.isdisjoint(_ROLES_OF_ELEMENTS[element])]
    if closed:
        wanted = "; ".join(f"{element} takes {' or '.join(_ROLES_OF_ELEMENTS[element])}" for element in closed)
        raise NoAccessToElements(closed, f"The grant lacks the role: {wanted}.")


def _elements(resource: Resource, operation: Operation, shown: tuple[str, ...]) -> tuple[str, ...]:
    """The personal data that the resource opens.

    Assumed: an empty list of dataElements, which Amazon was seen to take for orders, opens the operation without
    personal data; where the list is missing altogether, orders are refused, as Amazon was seen to refuse them.
    """
    if shown and resource.elements is None:
        raise NoAccessToResource(
            f"{operation.name} needs dataElements, some of {', '.join(shown)}; an empty list opens no personal data."
        )
    asked = tuple(dict.fromkeys(resource.elements or ()))
    # Assumed: where a restricted operation opens as a whole, dataElements that exist are accepted and mean nothing.
    beyond = [element for element in asked if element not in (shown or _ROLES_OF_ELEMENTS)]
    if beyond:
        allowed = ", ".join(shown) or "none"
        raise NoAccessToElements(beyond, f"{operation.name} knows the dataElements {allowed}.")
    return asked if shown else ()
