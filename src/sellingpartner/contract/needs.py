"""What a call needs of a grant: by its operation, and for some operations by what the call is about.

Most operations need one scope, and one of their roles where roles are told apart. Feeds, reports and subscriptions are
many things under one operation: what a feed of `POST_ORDER_FULFILLMENT_DATA` does is the orders' affair, whatever API
takes it in. The server refuses by this table, and a client may ask it before it spends a request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.feed_types import FEED_SCOPES, FEED_TYPES
from sellingpartner.contract.near import did_you_mean
from sellingpartner.contract.notification_roles import NOTIFICATION_ROLES
from sellingpartner.contract.operation import Operation, Request
from sellingpartner.contract.report_types import REPORT_TYPES
from sellingpartner.contract.roles import role_named
from sellingpartner.contract.scopes import ANY, NONE, NOTIFICATIONS, REPORTS, SCOPES

_FEEDS = "/feeds/2021-06-30/"


class Need(NamedTuple):
    """What a grant must hold: any one of the scopes and, where roles are told apart, any one of the roles."""

    what: str
    """The operation, and what the call is about if that decides."""
    scopes: tuple[str, ...]
    """None for what any grant may do."""
    roles: tuple[str, ...]
    """None for what takes no role, or where nobody has written down which."""


def need_of_operation(operation: Operation) -> Need:
    """What a call of an operation needs at the least, whatever it is about."""
    need = _needs.get(operation.key)
    if need is None:
        need = _needs[operation.key] = _need_of(operation)
    return need


def depends_on_content(key: str) -> bool:
    """Whether, for the operation of this method and path, what a call is about decides what it needs."""
    return key in _BY_CONTENT


def need_of_request(request: Request[Any]) -> Need | None:
    """What a call needs for what it is about, None if that does not matter; raises `InvalidInput` for no type."""
    by_content = _BY_CONTENT.get(request.operation.key)
    if by_content is None:
        return None
    field, need_of_type = by_content
    return need_of_type(request.operation.name, getattr(request, field))


def _need_of(operation: Operation) -> Need:
    # Differs: some roles count for an operation in the Far East alone; here they do in every region.
    roles = tuple(dict.fromkeys(role_named(role) for role in operation.roles))
    if operation.path.startswith(_FEEDS):
        return Need(operation.name, tuple(scope for scope in SCOPES if scope in FEED_SCOPES), roles)
    return Need(operation.name, () if operation.scope in {ANY, NONE} else (operation.scope,), roles)


def _need_of_feed(operation: str, name: str) -> Need:
    known = FEED_TYPES.get(name)
    if known is None:
        raise InvalidInput(f"feed type {name} is invalid").because(
            f"There is no feed type {name[:100]}.{did_you_mean(name[:100], FEED_TYPES)}"
        )
    return Need(f"{operation} of {name}", (known.scope,), known.roles)


def _need_of_report(operation: str, name: str) -> Need:
    known = REPORT_TYPES.get(name)
    if known is None:
        raise InvalidInput(f"Invalid Report Type {name}").because(
            f"There is no report type {name[:100]}.{did_you_mean(name[:100], REPORT_TYPES)}"
        )
    return Need(f"{operation} of {name}", (REPORTS,), known.roles)


def _need_of_subscription(operation: str, name: str) -> Need | None:
    """A type that is none of Amazon's takes no role: who answers the operation will say that it is none."""
    roles = NOTIFICATION_ROLES.get(name)
    return Need(f"{operation} of {name}", (NOTIFICATIONS,), roles) if roles else None


_needs: dict[str, Need] = {}
_BY_CONTENT: dict[str, tuple[str, Callable[[str, str], Need | None]]] = {
    "POST /feeds/2021-06-30/feeds": ("feed_type", _need_of_feed),
    "POST /reports/2021-06-30/reports": ("report_type", _need_of_report),
    "POST /reports/2021-06-30/schedules": ("report_type", _need_of_report),
    "GET /notifications/v1/subscriptions/{notificationType}": ("notification_type", _need_of_subscription),
    "POST /notifications/v1/subscriptions/{notificationType}": ("notification_type", _need_of_subscription),
}
