"""The market's control API, v1: notifications: what was delivered where, to whom it is told, and how it is disturbed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.notifications_v1 import ProcessingDirective
from sellingpartner.contract.operation import Request, get, post, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 500, 503)
_FINDS = (200, 400, 403, 404, 500, 503)
_CREATES = (201, 400, 403, 404, 409, 415, 500, 503)
_CHANGES = (200, 400, 403, 404, 415, 500, 503)

Percent = Annotated[int, Meta(ge=0, le=100)]


class DeliveryState(OpenEnum):
    """How a message stands."""

    WAITING = "WAITING"
    SENT = "SENT"
    KEPT = "KEPT"
    """It would have been sent, by a market that sends nothing."""
    DEAD = "DEAD"
    """It is not tried any more."""


class Delivery(Message, rename="camel"):
    """One message to one destination."""

    delivery_id: int
    state: DeliveryState
    notification_type: str
    notification_id: str
    application_id: str
    seller_id: str | None = None
    """Whom it is about; left out for what an application is told about itself."""
    destination_id: str
    to: str
    """The queue's ARN or URL, the AWS account, or the webhook's URL."""
    subscription_id: str
    created_at: datetime
    attempts: int
    next_at: datetime | None = None
    sent_at: datetime | None = None
    failure: str | None = None
    """Why the last attempt failed."""
    body: str | None = None
    """What is sent, where one message is asked for; left out of one that holds a client secret."""


class Deliveries(Message):
    """The latest messages, newest first."""

    deliveries: list[Delivery]
    before: int | None = None
    """The number to go on before; left out at the end."""


class ListDeliveries(Request[Deliveries], rename="camel"):
    """List what was delivered where, and what waits and why: the newest first."""

    operation = get("/market/v1/deliveries", "listDeliveries", statuses=_READS, scope=NONE)

    application_id: str | None = None
    notification_type: str | None = None
    state: DeliveryState | None = None
    before: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    """Only messages before this number."""
    after: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    """Only messages after this number, in order: what came since somebody looked."""
    limit: Annotated[int, Meta(ge=1, le=1000)] | None = None
    """100 unless said."""


class GetDelivery(Request[Delivery], rename="camel"):
    """See one message, with what is sent."""

    operation = get("/market/v1/deliveries/{deliveryId}", "getDelivery", statuses=_FINDS, scope=NONE)

    delivery_id: Annotated[int, Meta(ge=1, le=2**53)]


class RetryDelivery(Request[Delivery], rename="camel"):
    """Have a message sent again, at once: one that waits, one that is dead, or one that has arrived."""

    operation = post("/market/v1/deliveries/{deliveryId}/retry", "retryDelivery", statuses=_CHANGES, scope=NONE)

    delivery_id: Annotated[int, Meta(ge=1, le=2**53)]


class NotificationSubscription(Message, rename="camel"):
    """That an application wants to be told one type of thing about one seller."""

    subscription_id: str
    application_id: str
    seller_id: str
    notification_type: str
    payload_version: str
    destination_id: str
    processing_directive: ProcessingDirective | None = None
    created_at: datetime
    is_active: bool
    """Not while the seller does not let the application have what the type tells of."""


class NotificationSubscriptions(Message):
    """The subscriptions of an application, or of all."""

    subscriptions: list[NotificationSubscription]


class ListSubscriptions(Request[NotificationSubscriptions], rename="camel"):
    """List who is told what about whom."""

    operation = get("/market/v1/subscriptions", "listSubscriptions", statuses=_READS, scope=NONE)

    application_id: str | None = None


class DestinationKind(OpenEnum):
    """What takes messages in."""

    SQS = "AWS_SQS"
    EVENT_BRIDGE = "AWS_EVENT_BRIDGE"
    WEBHOOK = "WEBHOOK"


class NotificationDestination(Message, rename="camel"):
    """Where messages go, and how that fares."""

    destination_id: str
    application_id: str
    name: str | None = None
    """Left out of an application's own queue."""
    kind: DestinationKind
    to: str
    failures: int
    """How many attempts have failed since something last arrived."""
    failure: str | None = None
    """Why nothing can be sent there, as far as that was seen."""
    next_at: datetime | None = None
    """When it is tried next, after a failure."""
    checked_at: datetime | None = None
    arrived_at: datetime | None = None
    """When something last arrived there."""


class NotificationDestinations(Message):
    """The destinations of an application, or of all, its own queue among them."""

    destinations: list[NotificationDestination]


class ListDestinations(Request[NotificationDestinations], rename="camel"):
    """List where messages go, and what is wrong there."""

    operation = get("/market/v1/destinations", "listDestinations", statuses=_READS, scope=NONE)

    application_id: str | None = None


class CreatedWebhook(Message, rename="camel"):
    """A webhook with the secret that its messages are signed with, which no other answer shows."""

    destination_id: str
    url: str
    secret: str


class CreateWebhookSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """The webhook to be."""

    application_id: str
    url: str
    name: str | None = None


class CreateWebhook(Request[CreatedWebhook], rename="camel"):
    """Let an application be told at a URL (Standard Webhooks), which Amazon does not offer. It takes every type."""

    operation = post(
        "/market/v1/webhooks",
        "createWebhook",
        status=201,
        statuses=_CREATES,
        body=CreateWebhookSpecification,
        scope=NONE,
    )

    application_id: str
    url: str
    name: str | None = None
    """The URL unless said."""


class Disturbance(Message, rename="camel", omit_defaults=False):
    """How messages are disturbed on their way."""

    duplicate_percent: int
    is_shuffled: bool


class GetDisturbance(Request[Disturbance]):
    """See how messages are disturbed on their way."""

    operation = get("/market/v1/disturbance", "getDisturbance", statuses=_READS, scope=NONE)


class SetDisturbanceSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """How messages are to be disturbed."""

    duplicate_percent: Percent | None = None
    is_shuffled: bool | None = None


class SetDisturbance(Request[Disturbance], rename="camel"):
    """Have messages come twice, or in another order, as they may at Amazon; what is not said is not done."""

    operation = put(
        "/market/v1/disturbance", "setDisturbance", statuses=_CHANGES, body=SetDisturbanceSpecification, scope=NONE
    )

    duplicate_percent: Percent | None = None
    """How many of a hundred are sent twice."""
    is_shuffled: bool | None = None
    """Whether those that leave together leave in another order than they were written in."""


class SubscribeListenerSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Who wants to hear what."""

    notification_types: list[str] | None = None
    application_id: str | None = None
    seller_id: str | None = None


class SubscribeListener(Request[NotificationSubscriptions], rename="camel"):
    """Have messages written for somebody who reads them here, at a destination to which nothing is sent."""

    operation = post(
        "/market/v1/listeners",
        "subscribeListener",
        status=201,
        statuses=_CREATES,
        body=SubscribeListenerSpecification,
        scope=NONE,
    )

    notification_types: list[str] | None = None
    """All that this market sends, unless said."""
    application_id: str | None = None
    """The market's first application unless said."""
    seller_id: str | None = None
    """The market's first seller unless said."""
