"""What a network does to messages, on demand: some are lost or late, some come twice, or in another order.

Rules of faults (`market/faults`) that are of notifications strike here, and count in the transaction in which messages
are claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

import msgspec
from sqlalchemy import select

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.faults import store as rules
from sellingpartner.market.faults.luck import Struck, met
from sellingpartner.market.faults.model import Called, Counts, Notification, Rule
from sellingpartner.market.notifications import deliveries
from sellingpartner.market.notifications.model import Delivery
from sellingpartner.market.notifications.tables import disturbances
from sellingpartner.market.time.chance import chance
from sellingpartner.storage.unit import UnitOfWork

ALL = ""
"""The lane that stands for all of them."""
_WHOLE = 100


class Disturbance(msgspec.Struct, frozen=True, kw_only=True):
    """How messages are disturbed on their way."""

    duplicate_percent: int = 0
    """How many of a hundred are sent twice."""
    is_shuffled: bool = False
    """Whether those that leave together leave in another order than they were written in."""


NONE = Disturbance()


def disturb(unit: UnitOfWork, disturbance: Disturbance) -> None:
    """Have messages disturbed from here on, or left alone again."""
    if not 0 <= disturbance.duplicate_percent <= _WHOLE:
        raise InvalidInput(f"duplicatePercent is {disturbance.duplicate_percent}; it must be 0 to {_WHOLE}.")
    unit.execute(disturbances.delete())
    if disturbance != NONE:
        unit.execute(disturbances.insert(), msgspec.structs.asdict(disturbance) | {"lane": ALL})


def disturbance_of(unit: UnitOfWork) -> Disturbance:
    """How messages are disturbed."""
    row = unit.execute(select(disturbances.c.duplicate_percent, disturbances.c.is_shuffled)).first()
    return NONE if row is None else Disturbance(**row._mapping)


def as_they_leave(unit: UnitOfWork, claimed: Sequence[Delivery]) -> list[Delivery]:
    """Messages in the order in which they are sent, as far as they are, and some of them twice if that is wanted."""
    if not claimed:
        return []
    leaving = _struck(unit, claimed)
    wanted = disturbance_of(unit)
    if wanted == NONE or not leaving:
        return leaving
    luck = chance(unit, "disturbance", *(each.delivery_id for each in claimed))
    leaving = [each for one in leaving for each in [one] * (1 + (luck.randrange(_WHOLE) < wanted.duplicate_percent))]
    return _shuffled(leaving, luck) if wanted.is_shuffled else leaving


def _shuffled(leaving: list[Delivery], luck: Random) -> list[Delivery]:
    """The same in another order, whatever luck says."""
    shuffled = list(leaving)
    luck.shuffle(shuffled)
    return shuffled if shuffled != leaving else shuffled[::-1]


def _struck(unit: UnitOfWork, claimed: Sequence[Delivery]) -> list[Delivery]:
    """What leaves of the messages, once faults have met them."""
    of_notifications = [
        (rule, rule.fault, counts) for rule, counts in rules.all_rules(unit) if isinstance(rule.fault, Notification)
    ]
    leaving = list(claimed)
    fresh: dict[int, Counts] = {}
    for rule, fault, counts in of_notifications:
        hits: dict[int, Struck] = {}
        for delivery in {each.delivery_id: each for each in leaving}.values():
            counts, hit = _met(unit, rule, counts, delivery)  # noqa: PLW2901 - the counts go on
            if hit is not None:
                hits[delivery.delivery_id] = hit
        fresh[rule.rule_id] = counts
        leaving = _after(unit, fault, leaving, hits)
    rules.keep_counts(unit, fresh)
    return leaving


def _met(unit: UnitOfWork, rule: Rule, counts: Counts, delivery: Delivery) -> tuple[Counts, Struck | None]:
    called = Called(
        notification_type=delivery.notification_type,
        application_id=delivery.application_id,
        seller_id=delivery.seller_id,
    )
    if delivery.attempts:  # it has met its faults when it first left
        return counts, None
    if not rule.where.takes(called) or not rule.when.is_open(unit.now, counts.struck):
        return counts, None
    return met(rule, counts, unit.seed)


def _after(unit: UnitOfWork, fault: Notification, leaving: list[Delivery], hits: dict[int, Struck]) -> list[Delivery]:
    """What is left to be sent when a fault has struck some of the messages."""
    if not hits:
        return leaving
    struck = [each for each in leaving if each.delivery_id in hits]
    match fault.what:
        case "lost":
            deliveries.lost(unit, struck, f"lost by a fault: {hits[struck[0].delivery_id].told}")
            return [each for each in leaving if each.delivery_id not in hits]
        case "delayed":
            for each in struck:
                reason = f"delayed by a fault: {hits[each.delivery_id].told}"
                deliveries.put_off(unit, each, reason, timedelta(seconds=fault.seconds))
            return [each for each in leaving if each.delivery_id not in hits]
        case "duplicated":
            return [each for one in leaving for each in [one] * (1 + (one.delivery_id in hits))]
        case "reordered":
            return _shuffled(leaving, next(iter(hits.values())).luck())
