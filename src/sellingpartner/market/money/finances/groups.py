"""Groups: settlement periods, the latest first, a page at a time."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import select

from sellingpartner.market.money.ledger.periods import Period
from sellingpartner.market.money.ledger.tables import settlement_periods
from sellingpartner.market.money.ledger.walking import Key
from sellingpartner.storage.keyset import beyond
from sellingpartner.storage.unit import UnitOfWork


class GroupFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which groups are meant: those that began from `after` on and before `before`."""

    after: datetime | None = None
    before: datetime


class GroupPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some groups, and after which key the next page begins."""

    groups: list[Period] = []
    next_key: Key | None = None


def page_of_groups(unit: UnitOfWork, wanted: GroupFilter, after: Key | None = None, limit: int = 10) -> GroupPage:
    """One page of groups, the latest first; `after` is the key that the page before ended with."""
    at = settlement_periods.c
    statement = (
        select(*(at[name] for name in Period.__struct_fields__))
        .where(at.seller_id == unit.seller_id, at.began_at < wanted.before)
        .order_by(at.began_at.desc(), at.period_id.desc())
        .limit(limit + 1)
    )
    if wanted.after is not None:
        statement = statement.where(at.began_at >= wanted.after)
    if after is not None:
        statement = statement.where(beyond((at.began_at, at.period_id), after, is_descending=True))
    found = [Period(**row._mapping) for row in unit.execute(statement)]
    if len(found) <= limit:
        return GroupPage(groups=found)
    last = found[limit - 1]
    return GroupPage(groups=found[:limit], next_key=(last.began_at, last.period_id))
