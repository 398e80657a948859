"""What the seller must have granted for a call, as a client asks the contract before it spends a request."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.needs import depends_on_content, need_of_operation, need_of_request
from sellingpartner.contract.operation import Operation, Request
from sellingpartner.contract.scopes import SCOPES


def scopes_of(operation: Operation) -> tuple[str, ...]:
    """What the seller must have granted for an operation: any one of these; empty where nothing in particular."""
    if operation.grantless is not None:
        return ()
    return tuple(scope for scope in need_of_operation(operation).scopes if scope in SCOPES)


def scopes_of_request(request: Request[object]) -> tuple[str, ...] | None:
    """The same, where what the call is about decides, as a feed's type does; None where it does not.

    A type that the contract does not know is one that Amazon has made since: the API will say what it takes.
    """
    if not depends_on_content(request.operation.key):
        return None
    try:
        need = need_of_request(request)
    except InvalidInput:
        return ()
    return None if need is None else need.scopes
