"""A search of either version, from what was asked to a page of ASINs."""

from __future__ import annotations

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.catalog.questions import Query, classification_path, numbers_of, search
from sellingpartner.server.api.catalog_items.asking import asins_named
from sellingpartner.server.api.catalog_items.continuing import (
    Found,
    continued,
    digest_of,
    packed,
    shown_asins,
    tokens_around,
)
from sellingpartner.storage.unit import UnitOfWork


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what was found. Brands and classifications are what all that was found could be narrowed to."""

    asins: list[str]
    total: int
    next_token: str | None
    previous_token: str | None
    brands: tuple[tuple[str, int], ...]
    classifications: tuple[tuple[str, str, int], ...]
    """Ids, names and counts."""


def by_words(unit: UnitOfWork, query: Query, *, locale: str | None, size: int, token: str | None) -> Shown:
    """A page of the items that have words."""
    digest = digest_of(unit.seller_id, query)
    if token is None:
        page = search(unit, query)
        width, numbers = packed(page.numbers)
        found = Found(
            query=digest,
            width=width,
            numbers=numbers,
            total=page.total,
            brands=page.brands,
            classifications=page.classifications,
        )
    else:
        found = continued(unit, token, digest)
    return _shown(unit, found, size, locale or MARKETPLACES[query.marketplace_id].language)


def by_identifiers(
    unit: UnitOfWork, kind: str, values: list[str], marketplace_id: str, *, size: int, token: str | None
) -> Shown:
    """A page of the items that identifiers name."""
    digest = digest_of(unit.seller_id, kind, values, marketplace_id)
    if token is None:
        named = tuple(numbers_of(unit, asins_named(unit, kind, values, marketplace_id)))
        width, numbers = packed(named)
        found = Found(query=digest, width=width, numbers=numbers, total=len(named))
    else:
        found = continued(unit, token, digest)
    return _shown(unit, found, size, MARKETPLACES[marketplace_id].language)


def _shown(unit: UnitOfWork, found: Found, size: int, locale: str) -> Shown:
    following, before = tokens_around(unit, found, size)
    named = [
        (classification_id, path[0].name, count)
        for classification_id, count in found.classifications
        if (path := classification_path(classification_id, locale))
    ]
    return Shown(
        asins=shown_asins(unit, found, size),
        total=found.total,
        next_token=following,
        previous_token=before,
        brands=found.brands,
        classifications=tuple(named),
    )
