"""What a notification is to who receives it, in whichever envelope it came."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from sellingpartner.client._answers.drift import Surprise

Content = TypeVar("Content")


class NotificationMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """Who is told, by which subscription, and when; empty where the envelope does not say."""

    application_id: str = ""
    subscription_id: str = ""
    notification_id: str = ""
    """The same in every copy of a notification: what duplicates are known by."""
    publish_time: datetime | None = None


class Notification(msgspec.Struct, Generic[Content], frozen=True, kw_only=True):
    """One notification; its payload is of the type's class in `contract.notifications`."""

    notification_type: str
    notification_version: str
    payload_version: str
    event_time: datetime | None
    metadata: NotificationMetadata
    payload: Content
    """The content itself: the key that some types wrap around it is taken off."""
    surprises: tuple[Surprise, ...] = ()
    """What was not as the contract says; of a notification that could be read at once, nothing is noted."""


class UnknownNotification(Notification[Any], frozen=True, kw_only=True):
    """A notification of a type that this version of the library does not know; its payload is plain JSON."""
