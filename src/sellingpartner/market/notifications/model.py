"""What notifications are made of: an application's queue, and what is on its way to it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

import msgspec

from sellingpartner.contract.discretion import Discreet


class NotificationType(StrEnum):
    """What an application is told about itself."""

    NEW_SECRET = "APPLICATION_OAUTH_CLIENT_NEW_SECRET"  # noqa: S105 - the name of a type
    SECRET_EXPIRY = "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY"  # noqa: S105 - likewise


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """Where an application is told: an SQS queue, by its URL or its ARN as the developer wrote it."""

    application_id: str
    address: str
    subscription_id: str
    registered_at: datetime


class Delivery(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """One message to one queue: on its way as long as `next_at` says when it is tried next."""

    secret_besides: ClassVar[frozenset[str]] = frozenset({"body"})

    delivery_id: int
    application_id: str
    address: str
    notification_type: str
    body: str
    """What is sent; empty once it was, as it may hold a secret."""
    created_at: datetime
    attempts: int
    next_at: datetime | None
    sent_at: datetime | None
    failure: str
    """Why the last attempt failed; empty if none did."""
