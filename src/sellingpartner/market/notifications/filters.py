"""What a subscription lets through: its processing directive, checked when it is made and asked for each event."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications_v1 import EventFilter, ProcessingDirective, TrackingIdentifier
from sellingpartner.market.notifications.expressions import NoExpression, check_expression, is_true_of
from sellingpartner.market.notifications.model import Subscription
from sellingpartner.market.notifications.refusals import NotUnderstood
from sellingpartner.market.notifications.types import Subscribable

_FIELDS = {
    "marketplaceIds": "marketplace_ids",
    "aggregationSettings": "aggregation_settings",
    "orderChangeTypes": "order_change_types",
    "trackingIdentifier": "tracking_identifier",
}
"""What an event filter may say, by its name on the wire."""

_TRACKED_BY = (
    "id",
    "acsin",
    "aftn",
    "container_number",
    "house_bill_of_lading_number",
    "carrier_tracking",
)


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """What filters ask about an event."""

    marketplace_id: str | None = None
    order_change_type: str | None = None
    tracking_number: str | None = None
    carrier: str | None = None


def check_directive(name: str, version: str, kind: Subscribable, directive: ProcessingDirective | None) -> None:
    """Raise `NotUnderstood` unless a subscription to a type may be filtered like this."""
    wanted = None if directive is None else directive.event_filter
    if directive is not None and directive.filter_expression is not None:
        if wanted is not None:
            raise NotUnderstood("eventFilter and filterExpression are mutually exclusive")
        _check_expression(name, version, kind, directive.filter_expression)
        return
    if wanted is None:
        if kind.needs_filter:
            raise NotUnderstood("Processing Directive eventFilter must not be empty")
        return
    if not kind.filters or wanted.event_filter_type != name or not _is_valid(kind, wanted):
        said = msgspec.json.encode(wanted).decode()
        raise NotUnderstood(f"EventFilter Payload {said} failed to validate for notification type {name}")


def _check_expression(name: str, version: str, kind: Subscribable, expression: str) -> None:
    """Assumed: the words of the refusal; and that the types of which Amazon does not say whether take none."""
    if not kind.takes_expression:
        raise NotUnderstood(f"filterExpression is not supported for notification type {name}")
    try:
        check_expression(name, version, expression)
    except NoExpression as why:
        raise NotUnderstood(
            f"filterExpression {expression} failed to validate for notification type {name}: {why}"
        ) from None


def lets_content_through(subscription: Subscription, content: Message | dict[str, str]) -> bool:
    """Whether what is told is what a subscription's filter expression asks for, if it has one."""
    expression = None if subscription.directive is None else subscription.directive.filter_expression
    if expression is None or isinstance(content, dict):
        return True
    return is_true_of(expression, subscription.notification_type, subscription.payload_version, content)


def lets_through(subscription: Subscription, facets: Facets) -> bool:
    """Whether an event is one that a subscription is for."""
    directive = subscription.directive
    if directive is None or directive.event_filter is None:
        return True
    wanted = directive.event_filter
    return (
        _is_among(facets.marketplace_id, wanted.marketplace_ids)
        and _is_among(facets.order_change_type, wanted.order_change_types)
        and _is_of(facets, wanted.tracking_identifier)
    )


def _is_among(found: str | None, wanted: Sequence[str] | None) -> bool:
    """An empty list is no list: everything is wanted, as it is where none was sent."""
    return not wanted or found is None or found in wanted


def _is_of(facets: Facets, wanted: TrackingIdentifier | None) -> bool:
    """Whether it is about the parcel that is wanted; parcels here have no other identifier than their carrier's."""
    if wanted is None:
        return True
    tracked = wanted.carrier_tracking
    return (
        tracked is not None
        and tracked.tracking_number == facets.tracking_number
        and tracked.carrier_code in {None, facets.carrier}
    )


def _is_valid(kind: Subscribable, wanted: EventFilter) -> bool:
    """Assumed: a filter that names a field of another type's is refused, as marketplaceIds are for ORDER_CHANGE."""
    said = [name for name, field in _FIELDS.items() if getattr(wanted, field) is not None]
    return all(name in kind.filters and _CHECKS.get(name, _anything)(wanted) for name in said)


def _names_marketplaces(wanted: EventFilter) -> bool:
    """Assumed: a marketplace that there is none of is refused, at Amazon too."""
    return all(one in MARKETPLACES for one in wanted.marketplace_ids or ())


def _anything(_wanted: EventFilter) -> bool:
    return True


def _names_one_parcel(wanted: EventFilter) -> bool:
    """A tracking identifier is exactly one."""
    found = wanted.tracking_identifier
    return sum(getattr(found, name) is not None for name in _TRACKED_BY) == 1


_CHECKS: dict[str, Callable[[EventFilter], bool]] = {
    "marketplaceIds": _names_marketplaces,
    "trackingIdentifier": _names_one_parcel,
}
