"""What happens to listings: sellers list items, price them and close the offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, bindparam

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.questions import items_of
from sellingpartner.market.events.listings import ListingChange, ListingChanged
from sellingpartner.market.listings.model import Listing, ListingStatus, NewListing
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.listings.tables import listings
from sellingpartner.market.skus import checked_sku
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import UnitOfWork
from sellingpartner.storage.upsert import upsert

# A listing that is put again is replaced; only its age and its key stay.
_put = Prepared(
    upsert(
        listings,
        lambda offered: {
            column.name: offered[column.name]
            for column in listings.c
            if not column.primary_key and column is not listings.c.created_at
        },
    )
)
_this = and_(
    listings.c.seller_id == bindparam("of_seller"),
    listings.c.sku == bindparam("of_sku"),
    listings.c.marketplace_id == bindparam("of_marketplace"),
)
_price = listings.update().where(_this)
_close = listings.update().where(_this).values(status=ListingStatus.INACTIVE.value)


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
    _check_all(unit, new)
    # Two such units that take the same rows in the same order never wait for one another in a circle.
    in_order = sorted(new, key=lambda listing: (listing.sku, listing.marketplace_id))
    _put.run_many(unit.connection, [_row(unit, listing) for listing in in_order])
    for listing in new:
        _say(unit, listing, ListingChange.LISTED)


def set_price(unit: UnitOfWork, sku: str, marketplace_id: str, price: Money) -> None:
    """Change what an offer costs; nothing happens if it costs that already. Raises `NotFound`."""
    listing = listing_of(unit, sku, marketplace_id)
    _check_price(sku, marketplace_id, price)
    if listing.price == price:
        return
    change = {"price_minor": price.minor, "price_currency": price.currency, "updated_at": unit.now}
    unit.execute(_price, _key(listing) | change)
    _say(unit, listing, ListingChange.PRICED)


def close_listing(unit: UnitOfWork, sku: str, marketplace_id: str) -> None:
    """Take an offer off sale; nothing happens if it is off already. Raises `NotFound`."""
    listing = listing_of(unit, sku, marketplace_id)
    if listing.status is ListingStatus.INACTIVE:
        return
    unit.execute(_close, _key(listing) | {"updated_at": unit.now})
    _say(unit, listing, ListingChange.CLOSED)


def _check_all(unit: UnitOfWork, new: Iterable[NewListing]) -> None:
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


def _check_price(sku: str, marketplace_id: str, price: Money) -> None:
    currency = MARKETPLACES[marketplace_id].currency
    if price.currency != currency:
        raise InvalidListing(sku, f"prices in marketplace {marketplace_id} are in {currency}, not {price.currency}.")
    if price.minor <= 0:
        raise InvalidListing(sku, f"its price must be more than zero, not {price} {price.currency}.")


def _key(listing: Listing) -> dict[str, Any]:
    return {"of_seller": listing.seller_id, "of_sku": listing.sku, "of_marketplace": listing.marketplace_id}


def _row(unit: UnitOfWork, listing: NewListing) -> dict[str, Any]:
    row = {name: getattr(listing, name) for name in NewListing.__struct_fields__ if name != "price"}
    return row | {
        "seller_id": unit.seller_id,
        "price_minor": listing.price.minor,
        "price_currency": listing.price.currency,
        "fulfillment_channel": listing.fulfillment_channel.value,
        "status": ListingStatus.ACTIVE.value,
        "created_at": unit.now,
        "updated_at": unit.now,
    }


def _say(unit: UnitOfWork, listing: NewListing, change: ListingChange) -> None:
    unit.emit(ListingChanged(sku=listing.sku, marketplace_id=listing.marketplace_id, asin=listing.asin, change=change))
