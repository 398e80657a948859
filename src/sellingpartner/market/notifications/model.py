"""What notifications are made of: where they go, who asked for which, and what is on its way."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.contract.notifications_v1 import ProcessingDirective
from sellingpartner.market.notifications.types import DestinationKind


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


class Destination(msgspec.Struct, frozen=True, kw_only=True):
    """Where an application has its sellers' notifications delivered."""

    destination_id: str
    application_id: str
    name: str
    kind: DestinationKind
    address: str
    """A queue's ARN, an AWS account or a webhook's URL."""
    region: str = ""
    """Of the event bus."""
    created_at: datetime


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """That an application wants to be told one type of thing about one seller."""

    subscription_id: str
    application_id: str
    seller_id: str
    notification_type: str
    payload_version: str
    destination_id: str
    directive: ProcessingDirective | None
    created_at: datetime
    is_active: bool
    """Whether the seller lets the application in; what happens while it does not is never told."""


class Lane(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """A way out, and how it fares."""

    lane: str
    application_id: str
    kind: DestinationKind
    address: str
    region: str = ""
    secret: str = ""
    failures: int = 0
    failure: str = ""
    """Why nothing can be sent there; empty as long as nothing speaks against it."""
    not_before: datetime | None = None
    checked_at: datetime | None = None
    arrived_at: datetime | None = None
    """When something last arrived there."""


class State(StrEnum):
    """How a delivery stands."""

    WAITING = "WAITING"
    SENT = "SENT"
    KEPT = "KEPT"
    """It would have been sent, by a market that sends nothing."""
    DEAD = "DEAD"
    """Nobody tries any more."""


class Delivery(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """One message on one lane: on its way as long as `next_at` says when it is tried next."""

    secret_besides: ClassVar[frozenset[str]] = frozenset({"body"})

    delivery_id: int
    application_id: str
    seller_id: str
    lane: str
    address: str
    subscription_id: str
    notification_id: str
    notification_type: str
    body: str
    """What is sent. One that holds a secret is emptied when it has arrived."""
    created_at: datetime
    state: State
    attempts: int
    next_at: datetime | None
    give_up_at: datetime
    """When it is tried no more, if it still fails."""
    sent_at: datetime | None
    failure: str
    """Why the last attempt failed; empty if none did."""

    @property
    def holds_a_secret(self) -> bool:
        """Whether nobody but its receiver may see it."""
        return self.notification_type == NotificationType.NEW_SECRET
