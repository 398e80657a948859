"""Search by words: what matches, the better the title and the sales the earlier, and what it could be narrowed to.

An item matches if it has every word; items that have all of them in their titles come first, among those the ones that
buyers can order, and among these the ones that sell best. Of more than `MOST_WEIGHED` matches those are weighed that
came into the catalog first.

Differs: Amazon's order of results is its own secret, and it also shows what matches in part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Select, bindparam, func, select

from sellingpartner.batched import batched
from sellingpartner.market.catalog.tables import entries, ranks, words
from sellingpartner.market.catalog.words import BRAND, MOST_WORDS, PLACES, TITLE, place, words_in
from sellingpartner.storage.fulltext import Clause, Words
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

MOST_FOUND = 1000
"""How many results can be reached."""

MOST_WEIGHED = 2000
_MOST_REFINEMENTS = 10
_BATCH = 500
_NOWHERE = "x"
"""A word that no item has: what is written in hexadecimal after it is never empty."""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for in a marketplace: words, and brands and places in the browse tree of which one must hold."""

    marketplace_id: str
    keywords: tuple[str, ...]
    brands: tuple[str, ...] = ()
    classification_ids: tuple[str, ...] = ()


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What was found: the numbers of items, the best first, and how many of all results have which brand and place."""

    numbers: tuple[int, ...]
    total: int
    """How many there are in all: exact up to `MOST_WEIGHED`, beyond it an estimate."""
    brands: tuple[tuple[str, int], ...] = ()
    classifications: tuple[tuple[str, int], ...] = ()


class _Match(NamedTuple):
    number: int
    brand: str
    classification_id: str
    score: float | None
    featured: int | None


class _Entry(NamedTuple):
    number: int
    asin: str


class _Highest(NamedTuple):
    number: int | None


def _statement(dialect: str) -> Select[tuple[int, str, str, float, int]]:
    """Matches in any marketplace; those that this one lacks have no score."""
    here = (ranks.c.asin == entries.c.asin) & (ranks.c.marketplace_id == bindparam("of_marketplace"))
    found = words.among(entries.c.number, dialect)
    shown = (entries.c.number, entries.c.brand, entries.c.classification_id, ranks.c.score, ranks.c.featured)
    return select(*shown).outerjoin(ranks, here).where(found)


_matches = Question(_statement, _Match)
_highest = Question(select(func.max(entries.c.number).label("number")), _Highest)
_numbered = select(entries.c.number, entries.c.asin).where(entries.c.number.in_(bindparam("numbers", expanding=True)))
_named = select(entries.c.asin, entries.c.number).where(entries.c.asin.in_(bindparam("asins", expanding=True)))


def search(unit: UnitOfWork, query: Query) -> Page:
    """What the catalog of a marketplace has for some words."""
    asked = tuple(dict.fromkeys(word for text in query.keywords for word in words_in(text)))[:MOST_WORDS]
    if not asked:
        return Page(numbers=(), total=0)
    narrowed = [*_narrowing(query)]
    in_title, is_all = _found(unit, query, [[Words(asked, TITLE)], *narrowed])
    matches = dict.fromkeys(in_title, 0)
    if is_all:
        anywhere, is_all = _found(unit, query, [[Words(asked)], *narrowed])
        for match in anywhere:
            matches.setdefault(match, 1)
    ordered = sorted(matches, key=lambda match: (matches[match], not match.featured, -(match.score or 0), match.number))
    total = len(ordered) if is_all else _estimate(unit, ordered)
    return Page(
        numbers=tuple(match.number for match in ordered[:MOST_FOUND]),
        total=total,
        brands=_counted(match.brand for match in ordered),
        classifications=_counted(match.classification_id for match in ordered),
    )


def asins_of(unit: UnitOfWork, numbers: Collection[int]) -> dict[int, str]:
    """The ASINs of items by their numbers."""
    found = unit.execute(_numbered, {"numbers": list(numbers)})
    return {row.number: row.asin for row in found}


def numbers_of(unit: UnitOfWork, asins: Sequence[str]) -> list[int]:
    """The numbers of items, in the order of their ASINs; one that the catalog does not have is left out."""
    found: dict[str, int] = {}
    for some in batched(asins, _BATCH):
        rows = unit.execute(_named, {"asins": some})
        found |= {row.asin: row.number for row in rows}
    return [found[asin] for asin in asins if asin in found]


def _narrowing(query: Query) -> Iterator[Clause]:
    if query.brands:
        yield [Words(tuple(words_in(brand)) or (_NOWHERE,), BRAND) for brand in query.brands]
    if query.classification_ids:
        yield [Words((place(one),), PLACES) for one in query.classification_ids]


def _found(unit: UnitOfWork, query: Query, clauses: list[Clause]) -> tuple[list[_Match], bool]:
    """Matches, and whether they are all there are."""
    asked = words.query(unit.connection.dialect.name, clauses)
    values = {"query": asked, "most": MOST_WEIGHED, "of_marketplace": query.marketplace_id}
    found = _matches.all(unit.connection, values)
    is_all = len(found) < MOST_WEIGHED
    found = [match for match in found if match.score is not None]
    if query.brands:
        wanted = {brand.casefold() for brand in query.brands}
        found = [match for match in found if match.brand.casefold() in wanted]
    return found, is_all


def _estimate(unit: UnitOfWork, found: list[_Match]) -> int:
    """What there would be if matches were as frequent in the rest of the catalog as they are in its first part."""
    last = max((match.number for match in found), default=1)
    return round(len(found) * max(1.0, (_highest.one(unit.connection, {}).number or last) / last))


def _counted(values: Iterator[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for value in values if value)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_REFINEMENTS])
