"""At most one message about a thing in a period: the first change is told at once, the last state when the period ends.

nothing held -> a change: told, and a period begins
in a period  -> a change: remembered
the period ends: what was remembered is told, and another period begins; if nothing was, nothing is held any more
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications_v1 import AggregationTimePeriod
from sellingpartner.market.notifications.model import Subscription
from sellingpartner.market.notifications.subscriptions import subscription_with
from sellingpartner.market.notifications.tables import aggregates
from sellingpartner.market.time.schedule import Due, later
from sellingpartner.storage.unit import UnitOfWork

_PERIODS = {
    AggregationTimePeriod.FIVE_MINUTES: timedelta(minutes=5),
    AggregationTimePeriod.TEN_MINUTES: timedelta(minutes=10),
}


class AggregationEnds(Due):
    """A period is over in which a subscription was told nothing more of a subject."""

    subscription_id: str
    subject: str


def is_held_back(unit: UnitOfWork, subscription: Subscription, subject: str) -> bool:
    """Whether a change that happens at this moment is told later."""
    period = _period_of(subscription)
    if period is None:
        return False
    this = _is(subscription.subscription_id, subject)
    standing = unit.execute(select(aggregates.c.ends_at).where(this)).first()
    if standing is not None:
        unit.execute(aggregates.update().where(this).values(changed_at=unit.now))
        return True
    row = {"subscription_id": subscription.subscription_id, "subject": subject, "ends_at": unit.now + period}
    unit.execute(aggregates.insert(), row | {"changed_at": None})
    _end_later(unit, subscription, subject, period)
    return False


def end_period(
    unit: UnitOfWork,
    due: AggregationEnds,
    tell: Callable[[Subscription, datetime], Message | None],
) -> tuple[Subscription, Message] | None:
    """End a period; returns what is to be told of it, if there is anything, as `tell` has it for the last change."""
    this = _is(due.subscription_id, due.subject)
    row = unit.execute(select(aggregates.c.changed_at).where(this)).first()
    subscription = subscription_with(unit, due.subscription_id)
    if row is None or subscription is None:
        return None
    period = _period_of(subscription)
    if row.changed_at is None or period is None or not subscription.is_active:
        unit.execute(aggregates.delete().where(this))
        return None
    unit.execute(aggregates.update().where(this).values(changed_at=None, ends_at=unit.now + period))
    _end_later(unit, subscription, due.subject, period)
    message = tell(subscription, row.changed_at)
    return None if message is None else (subscription, message)


def _end_later(unit: UnitOfWork, subscription: Subscription, subject: str, period: timedelta) -> None:
    later(unit, AggregationEnds(subscription_id=subscription.subscription_id, subject=subject), at=unit.now + period)


def _period_of(subscription: Subscription) -> timedelta | None:
    directive = subscription.directive
    wanted = (
        None if directive is None or directive.event_filter is None else directive.event_filter.aggregation_settings
    )
    return None if wanted is None else _PERIODS[wanted.aggregation_time_period]


def _is(subscription_id: str, subject: str) -> ColumnElement[bool]:
    return (aggregates.c.subscription_id == subscription_id) & (aggregates.c.subject == subject)
