"""How promotions are read and written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from sellingpartner.market.promotions.model import Ended, Kind, Promotion
from sellingpartner.market.promotions.tables import promotions
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork


def _promotion(**row: Any) -> Promotion:  # noqa: ANN401 - the columns of a row
    ended = row.pop("ended_by")
    kind = Kind(row.pop("kind"))
    return Promotion(**row, kind=kind, ended_by=None if ended is None else Ended(ended))


_at = promotions.c
_columns = tuple(_at[name] for name in Promotion.__struct_fields__)
_this = (_at.seller_id == bindparam("of_seller")) & (_at.promotion_id == bindparam("of_promotion"))
_insert = Prepared(promotions.insert())
_one = Question(select(*_columns).where(_this), _promotion)
_running = Question(
    select(*_columns)
    .where(
        _at.seller_id == bindparam("of_seller"),
        _at.marketplace_id == bindparam("of_marketplace"),
        _at.begins_at <= bindparam("moment"),
        _at.ends_at > bindparam("moment"),
        _at.ended_at.is_(None),
    )
    .order_by(_at.promotion_id),
    _promotion,
)
_held = Question(select(*_columns).where(_this).with_for_update(), _promotion)
_begun = Question(
    select(*_columns)
    .where(
        _at.seller_id == bindparam("of_seller"),
        _at.marketplace_id == bindparam("of_marketplace"),
        _at.begins_at >= bindparam("since"),
        _at.begins_at <= bindparam("until"),
    )
    .order_by(_at.begins_at, _at.promotion_id),
    _promotion,
)
_all = Question(
    select(*_columns).where(_at.seller_id == bindparam("of_seller")).order_by(_at.begins_at, _at.promotion_id),
    _promotion,
)
_change = Prepared(
    promotions.update()
    .where(_this)
    .values(
        spent=bindparam("new_spent"),
        ended_at=bindparam("new_ended_at"),
        ended_by=bindparam("new_ended_by"),
        updated_at=bindparam("new_updated_at"),
    )
)


def insert_promotion(unit: UnitOfWork, promotion: Promotion) -> None:
    """Keep a promotion for the first time."""
    row = {"seller_id": unit.seller_id, **msgspec.structs.asdict(promotion)}
    _insert.run(unit.connection, row | {"kind": promotion.kind.value, "ended_by": _word(promotion.ended_by)})


def save_promotion(unit: UnitOfWork, promotion: Promotion) -> None:
    """Keep what changes of a promotion: what it has spent, and that it has ended."""
    row = {
        "of_seller": unit.seller_id,
        "of_promotion": promotion.promotion_id,
        "new_spent": promotion.spent,
        "new_ended_at": promotion.ended_at,
        "new_ended_by": _word(promotion.ended_by),
        "new_updated_at": promotion.updated_at,
    }
    _change.run(unit.connection, row)


def promotion_with(unit: UnitOfWork, promotion_id: str, *, hold: bool = False) -> Promotion | None:
    """One promotion of this seller, or None; one that is held nobody else changes until this unit ends."""
    wanted = {"of_seller": unit.seller_id, "of_promotion": promotion_id}
    return (_held if hold else _one).first(unit.connection, wanted)


def running_in(unit: UnitOfWork, marketplace_id: str) -> list[Promotion]:
    """The promotions of this seller that run now, in the order of their ids."""
    wanted = {"of_seller": unit.seller_id, "of_marketplace": marketplace_id, "moment": unit.now}
    return _running.all(unit.connection, wanted)


def begun_between(unit: UnitOfWork, marketplace_id: str, since: datetime, until: datetime) -> list[Promotion]:
    """The promotions of this seller that begin between two moments, both included, the first to begin first."""
    wanted = {"of_seller": unit.seller_id, "of_marketplace": marketplace_id, "since": since, "until": until}
    return _begun.all(unit.connection, wanted)


def all_of_seller(unit: UnitOfWork) -> list[Promotion]:
    """All promotions of this seller, the first to begin first."""
    return _all.all(unit.connection, {"of_seller": unit.seller_id})


def _word(ended: Ended | None) -> str | None:
    return None if ended is None else ended.value
