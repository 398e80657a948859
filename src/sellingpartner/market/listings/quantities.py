"""What a listing says of quantities is brought to stock: to the seller's pool, and to its supply sources."""

from __future__ import annotations

from collections.abc import Collection

from sellingpartner.market.attributes import Attributes, Entry
from sellingpartner.market.events.listings import MerchantQuantityChanged
from sellingpartner.market.inventory.commands import make_available
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.locating import AVAILABILITY, DEFAULT_CHANNEL, names_default, source_codes
from sellingpartner.market.listings.model import FulfillmentChannel, Record
from sellingpartner.market.listings.terms import Terms, terms_of
from sellingpartner.market.supply.model import Status
from sellingpartner.market.supply.questions import located, source_by_code
from sellingpartner.market.supply.stock import leave_at_most, set_quantity
from sellingpartner.storage.unit import UnitOfWork


def state_quantities(
    unit: UnitOfWork, record: Record, attributes: Attributes, submission_id: str, unsaid: Collection[str] = ()
) -> None:
    """Bring what can be promised to what the seller says.

    Of the channels of which a submission left the quantity `unsaid`, attributes hold what was said earlier and since
    then has been sold: there everything stays.
    """
    terms = terms_of(attributes, record.marketplace_id, unit.now)
    if terms.channel is not FulfillmentChannel.MFN:
        return
    _state_at_sources(unit, record.sku, terms, unsaid)
    if terms.quantity is None or DEFAULT_CHANNEL in unsaid:
        return
    there = located(unit, record.sku)
    if there and names_default(attributes, record.marketplace_id):
        # The default channel is all that is not shown under a source that the listing names.
        named = {code for code, _ in terms.at_sources}
        leave_at_most(unit, record.sku, terms.quantity, besides=named)
        there = [one for one in there if one.code in named]
    total = terms.quantity + sum(one.available for one in there)
    if make_available(unit, record.sku, Place.SELLER, total, reference=f"submission {submission_id}"):
        unit.emit(
            MerchantQuantityChanged(sku=record.sku, fulfillment_channel_code=DEFAULT_CHANNEL, quantity=terms.quantity)
        )


def _state_at_sources(unit: UnitOfWork, sku: str, terms: Terms, unsaid: Collection[str]) -> None:
    """Bring what lies at supply sources to what the seller says.

    Assumed: what a listing does not name of a seller's supply sources stays there as it was.
    """
    for code, quantity in sorted(terms.at_sources):  # in one order, so that two such units never wait in a circle
        source = source_by_code(unit, code)
        if source is None or source.status is Status.ARCHIVED or code in unsaid:
            continue
        if set_quantity(unit, source.supply_source_id, sku, quantity):
            unit.emit(MerchantQuantityChanged(sku=sku, fulfillment_channel_code=code, quantity=quantity))


def unsaid_channels(attributes: Attributes, said: Collection[str] = ()) -> frozenset[str]:
    """The channels that attributes name, but for those of which a submission said the quantity."""
    codes = (entry.get("fulfillment_channel_code") for entry in attributes.get(AVAILABILITY, []))
    return frozenset(code for code in codes if isinstance(code, str) and code not in said)


def says_quantity(entry: Entry) -> bool:
    """Whether an entry says how many units there are."""
    return "quantity" in entry or "is_inventory_available" in entry


def known_sources(unit: UnitOfWork, attributes: Attributes, marketplace_id: str) -> list[str]:
    """Which of the codes that attributes name are supply sources of the seller that can hold units."""
    named = ((code, source_by_code(unit, code)) for code in source_codes(attributes, marketplace_id))
    return [code for code, source in named if source is not None and source.status is not Status.ARCHIVED]
