"""Whether a caller may call an operation: grantless scopes, the seller's scopes, restricted data tokens."""

from __future__ import annotations

import msgspec

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.contract.operation import Operation
from sellingpartner.contract.scopes import ANY, NONE
from sellingpartner.market.accounts.model import Caller, Resource, TokenKind


def permit(operation: Operation, caller: Caller, path: str) -> Caller:
    """The caller, with the personal data that this call may see; raises `Unauthorized` and says why in the log."""
    if caller.kind is TokenKind.RESTRICTED:
        return _restricted(operation, caller, path)
    if operation.restricted is not None and operation.restricted.required:
        raise Unauthorized().because(f"{operation.name} answers to a restricted data token only, and this is none.")
    if operation.grantless is not None:
        return _grantless(operation, caller, operation.grantless)
    if caller.kind is TokenKind.GRANTLESS:
        raise Unauthorized().because(f"{operation.name} acts for a seller; a grantless token is for none.")
    if operation.scope not in {ANY, NONE} and operation.scope not in caller.scopes:
        raise Unauthorized(f"{operation.name} needs the scope {operation.scope}.").because(
            f"The grant has no scope {operation.scope}; it has {', '.join(sorted(caller.scopes)) or 'none'}."
        )
    return caller


def _grantless(operation: Operation, caller: Caller, scope: str) -> Caller:
    """A grantless operation takes its login scope.

    Differs: a seller's token with the operation's scope is taken too, as some SDKs send it and Amazon is said to.
    """
    if scope in caller.scopes:
        return caller
    raise Unauthorized().because(f"{operation.name} is grantless and needs a token for the scope {scope}.")


def _restricted(operation: Operation, caller: Caller, path: str) -> Caller:
    """A restricted data token opens the methods and paths that it names, concrete or as a template, and no other."""
    elements: set[str] = set()
    opened = False
    for resource in caller.resources:
        if resource.method == operation.method and _names(resource, operation, path):
            opened = True
            elements.update(resource.elements)
    if not opened:
        raise Unauthorized().because(f"The restricted data token does not name {operation.method} {path!r}.")
    return msgspec.structs.replace(caller, elements=frozenset(elements))


def _names(resource: Resource, operation: Operation, path: str) -> bool:
    if resource.path == path:
        return True
    mine, theirs = operation.path.split("/"), resource.path.split("/")
    return (
        len(mine) == len(theirs)
        and all(
            (one.startswith("{") and other.startswith("{")) or one == other
            for one, other in zip(mine, theirs, strict=True)
        )
        and "{" in resource.path
    )
