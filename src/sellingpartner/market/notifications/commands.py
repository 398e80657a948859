"""What others may have notifications do."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.model import THE_MARKET, Actor
from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.accounts.secrets import rotate_secret
from sellingpartner.market.notifications import subscribers
from sellingpartner.market.notifications.deliveries import claim, failed, put_back, send_later, sent
from sellingpartner.market.notifications.envelopes import envelope, in_milliseconds
from sellingpartner.market.notifications.model import NotificationType
from sellingpartner.market.notifications.queues import queue_of, register_queue
from sellingpartner.storage.unit import UnitOfWork

__all__ = ["claim", "failed", "put_back", "register_queue", "rotate_secret_by_queue", "sent", "subscribers"]


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
    kind = NotificationType.NEW_SECRET
    send_later(unit, queue, kind, envelope(unit, queue, kind, content))
