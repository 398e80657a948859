"""setPrepDetails and listPrepDetails: how SKUs are prepared before they are sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from sellingpartner.market.inbound.items.goods import check_marketplace, goods_of
from sellingpartner.market.inbound.items.prep import Prep, fault_of, keep_prep
from sellingpartner.market.inbound.operations import begin, carries_out_for_items
from sellingpartner.market.inbound.problems import Problem
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.storage.unit import UnitOfWork

KIND = "setPrepDetails"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller says of how to prepare a SKU."""

    msku: str
    category: str
    prep_types: tuple[str, ...]


class AllTold(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of several at once."""

    marketplace_id: str
    details: tuple[Told, ...]


def set_preps(unit: UnitOfWork, marketplace_id: str, details: Sequence[Told]) -> str:
    """Have it kept how SKUs are prepared; returns the operation's id. Raises `BadRequest`.

    Assumed: what a category does not accept is refused at once, and nothing of the call is kept.
    """
    check_marketplace(unit, marketplace_id)
    goods_of(unit, [one.msku for one in details], marketplace_id)
    for one in details:
        if (fault := fault_of(one.category, one.prep_types)) is not None:
            raise BadRequest(f"ERROR: {one.msku}: {fault}")
    return begin(unit, KIND, payload=AllTold(marketplace_id=marketplace_id, details=tuple(details)))


@carries_out_for_items(KIND, AllTold)
def keep_preps(unit: UnitOfWork, told: AllTold) -> list[Problem]:
    """Keep how SKUs are prepared; of one that is named twice the last word counts."""
    for one in told.details:
        keep_prep(unit, one.msku, told.marketplace_id, one.category, one.prep_types)
    return []


def preps_by_sku(unit: UnitOfWork, marketplace_id: str, mskus: Collection[str]) -> dict[str, Prep]:
    """How some SKUs are prepared, in their order; raises `BadRequest`."""
    check_marketplace(unit, marketplace_id)
    return {msku: one.prep for msku, one in goods_of(unit, mskus, marketplace_id).items()}
