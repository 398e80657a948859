"""The market's control API, v1: applications' queues, what is on its way to them, and their client secrets."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Request, get, post, put
from sellingpartner.contract.scopes import NONE

_STATUSES = (200, 400, 403, 404, 415, 500, 503)


class QueueDelivery(Message, rename="camel"):
    """One message to a queue: sent, or waiting."""

    notification_type: str
    created_at: datetime
    attempts: int
    next_at: datetime | None = None
    """When it is tried next; nothing once it was sent."""
    sent_at: datetime | None = None
    failure: str | None = None
    """Why the last attempt failed."""


class ApplicationQueue(Message, rename="camel"):
    """Where an application is told its new client secret, and that one ends; with the latest messages."""

    application_id: str
    queue: str
    registered_at: datetime
    deliveries: list[QueueDelivery]


class RegisterQueueSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The queue to be."""

    queue: str


class RegisterQueue(Request[ApplicationQueue], rename="camel"):
    """Have an application told in an SQS queue; a queue that was registered before is told no more."""

    operation = put(
        "/market/v1/applications/{applicationId}/queue",
        "registerQueue",
        statuses=_STATUSES,
        body=RegisterQueueSpecification,
        scope=NONE,
    )

    application_id: str
    queue: str
    """Its URL or its ARN."""


class GetQueue(Request[ApplicationQueue], rename="camel"):
    """See where an application is told, what was sent there, and what waits and why."""

    operation = get("/market/v1/applications/{applicationId}/queue", "getQueue", statuses=_STATUSES, scope=NONE)

    application_id: str


class RotatedClientSecret(Message, rename="camel"):
    """An application's new client secret, which no other answer shows."""

    client_id: str
    client_secret: str
    expires_at: datetime
    old_expires_at: datetime
    """Until when the secrets before it work."""


class RotateClientSecret(Request[RotatedClientSecret], rename="camel"):
    """Make another client secret for an application, as its developer does in the console; no queue is told."""

    operation = post(
        "/market/v1/applications/{applicationId}/clientSecret", "rotateClientSecret", statuses=_STATUSES, scope=NONE
    )

    application_id: str
