"""What a market's applications were told, or would have been: looked at where it is written, without any queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from sellingpartner.client.notifications import Notification, parse
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.notifications_v1 import (
    DestinationResourceSpecification,
    EventBridgeResourceSpecification,
    EventFilter,
    ProcessingDirective,
    SqsResource,
)
from sellingpartner.market.notifications import commands, questions
from sellingpartner.market.notifications.model import Destination, Subscription
from sellingpartner.market.notifications.types import DestinationKind
from sellingpartner.storage.unit import UnitOfWork

_MOST = 1_000_000
ACCOUNT = "123456789012"
_PLACES = {
    DestinationKind.SQS: DestinationResourceSpecification(
        sqs=SqsResource(arn=f"arn:aws:sqs:us-east-1:{ACCOUNT}:notifications")
    ),
    DestinationKind.EVENT_BRIDGE: DestinationResourceSpecification(
        event_bridge=EventBridgeResourceSpecification(region="us-east-1", account_id=ACCOUNT)
    ),
}


class SubscriptionFields(TypedDict, total=False):
    """What may be said of a subscription: everything is let through and the version is the latest unless it is said."""

    payload_version: str | None
    event_filter: EventFilter | None
    filter_expression: str | None


def subscribe_to(
    unit: UnitOfWork, application_id: str, notification_type: str, **how: Unpack[SubscriptionFields]
) -> Subscription:
    """Have an application told about this unit's seller, at a destination that takes the type."""
    kinds = questions.subscribable_types()
    if notification_type not in kinds:
        message = f"Nobody can be told of {notification_type}; there are {', '.join(sorted(kinds))}."
        raise InvalidInput(message)
    kind = kinds[notification_type]
    event_filter, filter_expression = how.get("event_filter"), how.get("filter_expression")
    if event_filter is None and filter_expression is None and kind.needs_filter:
        event_filter = EventFilter(event_filter_type=notification_type)  # type: ignore[arg-type] # named like its type
    place = DestinationKind[kind.workflow.name]
    said = {"event_filter": event_filter, "filter_expression": filter_expression}
    wanted = commands.Wanted(
        notification_type=notification_type,
        payload_version=how.get("payload_version") or kind.versions[-1],
        destination_id=_destination(unit, application_id, place).destination_id,
        directive=ProcessingDirective(**said) if any(said.values()) else None,  # type: ignore[arg-type]
    )
    return commands.subscribe(unit, application_id, wanted)


def told(unit: UnitOfWork, notification_type: str | None = None) -> list[Notification[Any]]:
    """What was sent, waits to be, or would be if there were a queue: parsed, in the order in which it was written.

    What holds a client secret is left out once it has arrived.
    """
    found = questions.all_deliveries(unit, notification_type=notification_type, limit=_MOST)
    return [parse(each.body) for each in reversed(found) if each.body]


def bodies(unit: UnitOfWork, notification_type: str | None = None) -> Sequence[str]:
    """The same as texts, to the letter."""
    found = questions.all_deliveries(unit, notification_type=notification_type, limit=_MOST)
    return [each.body for each in reversed(found) if each.body]


def _destination(unit: UnitOfWork, application_id: str, kind: DestinationKind) -> Destination:
    for known in questions.destinations_of(unit, application_id):
        if known.kind is kind:
            return known
    return commands.create_destination(unit, application_id, "notifications", _PLACES[kind])
