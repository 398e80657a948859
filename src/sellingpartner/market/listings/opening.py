"""What listings look after as a market is opened: one that an earlier program kept may lack what holds by now."""

from __future__ import annotations

from sellingpartner.market.listings.settling import reread
from sellingpartner.market.listings.store import record_of, record_to_change, save
from sellingpartner.market.services.questions import all_offerings
from sellingpartner.storage.unit import UnitOfWork


def put_services_on_sale(unit: UnitOfWork) -> None:
    """Have services be for sale that were offered when it took stock to be; mostly there is none."""
    for seller_id, offering in all_offerings(unit):
        own = unit.beside(seller_id)
        seen = record_of(own, offering.sku, offering.marketplace_id)
        if seen is None or seen.is_buyable:
            continue
        before = record_to_change(own, offering.sku, offering.marketplace_id)
        if before is not None:
            save(own, before, reread(own, before))
        own.finish()
