"""What notifications hear from accounts; what they tell of others is in `payloads`."""

from __future__ import annotations

from sellingpartner.market.accounts.questions import application_by
from sellingpartner.market.accounts.secrets import watch_for_the_end
from sellingpartner.market.events.accounts import (
    GrantExpired,
    GrantGiven,
    GrantNarrowed,
    GrantRevoked,
    SecretExpiryNears,
    SecretMade,
)
from sellingpartner.market.notifications import payloads
from sellingpartner.market.notifications.envelopes import in_milliseconds
from sellingpartner.market.notifications.model import NotificationType
from sellingpartner.market.notifications.queues import queue_of
from sellingpartner.market.notifications.subscriptions import follow_grants
from sellingpartner.market.notifications.telling import tell_application
from sellingpartner.storage.unit import UnitOfWork, on

TOLD = payloads.ALL

GrantFact = GrantGiven | GrantNarrowed | GrantRevoked | GrantExpired


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
    tell_application(unit, queue, NotificationType.SECRET_EXPIRY, content)


def follow_a_grant(unit: UnitOfWork, fact: GrantFact) -> None:
    """What an application may be told of a seller is what the seller lets it have."""
    follow_grants(unit, fact.application_id)


_GRANTS: tuple[type[GrantFact], ...] = (GrantGiven, GrantNarrowed, GrantRevoked, GrantExpired)
for _kind in _GRANTS:
    on(_kind)(follow_a_grant)
