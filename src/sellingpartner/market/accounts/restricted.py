"""Restricted data tokens: which calls may show personal data, and which parts of it. The rules of Amazon's Tokens API.

A resource is a restricted operation's method and path. A concrete path opens that one thing, a template such as
`/orders/v0/orders/{orderId}` every one of the seller's; only report documents are opened one by one. Orders show
personal data by element, so there the elements must be named; elsewhere the operation opens as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.operation import Operation
from sellingpartner.contract.scopes import ANY, NONE
from sellingpartner.market.accounts.model import Caller, Resource, TokenKind
from sellingpartner.market.accounts.tokens import issue
from sellingpartner.storage.unit import UnitOfWork

MOST_RESOURCES = 50

_ELEMENTS = frozenset({"buyerInfo", "shippingAddress", "buyerTaxInformation"})
_CONCRETE_ONLY = "getReportDocument"


class NoAccessToResource(InvalidInput):
    """A resource cannot be opened; Amazon's answer does not say why, so the reason goes to the log."""

    def __init__(self, reason: str) -> None:
        super().__init__("Application do not have access to some or all requested resource")
        self.reason = reason


class NoAccessToElements(InvalidInput):
    """The operation does not show these parts of personal data."""

    def __init__(self, elements: Sequence[str], reason: str) -> None:
        named = ", ".join(elements)
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
        message = f"restrictedResources holds {len(wanted)} resources; it must hold 1 to {MOST_RESOURCES}."
        raise InvalidInput(message)
    # Assumed: an application that was not delegated to is refused with the words for a resource out of reach.
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
    if operation.scope not in {ANY, NONE} and operation.scope not in caller.scopes:
        raise NoAccessToResource(f"{operation.name} needs the scope {operation.scope}, which was not granted.")
    if "{" in resource.path and operation.name == _CONCRETE_ONLY:
        raise NoAccessToResource(f"{operation.name} is opened for one document at a time: name its id.")
    return msgspec.structs.replace(resource, elements=_elements(resource, operation, operation.restricted.elements))


def _elements(resource: Resource, operation: Operation, shown: tuple[str, ...]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(resource.elements))
    if shown and not asked:
        raise NoAccessToResource(f"{operation.name} needs dataElements, some of {', '.join(shown)}.")
    # Assumed: where the operation opens as a whole, elements that exist are let pass and mean nothing.
    beyond = [element for element in asked if element not in (shown or _ELEMENTS)]
    if beyond:
        allowed = ", ".join(shown) or "none"
        raise NoAccessToElements(beyond, f"{operation.name} knows the dataElements {allowed}.")
    return asked if shown else ()
