"""Applications' queues and client secrets."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.accounts.secrets import rotate_secret
from sellingpartner.market.notifications import commands, questions
from sellingpartner.market.notifications.model import Delivery, Queue
from sellingpartner.server.control.desk import Desk
from sellingpartner.storage.unit import UnitOfWork


def register_queue(desk: Desk, request: v1.RegisterQueue) -> v1.ApplicationQueue:
    """Have an application told in a queue."""
    with desk.market.write() as unit:
        return _queue(unit, commands.register_queue(unit, request.application_id, request.queue, by=desk.by))


def get_queue(desk: Desk, request: v1.GetQueue) -> v1.ApplicationQueue:
    """Where an application is told, with the latest messages."""
    with desk.market.read() as unit:
        application_by(unit, application_id=request.application_id)
        queue = questions.queue_of(unit, request.application_id)
        if queue is None:
            raise NotFound(f"No queue is registered for {request.application_id}.")
        return _queue(unit, queue)


def rotate_client_secret(desk: Desk, request: v1.RotateClientSecret) -> v1.RotatedClientSecret:
    """Make another client secret and show it."""
    with desk.market.write() as unit:
        application = application_by(unit, application_id=request.application_id)
        rotated = rotate_secret(unit, request.application_id, by=desk.by)
    return v1.RotatedClientSecret(
        client_id=application.client_id,
        client_secret=rotated.secret,
        expires_at=rotated.expires_at,
        old_expires_at=rotated.old_expires_at,
    )


def _queue(unit: UnitOfWork, queue: Queue) -> v1.ApplicationQueue:
    return v1.ApplicationQueue(
        application_id=queue.application_id,
        queue=queue.address,
        registered_at=queue.registered_at,
        deliveries=[_delivery(each) for each in questions.deliveries_of(unit, queue.application_id)],
    )


def _delivery(delivery: Delivery) -> v1.QueueDelivery:
    return v1.QueueDelivery(
        notification_type=delivery.notification_type,
        created_at=delivery.created_at,
        attempts=delivery.attempts,
        next_at=delivery.next_at,
        sent_at=delivery.sent_at,
        failure=delivery.failure or None,
    )
