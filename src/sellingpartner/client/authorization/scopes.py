"""The least that an application has to ask for, from what it calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import TypeAlias

from sellingpartner.contract.errors import NotConfigured
from sellingpartner.contract.needs import Need, depends_on_content, need_of_operation, need_of_request
from sellingpartner.contract.operation import Operation, Request
from sellingpartner.contract.registry import find, load
from sellingpartner.contract.scopes import SCOPES

Named: TypeAlias = "str | type[Request[object]] | Request[object] | Operation"
"""An operation: its request class or a request, its name, or method and path (`GET /orders/v0/orders`)."""


Asked: TypeAlias = Callable[[Need], tuple[str, ...]]


class OperationUnclear(NotConfigured):
    """No operation has this name, or several that need different things."""

    code = "OperationUnclear"


def minimal_scopes(operations: Iterable[Named]) -> tuple[str, ...]:
    """The scopes that these operations need of a seller, and no more, as the documents list them.

    What a feed needs follows from its type, so give the request: `CreateFeed(feed_type="POST_...", ...)`.
    """
    return tuple(sorted(_fewest([_one(named, _scopes) for named in operations], SCOPES), key=SCOPES.index))


def minimal_roles(operations: Iterable[Named]) -> tuple[str, ...]:
    """The fewest of Amazon's roles with which these operations can be called; each names roles of which one will do."""
    wanted = [_one(named, _roles) for named in operations]
    return _fewest(wanted, sorted(set().union(*wanted)))


def _fewest(wanted: list[tuple[str, ...]], offered: Sequence[str]) -> tuple[str, ...]:
    """The smallest choice that has one of each."""
    each = {frozenset(names) for names in wanted if names}
    certain = {name for names in each if len(names) == 1 for name in names}
    left = [names for names in each if not names & certain]
    for count in range(len(offered) + 1):
        for chosen in combinations(offered, count):
            if all(names & set(chosen) for names in left):
                return tuple(name for name in offered if name in certain or name in chosen)
    return tuple(offered)


def _one(named: Named, asked: Asked) -> tuple[str, ...]:
    """What an operation needs; where several have its name, they have to need the same."""
    if isinstance(named, Request):
        return asked(need_of_request(named) or _needed(named.operation))
    if not isinstance(named, str):
        return asked(_of_any_content(named if isinstance(named, Operation) else named.operation))
    entries = find(named)
    if not entries:
        message = f"There is no operation {named!r}; write its name, its request class, or method and path."
        raise OperationUnclear(message)
    needs = {entry: asked(_of_any_content(load(entry).operation)) for entry in entries}
    if len(set(needs.values())) > 1:
        keys = ", ".join(entry.key for entry in needs)
        message = f"Several operations are named {named}, and they need different things; say which: {keys}."
        raise OperationUnclear(message)
    return next(iter(needs.values()))


def _scopes(need: Need) -> tuple[str, ...]:
    return need.scopes


def _roles(need: Need) -> tuple[str, ...]:
    return need.roles


def _of_any_content(operation: Operation) -> Need:
    """What an operation needs whatever a call is about, as far as that can be said."""
    need = _needed(operation)
    if depends_on_content(operation.key) and len(need.scopes) > 1:
        message = f"What {operation.name} needs follows from what it is about; give the request, with its type."
        raise OperationUnclear(message)
    return need


def _needed(operation: Operation) -> Need:
    # What an application may do by itself needs no scope of a seller.
    need = need_of_operation(operation)
    return need if operation.grantless is None else need._replace(scopes=())
