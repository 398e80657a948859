"""What notifications hear from others."""

from __future__ import annotations

from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.accounts.secrets import watch_for_the_end
from sellingpartner.market.events.accounts import SecretExpiryNears, SecretMade
from sellingpartner.market.notifications.deliveries import send_later
from sellingpartner.market.notifications.envelopes import envelope, in_milliseconds
from sellingpartner.market.notifications.model import NotificationType
from sellingpartner.market.notifications.queues import queue_of
from sellingpartner.storage.unit import UnitOfWork, on


@on(SecretMade)
def watch_over_the_secret(unit: UnitOfWork, fact: SecretMade) -> None:
    """The end of a secret is watched for where there is somebody to tell."""
    if queue_of(unit, fact.application_id) is not None:
        watch_for_the_end(unit, fact.application_id)


@on(SecretExpiryNears)
def warn_of_expiry(unit: UnitOfWork, fact: SecretExpiryNears) -> None:
    """An application that has a queue is told in time that its client secret ends."""
    queue = queue_of(unit, fact.application_id)
    if queue is None:
        return
    content = {
        "clientId": application_by(unit, application_id=fact.application_id).client_id,
        "clientSecretExpiryTime": in_milliseconds(fact.expires_at),
        "clientSecretExpiryReason": "PERIODIC_ROTATION",
    }
    kind = NotificationType.SECRET_EXPIRY
    send_later(unit, queue, kind, envelope(unit, queue, kind, content))
