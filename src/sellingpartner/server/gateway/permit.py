"""Whether a caller may make a call: grantless scopes, the seller's scopes, roles, restricted data tokens.

What is held against the call is what the grant holds at its moment (`tokens.caller_of`). Scopes are what the seller
agreed to; roles, where an application is registered with some, are what Amazon lets it have besides.
"""

from __future__ import annotations

import msgspec

from sellingpartner.contract.errors import Unauthorized
from sellingpartner.contract.needs import Need, need_of_operation, need_of_request
from sellingpartner.contract.operation import Operation, Request
from sellingpartner.market.accounts.model import Caller, Resource, TokenKind


def permit(operation: Operation, caller: Caller, path: str) -> Caller:
    """The caller, with the personal data that this call may see; raises `Unauthorized` and says why in the log."""
    if caller.kind is TokenKind.RESTRICTED:
        caller = _restricted(operation, caller, path)
    elif operation.restricted is not None and operation.restricted.required:
        raise Unauthorized().because(f"{operation.name} answers to a restricted data token only, and this is none.")
    if operation.grantless is not None:
        return _grantless(operation, caller, operation.grantless)
    if caller.kind is TokenKind.GRANTLESS:
        raise Unauthorized().because(f"{operation.name} acts for a seller; a grantless token is for none.")
    _check(need_of_operation(operation), caller)
    return caller


def permit_content(request: Request[object], caller: Caller) -> None:
    """Hold what a call is about against the grant, where that decides; raises as `permit` does."""
    need = need_of_request(request)
    if need is not None:
        _check(need, caller)


def _check(need: Need, caller: Caller) -> None:
    if need.scopes and caller.scopes.isdisjoint(need.scopes):
        wanted = f"the scope {need.scopes[0]}" if len(need.scopes) == 1 else f"one of the scopes {_either(need.scopes)}"
        raise Unauthorized(f"{need.what} needs {wanted}.").because(
            f"{need.what} needs {wanted}; the grant has {', '.join(sorted(caller.scopes)) or 'none'}."
        )
    if caller.roles is not None and need.roles and caller.roles.isdisjoint(need.roles):
        # Amazon's answer does not say which role it misses.
        wanted = f"the role {need.roles[0]}" if len(need.roles) == 1 else f"one of the roles {_either(need.roles)}"
        raise Unauthorized().because(
            f"{need.what} needs {wanted}; the grant has {', '.join(sorted(caller.roles)) or 'none'}."
        )


def _either(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _grantless(operation: Operation, caller: Caller, scope: str) -> Caller:
    """A grantless operation takes its login scope.

    Differs: for a grantless operation a seller's token with the operation's scope is taken too: some SDKs send it, and
    Amazon is said to take it.
    """
    if scope in caller.scopes:
        return caller
    raise Unauthorized().because(f"{operation.name} is grantless and needs a token for the scope {scope}.")


def _restricted(operation: Operation, caller: Caller, path: str) -> Caller:
    """A restricted data token opens the methods and paths that it names, concrete or as a template, and no other."""
    elements = opened_elements(operation, caller, path)
    if elements is None:
        raise Unauthorized().because(f"The restricted data token does not name {operation.method} {path!r}.")
    return msgspec.structs.replace(caller, elements=elements)


def opened_elements(operation: Operation, caller: Caller, path: str) -> frozenset[str] | None:
    """The personal data that a restricted data token opens for a call; None if the token does not name the call."""
    opened = [
        resource
        for resource in caller.resources
        if resource.method == operation.method and _names(resource, operation, path)
    ]
    return frozenset(element for resource in opened for element in resource.elements or ()) if opened else None


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
