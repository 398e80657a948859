"""Notifications as they travel: the envelope that Amazon puts around what an application is told about itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from sellingpartner.contract.notifications.registry import find
from sellingpartner.market.notifications.model import NotificationType, Queue
from sellingpartner.market.time.chance import chance
from sellingpartner.storage.unit import UnitOfWork


def envelope(unit: UnitOfWork, queue: Queue, kind: NotificationType, content: dict[str, str]) -> str:
    """The body of a message: an envelope in camel case, with the content below the one key of its type."""
    form = find(kind.value)
    if form is None:
        raise LookupError(f"The contract knows no notification {kind.value}.")
    luck = chance(unit, "notification", unit.next_number("notifications"))
    return msgspec.json.encode(
        {
            "notificationVersion": form.notification_version,
            "notificationType": kind.value,
            "payloadVersion": form.payload_version,
            "eventTime": in_milliseconds(unit.now),
            "payload": {form.wrapper: content},
            "notificationMetadata": {
                "applicationId": queue.application_id,
                "subscriptionId": queue.subscription_id,
                "publishTime": in_milliseconds(unit.now),
                "notificationId": str(UUID(int=luck.getrandbits(128), version=4)),
            },
        }
    ).decode()


def in_milliseconds(instant: datetime) -> str:
    """An instant as Amazon writes it there: `2024-01-10T22:09:17.456Z`."""
    return f"{instant:%Y-%m-%dT%H:%M:%S}.{instant.microsecond // 1000:03d}Z"
