"""Subscriptions: an application wants to be told one type of thing about one seller, in one version.

none -> active          by createSubscription, with the seller's token
active <-> paused       while the seller does not let the application have what the type tells of
either -> none          by deleteSubscriptionById, which needs no seller
"""

from __future__ import annotations

from functools import cache

import msgspec
from sqlalchemy import String, bindparam, exists, select

from sellingpartner.contract.notification_roles import NOTIFICATION_ROLES
from sellingpartner.contract.notifications_v1 import ProcessingDirective
from sellingpartner.contract.scopes import NOTIFICATIONS
from sellingpartner.market.accounts.questions import grants_of
from sellingpartner.market.notifications.deliveries import give_up_waiting
from sellingpartner.market.notifications.destinations import destination_of
from sellingpartner.market.notifications.filters import check_directive
from sellingpartner.market.notifications.model import Subscription
from sellingpartner.market.notifications.refusals import NotUnderstood, SubscribedAlready, Unknown
from sellingpartner.market.notifications.tables import aggregates, deliveries, subscriptions
from sellingpartner.market.notifications.types import Subscribable, subscribable_types
from sellingpartner.market.time.chance import chance, uuid_of
from sellingpartner.storage.memory import Recollection
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

_GONE = "The seller took back what its application was let in for."

_of_type = (subscriptions.c.notification_type == bindparam("of_type")) & subscriptions.c.is_active
_wanting = Question(
    select(subscriptions)
    .where(_of_type, subscriptions.c.seller_id == bindparam("of_seller"))
    .order_by(subscriptions.c.subscription_id),
    Subscription,
)

_WANTING: Recollection[tuple[str, str], list[Subscription]] = Recollection()
_ANYBODY: Recollection[str, bool] = Recollection()


@cache
def _any_of(count: int) -> Question[list[bool]]:
    """Whether anybody wants to be told each of so many types, in one question."""
    at = subscriptions.c
    these = (
        exists().where(at.notification_type == bindparam(f"type_{number}", type_=String()), at.is_active)
        for number in range(count)
    )
    asked = select().add_columns(*(one.label(f"is_{number}") for number, one in enumerate(these)))
    return Question(asked, lambda **found: [bool(one) for one in found.values()])


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What an application asks to be told."""

    notification_type: str
    payload_version: str
    destination_id: str
    directive: ProcessingDirective | None = None


def subscribe(unit: UnitOfWork, application_id: str, wanted: Wanted) -> Subscription:
    """Have an application told about this unit's seller; raises what is wrong with that."""
    kind = _checked_type(wanted.notification_type)
    if wanted.payload_version not in kind.versions:
        raise NotUnderstood(
            f"Payload version {wanted.payload_version} is not supported for notification type "
            f"{wanted.notification_type}; supported: {', '.join(kind.versions)}"
        )
    check_directive(wanted.notification_type, wanted.payload_version, kind, wanted.directive)
    try:
        destination = destination_of(unit, application_id, wanted.destination_id)
    except Unknown as unknown:
        raise NotUnderstood(unknown.details or "") from None
    if not kind.takes(destination.kind):
        raise NotUnderstood(f"Notification type {wanted.notification_type} does not support {destination.kind}")
    if _found(unit, application_id, wanted.notification_type, wanted.payload_version):
        raise SubscribedAlready(wanted.notification_type)
    luck = chance(unit, "subscription", application_id, unit.next_number("subscriptions"))
    subscription = Subscription(
        subscription_id=uuid_of(luck.getrandbits(128)),
        application_id=application_id,
        seller_id=unit.seller_id,
        created_at=unit.now,
        is_active=True,
        **{name: getattr(wanted, name) for name in wanted.__struct_fields__},
    )
    unit.execute(subscriptions.insert(), {name: getattr(subscription, name) for name in subscription.__struct_fields__})
    _forget(unit)
    return subscription


def subscription_by_type(
    unit: UnitOfWork, application_id: str, notification_type: str, payload_version: str | None
) -> Subscription:
    """An application's subscription of this unit's seller, of the latest version unless one is named."""
    kind = _checked_type(notification_type)
    found = _found(unit, application_id, notification_type, payload_version)
    if not found:
        version = "" if payload_version is None else f" and payload version {payload_version}"
        raise Unknown(f"No subscription for notification type {notification_type}{version}")
    return max(found, key=lambda one: kind.versions.index(one.payload_version))


def subscriptions_by_type(
    unit: UnitOfWork, application_id: str, notification_type: str, payload_version: str | None
) -> list[Subscription]:
    """An application's subscriptions of this unit's seller, in the order of their ids."""
    _checked_type(notification_type)
    found = _found(unit, application_id, notification_type, payload_version)
    return sorted(found, key=lambda one: one.subscription_id)


def subscription_of(
    unit: UnitOfWork, application_id: str, notification_type: str, subscription_id: str
) -> Subscription:
    """One subscription of an application's, whichever seller it is about; raises `Unknown`."""
    _checked_type(notification_type)
    this = (
        subscriptions.c.subscription_id == subscription_id,
        subscriptions.c.application_id == application_id,
        subscriptions.c.notification_type == notification_type,
    )
    row = unit.execute(select(subscriptions).where(*this)).first()
    if row is None:
        raise Unknown(f"No subscription with id '{subscription_id}' for notification type {notification_type}")
    return Subscription(**row._mapping)


def unsubscribe(unit: UnitOfWork, application_id: str, notification_type: str, subscription_id: str) -> None:
    """End a subscription. What it has written already is still sent, if the seller lets the application in."""
    subscription_of(unit, application_id, notification_type, subscription_id)
    unit.execute(subscriptions.delete().where(subscriptions.c.subscription_id == subscription_id))
    _forget(unit)
    unit.execute(aggregates.delete().where(aggregates.c.subscription_id == subscription_id))


def all_subscriptions(unit: UnitOfWork, application_id: str | None = None) -> list[Subscription]:
    """An application's subscriptions, or everybody's."""
    wanted = select(subscriptions).order_by(
        subscriptions.c.application_id, subscriptions.c.notification_type, subscriptions.c.subscription_id
    )
    if application_id is not None:
        wanted = wanted.where(subscriptions.c.application_id == application_id)
    return [Subscription(**row._mapping) for row in unit.execute(wanted)]


def subscription_with(unit: UnitOfWork, subscription_id: str) -> Subscription | None:
    """A subscription by its id, whosever it is."""
    row = unit.execute(select(subscriptions).where(subscriptions.c.subscription_id == subscription_id)).first()
    return None if row is None else Subscription(**row._mapping)


def wanting(unit: UnitOfWork, notification_type: str, seller_id: str) -> list[Subscription]:
    """Who wants to be told a type of thing about a seller. Every write asks; on SQLite a transaction looks once."""
    known = _WANTING.of(unit.memory)
    found = known.get((notification_type, seller_id))
    if found is None:
        found = _wanting.all(unit.connection, {"of_type": notification_type, "of_seller": seller_id})
        if unit.is_alone:
            known[notification_type, seller_id] = found
    return found


def is_wanted(unit: UnitOfWork, *notification_types: str) -> list[bool]:
    """Of each of these types of things, whether anybody wants to be told about whichever seller."""
    known = _ANYBODY.of(unit.memory) if unit.is_alone else {}
    if asked := [one for one in notification_types if one not in known]:
        named = {f"type_{number}": one for number, one in enumerate(asked)}
        known |= dict(zip(asked, _any_of(len(asked)).one(unit.connection, named), strict=True))
    return [known[one] for one in notification_types]


def _forget(unit: UnitOfWork) -> None:
    _WANTING.forget(unit.memory)
    _ANYBODY.forget(unit.memory)


def follow_grants(unit: UnitOfWork, application_id: str) -> None:
    """Let an application be told of this unit's seller what its standing grants let it have, and nothing else."""
    mine = (subscriptions.c.application_id == application_id, subscriptions.c.seller_id == unit.seller_id)
    found = [Subscription(**row._mapping) for row in unit.execute(select(subscriptions).where(*mine))]
    if not found:
        return
    grants = [
        grant
        for grant in grants_of(unit, application_id=application_id, seller_id=unit.seller_id)
        if grant.stands(unit.now) and NOTIFICATIONS in grant.scopes
    ]
    for subscription in found:
        wanted = NOTIFICATION_ROLES.get(subscription.notification_type, ())
        may = any(not wanted or grant.roles is None or set(wanted) & set(grant.roles) for grant in grants)
        if may is not subscription.is_active:
            this = subscriptions.c.subscription_id == subscription.subscription_id
            unit.execute(subscriptions.update().where(this).values(is_active=may))
            _forget(unit)
        if not may:
            give_up_waiting(unit, deliveries.c.subscription_id == subscription.subscription_id, _GONE)


def _found(
    unit: UnitOfWork, application_id: str, notification_type: str, payload_version: str | None
) -> list[Subscription]:
    these = [
        subscriptions.c.application_id == application_id,
        subscriptions.c.seller_id == unit.seller_id,
        subscriptions.c.notification_type == notification_type,
    ]
    if payload_version is not None:
        these.append(subscriptions.c.payload_version == payload_version)
    return [Subscription(**row._mapping) for row in unit.execute(select(subscriptions).where(*these))]


def _checked_type(name: str) -> Subscribable:
    """A type that may be subscribed to; raises `NotUnderstood` for what is none, or is Amazon's no more.

    Assumed: the words in which a subscription to a type that does not exist is refused.
    """
    kind = subscribable_types().get(name)
    if kind is None:
        raise NotUnderstood(f"Notification type {name} is invalid or cannot be subscribed to")
    return kind
