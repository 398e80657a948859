"""Sales ranks, which follow sales with nothing to compute anew.

Every sale adds to the item's score, and what it adds doubles every thirty days; so what was sold a month ago counts
half as much as what is sold today, although nothing that was added is ever taken away. The rank is one more than how
many of the same group have a higher score.

Assumed: Amazon does not say how it weighs sales; that recent ones count more is all that is known.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ScalarSelect, bindparam, case, func, select

from sellingpartner.market.catalog.model import Ranks
from sellingpartner.market.catalog.tables import ranks
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.several import Several
from sellingpartner.storage.unit import UnitOfWork

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_HALF_LIFE = timedelta(days=30)
_HIGHEST_EXPONENT = 900.0

_this = (ranks.c.asin == bindparam("of_asin")) & (ranks.c.marketplace_id == bindparam("of_marketplace"))
_sale = Prepared(ranks.update().where(_this).values(score=ranks.c.score + bindparam("gain")))
_more_featured = Prepared(ranks.update().where(_this).values(featured=ranks.c.featured + bindparam("more")))


_other = ranks.alias("other")


def _ahead(column: str) -> ScalarSelect[int]:
    """How many of the same group have a higher score."""
    return (
        select(func.count())
        .select_from(_other)
        .where(
            _other.c[column] == ranks.c[column],
            _other.c.marketplace_id == ranks.c.marketplace_id,
            _other.c.score > ranks.c.score,
        )
        .correlate(ranks)
        .scalar_subquery()
    )


class _Standing(NamedTuple):
    asin: str
    display_group: str
    ahead: int
    classification_id: str
    ahead_in_class: int


_standings = Several(
    lambda asins: select(
        ranks.c.asin,
        ranks.c.display_group,
        _ahead("display_group").label("ahead"),
        ranks.c.classification_id,
        case((ranks.c.classification_id == "", 0), else_=_ahead("classification_id")).label("ahead_in_class"),
    ).where(
        ranks.c.marketplace_id == bindparam("of_marketplace"),
        ranks.c.asin.in_(asins),
        ranks.c.display_group != "",
        ranks.c.score > 0,
    ),
    _Standing,
)


def weight_of(units: float, at: datetime) -> float:
    """What a sale of so many units adds to a score."""
    exponent = (at - _BEGINNING) / _HALF_LIFE
    return float(units * 2.0 ** max(-_HIGHEST_EXPONENT, min(exponent, _HIGHEST_EXPONENT)))


def count_sale(unit: UnitOfWork, asin: str, marketplace_id: str, units: int, at: datetime) -> None:
    """Somebody bought units of an item."""
    values = {"of_asin": asin, "of_marketplace": marketplace_id, "gain": weight_of(units, at)}
    _sale.run(unit.connection, values)


def count_featured(unit: UnitOfWork, asin: str, marketplace_id: str, more: int) -> None:
    """In so many more conditions, or fewer, an offer of an item is featured."""
    _more_featured.run(unit.connection, {"of_asin": asin, "of_marketplace": marketplace_id, "more": more})


def rank_of(unit: UnitOfWork, asin: str, marketplace_id: str) -> Ranks | None:
    """Where an item stands; None while nobody has bought one, and for what is ranked nowhere.

    Assumed: an item without a sale has no rank, and a parent of variations has none of its own.
    """
    return ranks_of(unit, [asin], marketplace_id).get(asin)


def ranks_of(unit: UnitOfWork, asins: Collection[str], marketplace_id: str) -> dict[str, Ranks]:
    """Where several items stand, by ASIN, as `rank_of` says it; what has no rank is left out."""
    return {
        standing.asin: Ranks(
            display_group=standing.display_group,
            rank=standing.ahead + 1,
            classification_id=standing.classification_id or None,
            classification_rank=standing.ahead_in_class + 1 if standing.classification_id else None,
        )
        for standing in _standings.all(unit.connection, {"of_marketplace": marketplace_id}, list(asins))
    }
