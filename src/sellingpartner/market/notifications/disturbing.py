"""What a network does to messages, on demand: some come twice, and they come in another order."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import select

from sellingpartner.contract.errors import InvalidInput
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
    """Messages in the order in which they are sent, some of them twice if that is wanted."""
    wanted = disturbance_of(unit)
    if wanted == NONE or not claimed:
        return list(claimed)
    luck = chance(unit, "disturbance", *(each.delivery_id for each in claimed))
    leaving = [each for one in claimed for each in [one] * (1 + (luck.randrange(_WHOLE) < wanted.duplicate_percent))]
    if wanted.is_shuffled:
        before = list(leaving)
        luck.shuffle(leaving)
        if leaving == before:
            leaving.reverse()
    return leaving
