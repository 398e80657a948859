"""Notifications, v1: destinations, and subscriptions to what happens to a seller.

Operations that name no seller are grantless: they are about the application, whoever its sellers are.
"""

from __future__ import annotations

from sellingpartner.contract import notifications_v1 as v1
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.notifications import commands, questions
from sellingpartner.market.notifications.addresses import partner_event_source
from sellingpartner.market.notifications.model import Destination, Subscription
from sellingpartner.market.notifications.refusals import NotUnderstood
from sellingpartner.market.notifications.types import DestinationKind
from sellingpartner.market.sealing import sealed, unsealed
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 30

_PURPOSE = b"subscriptions after "


@handles(v1.GetDestinations)
def get_destinations(unit: UnitOfWork, _request: v1.GetDestinations, caller: Caller) -> v1.GetDestinationsResponse:
    """Where the application may have notifications delivered."""
    found = questions.destinations_of(unit, caller.application_id)
    return v1.GetDestinationsResponse(payload=[_destination(each) for each in found])


@handles(v1.CreateDestination)
def create_destination(unit: UnitOfWork, request: v1.CreateDestination, caller: Caller) -> v1.CreateDestinationResponse:
    """Let the application have notifications delivered to a queue or an event bus."""
    made = commands.create_destination(unit, caller.application_id, request.name, request.resource_specification)
    return v1.CreateDestinationResponse(payload=_destination(made))


@handles(v1.GetDestination)
def get_destination(unit: UnitOfWork, request: v1.GetDestination, caller: Caller) -> v1.GetDestinationResponse:
    """One of the application's destinations."""
    found = questions.destination_of(unit, caller.application_id, request.destination_id)
    return v1.GetDestinationResponse(payload=_destination(found))


@handles(v1.DeleteDestination)
def delete_destination(unit: UnitOfWork, request: v1.DeleteDestination, caller: Caller) -> v1.DeleteDestinationResponse:
    """Take a destination away that no subscription delivers to."""
    commands.delete_destination(unit, caller.application_id, request.destination_id)
    return v1.DeleteDestinationResponse()


@handles(v1.CreateSubscription)
def create_subscription(
    unit: UnitOfWork, request: v1.CreateSubscription, caller: Caller
) -> v1.CreateSubscriptionResponse:
    """Have the application told about the seller."""
    wanted = commands.Wanted(
        notification_type=request.notification_type,
        payload_version=request.payload_version,
        destination_id=request.destination_id,
        directive=request.processing_directive,
    )
    return v1.CreateSubscriptionResponse(payload=_subscription(commands.subscribe(unit, caller.application_id, wanted)))


@handles(v1.GetSubscription)
def get_subscription(unit: UnitOfWork, request: v1.GetSubscription, caller: Caller) -> v1.GetSubscriptionResponse:
    """The application's subscription to a type, of the latest version unless one is named."""
    found = questions.subscription_by_type(
        unit, caller.application_id, request.notification_type, request.payload_version
    )
    return v1.GetSubscriptionResponse(payload=_subscription(found))


@handles(v1.GetSubscriptions)
def get_subscriptions(unit: UnitOfWork, request: v1.GetSubscriptions, caller: Caller) -> v1.GetSubscriptionsResponse:
    """The application's subscriptions to a type, a page at a time."""
    (name,) = request.notification_types
    found = questions.subscriptions_by_type(unit, caller.application_id, name, request.payload_version)
    after = _after(unit, request)
    size = request.page_size or _PAGE
    left = [one for one in found if one.subscription_id > after]
    page = left[:size]
    token = sealed(unit, page[-1].subscription_id.encode(), purpose=_PURPOSE) if len(left) > size else None
    payload = v1.GetSubscriptionsPayload(subscriptions=[_subscription(one) for one in page], next_token=token)
    return v1.GetSubscriptionsResponse(payload=payload)


@handles(v1.GetSubscriptionById)
def get_subscription_by_id(
    unit: UnitOfWork, request: v1.GetSubscriptionById, caller: Caller
) -> v1.GetSubscriptionByIdResponse:
    """One of the application's subscriptions, whichever seller it is about."""
    found = questions.subscription_of(unit, caller.application_id, request.notification_type, request.subscription_id)
    return v1.GetSubscriptionByIdResponse(payload=_subscription(found))


@handles(v1.DeleteSubscriptionById)
def delete_subscription_by_id(
    unit: UnitOfWork, request: v1.DeleteSubscriptionById, caller: Caller
) -> v1.DeleteSubscriptionByIdResponse:
    """Have the application not told any more."""
    commands.unsubscribe(unit, caller.application_id, request.notification_type, request.subscription_id)
    return v1.DeleteSubscriptionByIdResponse()


@handles(v1.SendTestNotification)
def send_test_notification(
    unit: UnitOfWork, request: v1.SendTestNotification, caller: Caller
) -> v1.SendTestNotificationResponse:
    """Have a made-up notification sent to one of the application's queues, in a sandbox."""
    test = request.test_notification
    wanted = commands.Mock(
        notification_type=request.notification_type,
        destination_id=request.destination_id,
        payload_version=None if test is None else test.payload_version,
        scenario=None if test is None else test.test_scenario,
    )
    commands.send_mock(unit, caller.application_id, wanted)
    return v1.SendTestNotificationResponse()


def _after(unit: UnitOfWork, request: v1.GetSubscriptions) -> str:
    if request.next_token is None:
        return ""
    found = unsealed(unit, request.next_token, purpose=_PURPOSE)
    if found is None:
        raise NotUnderstood("nextToken is not one of this operation's; begin again without it")
    return found.decode()


def _destination(found: Destination) -> v1.Destination:
    """A destination; of a webhook, which Amazon does not have, the resource is empty."""
    resource = v1.DestinationResource()
    if found.kind is DestinationKind.SQS:
        resource = v1.DestinationResource(sqs=v1.SqsResource(arn=found.address))
    elif found.kind is DestinationKind.EVENT_BRIDGE:
        source = partner_event_source(found.address, found.application_id)
        bus = v1.EventBridgeResource(name=source, region=found.region, account_id=found.address)
        resource = v1.DestinationResource(event_bridge=bus)
    return v1.Destination(name=found.name, destination_id=found.destination_id, resource=resource)


def _subscription(found: Subscription) -> v1.Subscription:
    return v1.Subscription(
        subscription_id=found.subscription_id,
        payload_version=found.payload_version,
        destination_id=found.destination_id,
        processing_directive=found.directive,
    )
