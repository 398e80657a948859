"""What happens to listings at the hand of the market's own: items are listed in typed values, priced, taken off sale.

They build the attributes that a seller would have put. What sellers submit themselves is in `submitting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market import attributes as reading
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.questions import items_of
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of, stocks_of
from sellingpartner.market.listings.conditions import type_of, words_by_type
from sellingpartner.market.listings.deriving import derived
from sellingpartner.market.listings.fnskus import fnsku_of
from sellingpartner.market.listings.model import (
    DEACTIVATED,
    FulfillmentChannel,
    Listing,
    ListingStatus,
    NewListing,
    Record,
)
from sellingpartner.market.listings.promising import promisable
from sellingpartner.market.listings.questions import ListingUnknown, listing_of
from sellingpartner.market.listings.store import record_of, record_to_change, save, say_changes, write_all
from sellingpartner.market.listings.terms import BUSINESS, entry_for
from sellingpartner.market.listings.typed import attributes_for, priced
from sellingpartner.market.product_types.questions import Requirements, needs_prescription
from sellingpartner.market.skus import checked_sku
from sellingpartner.storage.unit import UnitOfWork

_MANY = 20
"""From so many listings on, all stock is read at once."""


class InvalidListing(InvalidInput):
    """An offer that cannot stand; the message says which and why."""

    def __init__(self, sku: str, reason: str) -> None:
        super().__init__(f"SKU {sku!r} cannot be listed: {reason}")


def list_item(unit: UnitOfWork, new: NewListing) -> Listing:
    """Offer an item under a SKU, or replace what the SKU offered in that marketplace."""
    list_items(unit, [new])
    return listing_of(unit, new.sku, new.marketplace_id)


def list_items(unit: UnitOfWork, new: Sequence[NewListing]) -> None:
    """Offer many items at once, as `list_item` does; if one of them cannot stand, none is listed."""
    if not new:
        return
    types = _check_all(unit, new)
    stock = {place: stocks_of(unit, place) for place in Place} if len(new) >= _MANY else None
    entered = participations_of(unit, unit.seller_id)
    off_sale = {participation.marketplace_id for participation in entered if participation.has_suspended_listings}
    changes = []
    for listing in new:
        held = stock_of(unit, listing.sku, listing.place) if stock is None else stock[listing.place].get(listing.sku)
        before = record_of(unit, listing.sku, listing.marketplace_id)
        after = _record(unit, listing, before, types[listing.asin])
        if listing.marketplace_id in off_sale:
            after = msgspec.structs.replace(after, issues=(DEACTIVATED,))
        available = 0 if held is None else held.available
        if before is not None and not available:  # goods that are listed for the first time are no service
            available = promisable(unit, listing.sku, listing.marketplace_id, listing.place)
        changes.append((before, derived(after, unit.now, available=available)))
    write_all(unit, [after for _, after in changes])
    for before, after in changes:
        say_changes(unit, before, after)


def set_price(unit: UnitOfWork, sku: str, marketplace_id: str, price: Money) -> None:
    """Change what an offer costs; nothing happens if it costs that already. Raises `NotFound`.

    What is changed is the regular price: a sale that is on stays on.
    """
    before = _to_change(unit, sku, marketplace_id)
    _check_price(sku, marketplace_id, price)
    attributes = reading.decode(before.attributes)
    own = entry_for(attributes, marketplace_id)
    changed = priced(own or {"currency": price.currency, "marketplace_id": marketplace_id}, price)
    offers = attributes.get("purchasable_offer", [])
    attributes["purchasable_offer"] = (
        [*offers, changed] if own is None else [changed if offer is own else offer for offer in offers]
    )
    after = msgspec.structs.replace(before, attributes=reading.encode(attributes), updated_at=unit.now)
    available = promisable(unit, sku, marketplace_id, before.place)
    after = derived(after, unit.now, available=available, attributes=attributes)
    if after.price != before.price or own != changed:
        save(unit, before, after)


def set_business_price(unit: UnitOfWork, sku: str, marketplace_id: str, price: Money) -> None:
    """Ask another price of businesses than of everybody. Raises `NotFound`."""
    before = _to_change(unit, sku, marketplace_id)
    _check_price(sku, marketplace_id, price)
    attributes = reading.decode(before.attributes)
    own = entry_for(attributes, marketplace_id, BUSINESS)
    priced_anew = priced(
        own or {"audience": BUSINESS, "currency": price.currency, "marketplace_id": marketplace_id}, price
    )
    others = [offer for offer in attributes.get("purchasable_offer", []) if offer is not own]
    attributes["purchasable_offer"] = [*others, priced_anew]
    after = msgspec.structs.replace(before, attributes=reading.encode(attributes), updated_at=unit.now)
    available = promisable(unit, sku, marketplace_id, before.place)
    save(unit, before, derived(after, unit.now, available=available, attributes=attributes))


def close_listing(unit: UnitOfWork, sku: str, marketplace_id: str) -> None:
    """Take an offer off sale; nothing happens if it is off already. Raises `NotFound`."""
    before = _to_change(unit, sku, marketplace_id)
    if before.is_closed:
        return
    after = msgspec.structs.replace(before, is_closed=True, updated_at=unit.now)
    save(unit, before, derived(after, unit.now, available=0))


def _to_change(unit: UnitOfWork, sku: str, marketplace_id: str) -> Record:
    found = record_to_change(unit, sku, marketplace_id)
    if found is None:
        raise ListingUnknown(sku, marketplace_id)
    return found


def _check_all(unit: UnitOfWork, new: Iterable[NewListing]) -> dict[str, str]:
    """Check whether offers can stand; returns the product types of their items."""
    entered = {participation.marketplace_id for participation in participations_of(unit, unit.seller_id)}
    known = items_of(unit, {listing.asin for listing in new})
    for listing in new:
        checked_sku(listing.sku)
        if listing.marketplace_id not in entered:
            raise InvalidListing(listing.sku, f"the seller does not sell in marketplace {listing.marketplace_id}.")
        if listing.asin not in known:
            raise InvalidListing(listing.sku, f"the catalog has no item {listing.asin}.")
        _check_price(listing.sku, listing.marketplace_id, listing.price)
        if listing.handling_days < 0:
            raise InvalidListing(listing.sku, "handling days must be at least 0.")
        if listing.max_order_quantity is not None and listing.max_order_quantity < 1:
            raise InvalidListing(listing.sku, "the most that one order may hold must be at least 1.")
        if type_of(listing.condition, listing.condition_subtype) is None:
            raise InvalidListing(listing.sku, _not_a_condition(listing))
    return {asin: item.product_type for asin, item in known.items()}


def _not_a_condition(listing: NewListing) -> str:
    known = ", ".join(f"{words.condition} {words.subtype}" for words in words_by_type().values())
    return f"{listing.condition} {listing.condition_subtype} is not a condition; those are {known}."


def _check_price(sku: str, marketplace_id: str, price: Money) -> None:
    currency = MARKETPLACES[marketplace_id].currency
    if price.currency != currency:
        raise InvalidListing(sku, f"prices in marketplace {marketplace_id} are in {currency}, not {price.currency}.")
    if price.minor <= 0:
        raise InvalidListing(sku, f"its price must be more than zero, not {price} {price.currency}.")


def _record(unit: UnitOfWork, new: NewListing, before: Record | None, product_type: str) -> Record:
    by_amazon = new.fulfillment_channel is FulfillmentChannel.AFN
    known_as = None if before is None else before.fnsku
    return Record(
        seller_id=unit.seller_id,
        sku=new.sku,
        marketplace_id=new.marketplace_id,
        asin=new.asin,
        product_type=product_type,
        requirements=Requirements.OFFER_ONLY.value,
        issues=(),
        is_closed=False,
        is_settled=True,
        submission_id="",
        fnsku=known_as or (fnsku_of(unit, new.sku) if by_amazon else None),
        parent_sku=None,
        contains_sku=None,
        price_minor=None,
        price_currency=None,
        condition=new.condition,
        condition_subtype=new.condition_subtype,
        fulfillment_channel=new.fulfillment_channel.value,
        handling_days=new.handling_days,
        max_order_quantity=None,
        is_regulated=new.is_regulated or needs_prescription(product_type),
        status=ListingStatus.INACTIVE.value,
        is_buyable=False,
        is_discoverable=False,
        has_errors=False,
        has_warnings=False,
        next_change_at=None,
        created_at=unit.now if before is None else before.created_at,
        updated_at=unit.now,
        attributes=reading.encode(attributes_for(new)),
    )
