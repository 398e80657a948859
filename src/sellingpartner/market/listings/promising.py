"""How many units of what is listed can be promised to buyers: those of a service are not counted."""

from __future__ import annotations

from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.services.questions import offerings_in
from sellingpartner.storage.unit import UnitOfWork


def promisable(unit: UnitOfWork, sku: str, marketplace_id: str, place: Place) -> int:
    """The units that are for sale from a place; of a service at least one, as no stock bounds how often it is done."""
    available = stock_of(unit, sku, place).available
    if available <= 0 and place is Place.SELLER and sku in offerings_in(unit, marketplace_id):
        return 1
    return available
