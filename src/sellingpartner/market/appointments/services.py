"""Sellers offer services, and change how they are done."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.appointments import ServiceOffered
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.services import tables
from sellingpartner.market.services.model import Offering
from sellingpartner.market.services.questions import forget_offerings
from sellingpartner.market.services.tables import service_offerings
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

LISTENING = (tables,)

STEP, SHORTEST, LONGEST = 5, 5, 24 * 60
_MOST_SKILLS, _LONGEST_SKILL, _MOST_STORES = 20, 50, 50

_keep = Prepared(upsert(service_offerings, lambda offered: {"asin": offered.asin, "document": offered.document}))


def offer(unit: UnitOfWork, offering: Offering) -> Offering:
    """Make a SKU that the seller lists a service, or change how it is done; orders that were placed stay as they are.

    Returns it with the ASIN of its listing; raises `NotFound` for a SKU that offers nothing, and `InvalidInput`.
    """
    listing = listing_of(unit, offering.sku, offering.marketplace_id)
    if listing.fulfillment_channel is not FulfillmentChannel.MFN:
        message = f"SKU {offering.sku!r} is fulfilled by Amazon; a service is done by its seller: list it as MFN."
        raise InvalidInput(message)
    if offering.minutes % STEP or not SHORTEST <= offering.minutes <= LONGEST:
        message = f"An appointment takes {SHORTEST} to {LONGEST} minutes, in steps of {STEP}; not {offering.minutes}."
        raise InvalidInput(message)
    if len(offering.skills) > _MOST_SKILLS or not all(0 < len(one) <= _LONGEST_SKILL for one in offering.skills):
        message = f"A service needs at most {_MOST_SKILLS} skills, each of 1 to {_LONGEST_SKILL} characters."
        raise InvalidInput(message)
    if not 1 <= len(offering.store_ids) <= _MOST_STORES:
        message = f"A service is offered in the areas of 1 to {_MOST_STORES} stores, not {len(offering.store_ids)}."
        raise InvalidInput(message)
    known = Offering(
        marketplace_id=offering.marketplace_id,
        sku=offering.sku,
        asin=listing.asin,
        minutes=offering.minutes,
        location=offering.location,
        scheduling=offering.scheduling,
        skills=offering.skills,
        store_ids=offering.store_ids,
    )
    row = {"seller_id": unit.seller_id, "marketplace_id": known.marketplace_id, "sku": known.sku, "asin": known.asin}
    _keep.run(unit.connection, row | {"document": known})
    forget_offerings(unit)
    unit.emit(ServiceOffered(marketplace_id=known.marketplace_id, sku=known.sku, asin=known.asin))
    return known
