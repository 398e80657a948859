"""Sales ranks, which follow sales with nothing to compute anew.

Every sale adds to the item's score, and what it adds doubles every thirty days; so what was sold a month ago counts
half as much as what is sold today, although nothing that was added is ever taken away. The rank is one more than how
many of the same group have a higher score.

Assumed: Amazon does not say how it weighs sales; that recent ones count more is all that is known.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from sellingpartner.market.catalog.model import Ranks
from sellingpartner.market.catalog.tables import ranks
from sellingpartner.storage.prepared import Prepared, Question
from sellingpartner.storage.unit import UnitOfWork

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_HALF_LIFE = timedelta(days=30)
_HIGHEST_EXPONENT = 900.0

_this = (ranks.c.asin == bindparam("of_asin")) & (ranks.c.marketplace_id == bindparam("of_marketplace"))
_sale = Prepared(ranks.update().where(_this).values(score=ranks.c.score + bindparam("gain")))


class _Standing(NamedTuple):
    display_group: str
    classification_id: str
    score: float


class _Better(NamedTuple):
    ahead: int


_standing = Question(select(ranks.c.display_group, ranks.c.classification_id, ranks.c.score).where(_this), _Standing)
_better = {
    column: Question(
        select(func.count().label("ahead")).where(
            column == bindparam("of"),
            ranks.c.marketplace_id == bindparam("of_marketplace"),
            ranks.c.score > bindparam("than"),
        ),
        _Better,
    )
    for column in (ranks.c.display_group, ranks.c.classification_id)
}


def weight_of(units: float, at: datetime) -> float:
    """What a sale of so many units adds to a score."""
    exponent = (at - _BEGINNING) / _HALF_LIFE
    return float(units * 2.0 ** max(-_HIGHEST_EXPONENT, min(exponent, _HIGHEST_EXPONENT)))


def count_sale(unit: UnitOfWork, asin: str, marketplace_id: str, units: int, at: datetime) -> None:
    """Somebody bought units of an item."""
    values = {"of_asin": asin, "of_marketplace": marketplace_id, "gain": weight_of(units, at)}
    _sale.run(unit.connection, values)


def rank_of(unit: UnitOfWork, asin: str, marketplace_id: str) -> Ranks | None:
    """Where an item stands; None while nobody has bought one, and for what is ranked nowhere.

    Assumed: an item without a sale has no rank, and a parent of variations has none of its own.
    """
    place = {"of_asin": asin, "of_marketplace": marketplace_id}
    standing = _standing.first(unit.connection, place)
    if standing is None or not standing.display_group or not standing.score:
        return None
    than = {"of_marketplace": marketplace_id, "than": standing.score}
    rank = _better[ranks.c.display_group].one(unit.connection, than | {"of": standing.display_group}).ahead + 1
    in_class = None
    if standing.classification_id:
        better = _better[ranks.c.classification_id].one(unit.connection, than | {"of": standing.classification_id})
        in_class = better.ahead + 1
    return Ranks(
        display_group=standing.display_group,
        rank=rank,
        classification_id=standing.classification_id or None,
        classification_rank=in_class,
    )
