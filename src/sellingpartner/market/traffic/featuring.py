"""For how much of a day a seller's offer was featured, by the changes that were noted down as they happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sellingpartner.batched import batched
from sellingpartner.market.events.offers import FeaturedOfferChanged
from sellingpartner.market.offers.model import NEW, USED
from sellingpartner.market.offers.questions import contests_of
from sellingpartner.market.traffic.tables import featured_changes
from sellingpartner.storage.unit import UnitOfWork, on

_BATCH = 500

Spell = tuple[datetime, datetime]
"""From when until when an offer was featured."""


@on(FeaturedOfferChanged)
def note_change(unit: UnitOfWork, fact: FeaturedOfferChanged) -> None:
    """Note down whose offer is featured from here on."""
    if fact.condition == USED:
        return  # the page of an item shows the offer of new ones
    row = {
        "marketplace_id": fact.marketplace_id,
        "asin": fact.asin,
        "changed_at": unit.now,
        "holder_before": fact.seller_id_before,
        "sku_before": fact.sku_before,
        "holder": fact.seller_id,
        "sku": fact.sku,
    }
    unit.stage(featured_changes, "change_id", row)


def spells_of(
    unit: UnitOfWork, marketplace_id: str, asins: Collection[str], since: datetime
) -> Mapping[str, Sequence[Spell]]:
    """When this seller's offers were featured from a moment until now, by SKU, in order.

    What was featured before the first change that is known of an item is told by that change; of an item of which none
    is known, by what is featured now.
    """
    changes = _changes(unit, marketplace_id, frozenset(asins), since)
    spells: dict[str, list[Spell]] = defaultdict(list)
    for own in changes.values():
        begun, holder, sku = since, own[0].holder_before, own[0].sku_before
        for change in own:
            if holder == unit.seller_id and begun < change.changed_at:
                spells[sku].append((begun, change.changed_at))
            begun, holder, sku = change.changed_at, change.holder, change.sku
        if holder == unit.seller_id:
            spells[sku].append((begun, unit.now))
    for sku in _featured_now(unit, marketplace_id, [asin for asin in asins if asin not in changes]):
        spells[sku].append((since, unit.now))
    return spells


def share_of(spells: Sequence[Spell], begin: datetime, end: datetime) -> float:
    """For which part of a stretch of time an offer was featured."""
    if end <= begin:
        return 0.0
    featured = sum(
        (min(last, end) - max(first, begin)).total_seconds() for first, last in spells if first < end and last > begin
    )
    return featured / (end - begin).total_seconds()


def _changes(unit: UnitOfWork, marketplace_id: str, asins: frozenset[str], since: datetime) -> dict[str, list[Any]]:
    at = featured_changes.c
    columns = (at.asin, at.changed_at, at.holder_before, at.sku_before, at.holder, at.sku)
    wanted = (
        select(*columns)
        .where(at.marketplace_id == marketplace_id, at.changed_at >= since, at.changed_at <= unit.now)
        .order_by(at.changed_at, at.seller_id, at.change_id)
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in unit.execute(wanted):
        if row.asin in asins:
            found[row.asin].append(row)
    return found


def _featured_now(unit: UnitOfWork, marketplace_id: str, asins: Sequence[str]) -> list[str]:
    """The SKUs of this seller that are featured among some items."""
    skus = []
    for some in batched(asins, _BATCH):
        for contest in contests_of(unit, marketplace_id, some).values():
            held = contest.featured.get(NEW)
            if held is not None and held.seller_id == unit.seller_id:
                skus.append(held.sku)
    return skus
