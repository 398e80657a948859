"""What others may have notifications do."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.model import THE_MARKET, Actor
from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.accounts.secrets import rotate_secret
from sellingpartner.market.notifications import subscribers
from sellingpartner.market.notifications.deliveries import (
    claim,
    forget_old,
    give_up,
    kept,
    put_back,
    put_off,
    retry,
    sent,
)
from sellingpartner.market.notifications.destinations import create_destination, create_webhook, delete_destination
from sellingpartner.market.notifications.disturbing import Disturbance, as_they_leave, disturb
from sellingpartner.market.notifications.envelopes import in_milliseconds
from sellingpartner.market.notifications.lanes import lane_arrived, lane_checked, lane_failed
from sellingpartner.market.notifications.mocking import Mock, send_mock
from sellingpartner.market.notifications.model import NotificationType
from sellingpartner.market.notifications.queues import queue_of, register_queue
from sellingpartner.market.notifications.subscriptions import Wanted, subscribe, unsubscribe
from sellingpartner.market.notifications.telling import tell_application
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "Disturbance",
    "Mock",
    "Wanted",
    "as_they_leave",
    "claim",
    "create_destination",
    "create_webhook",
    "delete_destination",
    "disturb",
    "forget_old",
    "give_up",
    "kept",
    "lane_arrived",
    "lane_checked",
    "lane_failed",
    "put_back",
    "put_off",
    "register_queue",
    "retry",
    "rotate_secret_by_queue",
    "send_mock",
    "sent",
    "subscribe",
    "subscribers",
    "unsubscribe",
]


class NoQueue(InvalidInput):
    """An application has nowhere to be told its new secret."""

    def __init__(self, application_id: str) -> None:
        super().__init__(
            f"No queue is registered for {application_id}, so its new client secret could not be sent. Register an SQS "
            f"queue first: spapi application queue {application_id} QUEUE, or PUT "
            f"/market/v1/applications/{application_id}/queue."
        )


def rotate_secret_by_queue(unit: UnitOfWork, application_id: str, *, by: Actor = THE_MARKET) -> None:
    """Make another client secret for an application, and send it to the application's queue, where alone it is shown.

    The secret does not travel in the event: events are kept, and this message is emptied when it has arrived.
    """
    queue = queue_of(unit, application_id)
    if queue is None:
        raise NoQueue(application_id)
    rotated = rotate_secret(unit, application_id, by=by)
    content = {
        "clientId": application_by(unit, application_id=application_id).client_id,
        "newClientSecret": rotated.secret,
        "newClientSecretExpiryTime": in_milliseconds(rotated.expires_at),
        "oldClientSecretExpiryTime": in_milliseconds(rotated.old_expires_at),
    }
    tell_application(unit, queue, NotificationType.NEW_SECRET, content)
