"""The least that an application has to ask for, from what it calls."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any, TypeAlias

from sellingpartner.contract.errors import NotConfigured
from sellingpartner.contract.operation import Operation, Request
from sellingpartner.contract.registry import find, load
from sellingpartner.contract.scopes import SCOPES

Named: TypeAlias = "str | type[Request[Any]] | Request[Any] | Operation"
"""An operation: its request class or a request, its name, or method and path (`GET /orders/v0/orders`)."""


class OperationUnclear(NotConfigured):
    """No operation has this name, or several that need different things."""

    code = "OperationUnclear"


def minimal_scopes(operations: Iterable[Named]) -> tuple[str, ...]:
    """The scopes that these operations need of a seller, and no more, as the documents list them."""
    needed = {_one(named, "scope") for named in operations}
    return tuple(scope for scope in SCOPES if scope in needed)


def minimal_roles(operations: Iterable[Named]) -> tuple[str, ...]:
    """The fewest of Amazon's roles with which these operations can be called; each names roles of which one will do."""
    wanted = [set(_one(named, "roles")) for named in operations]
    wanted = [roles for roles in wanted if roles]
    offered = sorted(set().union(*wanted))
    for count in range(len(offered) + 1):
        for chosen in combinations(offered, count):
            if all(roles & set(chosen) for roles in wanted):
                return chosen
    return tuple(offered)


def _one(named: Named, fact: str) -> Any:  # noqa: ANN401 - the fact's own type
    """What an operation says; where several have its name, they have to say the same."""
    if not isinstance(named, str):
        operation = named if isinstance(named, Operation) else named.operation
        return _seller_fact(operation, fact)
    entries = find(named)
    if not entries:
        message = f"There is no operation {named!r}; write its name, its request class, or method and path."
        raise OperationUnclear(message)
    facts = {entry: _seller_fact(load(entry).operation, fact) for entry in entries}
    if len(set(facts.values())) > 1:
        keys = ", ".join(entry.key for entry in facts)
        message = f"Several operations are named {named}, and they need different {fact}s; say which: {keys}."
        raise OperationUnclear(message)
    return next(iter(facts.values()))


def _seller_fact(operation: Operation, fact: str) -> Any:  # noqa: ANN401
    # What an application may do by itself needs nothing of a seller.
    if fact == "scope":
        return operation.scope if operation.grantless is None else ""
    return operation.roles
