"""What a call asks about: items by ASIN, or by the seller's SKU, with all that is offered of them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.catalog.model import Item, Ranks
from sellingpartner.market.catalog.questions import items_of, ranks_of
from sellingpartner.market.listings.questions import ListingUnknown, listing_of
from sellingpartner.market.offers.model import Contest
from sellingpartner.market.offers.questions import contests_of
from sellingpartner.storage.unit import UnitOfWork


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """An item that a call names."""

    asin: str | None
    sku: str | None = None
    """By which the seller named it, if so."""
    contest: Contest | None = None
    """None where there is no such item in the marketplace, or no such SKU of the seller's."""
    item: Item | None = None
    ranks: Ranks | None = None
    """Where it stands among what is sold there, if that was asked (`ranked`)."""


class UnknownAsin(InvalidInput):
    """Amazon's words for an item that the marketplace does not have."""

    def __init__(self, asin: str, marketplace_id: str) -> None:
        super().__init__(f"{asin} is an invalid ASIN for marketplace {marketplace_id}")


class UnknownSku(InvalidInput):
    """Amazon's words for a SKU that the seller does not have there.

    Assumed: pricing refuses an unknown SKU as it refuses an unknown ASIN.
    """

    def __init__(self, sku: str, marketplace_id: str) -> None:
        super().__init__(f"{sku} is an invalid SKU for marketplace {marketplace_id}")


def subjects_by_asin(unit: UnitOfWork, marketplace_id: str, asins: Sequence[str]) -> list[Subject]:
    """The items of some ASINs, in their order."""
    return _found(unit, marketplace_id, [(asin, None) for asin in asins])


def subjects_by_sku(unit: UnitOfWork, marketplace_id: str, skus: Sequence[str]) -> list[Subject]:
    """The items that a seller lists under some SKUs, in their order; closed listings included."""
    return _found(unit, marketplace_id, [(_asin_of(unit, sku, marketplace_id), sku) for sku in skus])


def ranked(unit: UnitOfWork, marketplace_id: str, subjects: Sequence[Subject]) -> list[Subject]:
    """The same subjects with their ranks."""
    ranks = ranks_of(unit, {one.asin for one in subjects if one.asin is not None}, marketplace_id)
    return [msgspec.structs.replace(one, ranks=ranks.get(one.asin or "")) for one in subjects]


def one_by_asin(unit: UnitOfWork, marketplace_id: str, asin: str) -> Subject:
    """The item of an ASIN; raises `UnknownAsin`."""
    (subject,) = subjects_by_asin(unit, marketplace_id, [asin])
    if subject.contest is None:
        raise UnknownAsin(asin, marketplace_id)
    return subject


def one_by_sku(unit: UnitOfWork, marketplace_id: str, sku: str) -> Subject:
    """The item of a SKU; raises `UnknownSku`."""
    (subject,) = subjects_by_sku(unit, marketplace_id, [sku])
    if subject.contest is None:
        raise UnknownSku(sku, marketplace_id)
    return subject


def _asin_of(unit: UnitOfWork, sku: str, marketplace_id: str) -> str | None:
    try:
        return listing_of(unit, sku, marketplace_id).asin
    except ListingUnknown:
        return None


def _found(unit: UnitOfWork, marketplace_id: str, named: Sequence[tuple[str | None, str | None]]) -> list[Subject]:
    asins = {asin for asin, _ in named if asin is not None}
    contests, items = contests_of(unit, marketplace_id, asins), items_of(unit, asins)
    subjects = []
    for asin, sku in named:
        item = None if asin is None else items.get(asin)
        contest = None if asin is None else contests[asin]
        is_there = item is not None and contest is not None and (item.is_in(marketplace_id) or contest.contenders)
        subjects.append(Subject(asin=asin, sku=sku, contest=contest if is_there else None, item=item))
    return subjects
