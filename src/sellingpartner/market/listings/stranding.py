"""Stranded stock: units that lie at Amazon and that nobody can buy, as no offer of a marketplace sells them.

It is a question and not a state: it follows from the stock and the listings as they are.

Assumed: a SKU that is listed in other marketplaces alone is not stranded in this one. Why it is stranded is said in
plain words: Amazon has not published its list of reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sellingpartner.market.inventory.model import Place, Position
from sellingpartner.market.inventory.questions import positions_at
from sellingpartner.market.listings.model import FulfillmentChannel, ListingStatus, Record
from sellingpartner.market.listings.questions import records_of_skus, skus_listed
from sellingpartner.market.listings.telling import told
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 500


class Stranded(NamedTuple):
    """Units of a SKU that nobody can buy."""

    position: Position
    record: Record | None
    """Its listing in the marketplace; none once that was deleted."""
    why: str
    error: str
    """What blocks the listing, if something does."""


def stranded_in(unit: UnitOfWork, marketplace_id: str) -> Iterator[Stranded]:
    """All that is stranded in a marketplace, in the order of SKU."""
    after = ""
    while page := positions_at(unit, Place.FBA, after=after, limit=_PAGE):
        there = [one for one in page if one.lying]
        skus = [one.sku for one in there]
        here, anywhere = records_of_skus(unit, skus, marketplace_id), skus_listed(unit, skus)
        for position in there:
            record = here.get(position.sku)
            if record is None and position.sku in anywhere:
                continue
            why, error = why_stranded(record)
            if why:
                yield Stranded(position, record, why, error)
        after = page[-1].sku


def why_stranded(record: Record | None) -> tuple[str, str]:
    """Why nobody can buy what lies at Amazon under a listing, and what is said of that; nothing where somebody can."""
    if record is None:
        return "Listing deleted", ""
    if record.fulfillment_channel != FulfillmentChannel.AFN.value:
        return "Listing is fulfilled by the seller", ""
    if record.status == ListingStatus.ACTIVE.value:
        return "", ""
    if record.is_closed:
        return "Listing closed", ""
    faults = [told(issue, record.marketplace_id, None) for issue in record.issues]
    blocking = next((fault for fault in faults if fault.blocks), None)
    if blocking is not None:
        return "Listing blocked", blocking.message
    return ("Pricing missing" if record.price_minor is None else "Offer not open"), ""
