"""What the columns of reports on listings say."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sellingpartner.contract.marketplaces import MARKETPLACES, Region
from sellingpartner.market import attributes as reading
from sellingpartner.market.listings.locating import DEFAULT_CHANNEL
from sellingpartner.market.reports.families.shelf import Listed, OnShelf
from sellingpartner.market.reports.writing.columns import Cell, Columns, nothing
from sellingpartner.market.reports.writing.values import amount, plain
from sellingpartner.market.time.business_days import calendars
from sellingpartner.market.time.chance import number_of

ACTIVE, INACTIVE, INCOMPLETE = "Active", "Inactive", "Incomplete"

_BUSINESS = "B2B"
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CONDITIONS = {
    # Assumed: open boxes, parts for makers and clubs are numbered as new is: no source has numbers for them.
    "new_new": "11",
    "refurbished_refurbished": "10",
    "used_like_new": "1",
    "used_very_good": "2",
    "used_good": "3",
    "used_acceptable": "4",
    "collectible_like_new": "5",
    "collectible_very_good": "6",
    "collectible_good": "7",
    "collectible_acceptable": "8",
}
_PRODUCT_IDS = {"asin": "1", "isbn": "2", "upc": "3", "ean": "4"}
_ZONE_NAMES = {"BR": "BRT", "AE": "GST", "SG": "SGT", "TR": "TRT", "SA": "AST"}
"""Where the time zone's own data have a number and no name."""
_DATES = {"JP": "%Y/%m/%d %H:%M:%S"}
_AMERICAN, _DAY_FIRST = "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S"
_FIRST_DISCOUNTS = 5
_FIRST_PROGRESSIVE = 3


def status_of(line: Listed) -> str:
    """Whether buyers can order it, or whether it is no offer yet.

    Assumed: what has no product or no price is Incomplete; what cannot be bought for any other reason is Inactive.
    """
    if line.record.asin is None or line.record.price_minor is None:
        return INCOMPLETE
    return ACTIVE if line.record.is_buyable else INACTIVE


def quantity_of(line: OnShelf) -> str:
    """How many can be ordered; blank where Amazon has them."""
    return "" if line.is_amazons else str(line.stock.available)


def price_of(line: Listed) -> str:
    """The regular price."""
    return plain(line.terms.regular_price)


def condition_of(line: Listed) -> str:
    """The condition's number."""
    return _CONDITIONS.get(line.terms.condition_type, _CONDITIONS["new_new"])


def local(moment: datetime, marketplace_id: str) -> str:
    """A moment by the marketplace's own clock.

    Assumed: the year comes first in North America and in Japan, the day in all other marketplaces.
    """
    marketplace = MARKETPLACES[marketplace_id]
    country = marketplace.country_code
    there = moment.astimezone(calendars()[country].zone)
    usual = _AMERICAN if marketplace.region is Region.NA and country != "BR" else _DAY_FIRST
    return f"{there:{_DATES.get(country, usual)}} {_ZONE_NAMES.get(country, there.tzname())}"


def _listing_id(line: Listed) -> str:
    """The day it was made, and seven signs."""
    record = line.record
    place = number_of(0, "listing id", record.seller_id, record.sku, record.marketplace_id)
    signs = []
    for _ in range(7):
        place, digit = divmod(place, len(_ALPHABET))
        signs.append(_ALPHABET[digit])
    return f"{record.created_at:%m%d}{''.join(signs)}"


def _maker_number(line: Listed) -> tuple[str, str]:
    """By which number the product was named, and the number."""
    said = reading.entry_of(line.attributes, "externally_assigned_product_identifier", line.record.marketplace_id)
    kind = str((said or {}).get("type"))
    if kind in _PRODUCT_IDS:
        return _PRODUCT_IDS[kind], str((said or {}).get("value"))
    return (_PRODUCT_IDS["asin"], line.record.asin) if line.record.asin else ("", "")


def _channel(line: Listed) -> str:
    return line.terms.channel_code or DEFAULT_CHANNEL


def _shipping_group(line: Listed) -> str:
    """Assumed: a listing that names no shipping template has the one that Amazon gave to all that were there before."""
    return "" if line.is_amazons else line.text("merchant_shipping_group") or "Migrated Template"


def _pending(line: OnShelf) -> str:
    return "" if line.is_amazons else str(line.pending)


def _description(line: Listed) -> str:
    here = line.record.marketplace_id
    if line.item is not None:
        return line.item.text("product_description", here) or ""
    return line.text("product_description")


PLAIN: Columns[OnShelf] = {
    "item-name": lambda line: line.title,
    "item-description": _description,
    "listing-id": _listing_id,
    "seller-sku": lambda line: line.record.sku,
    "price": price_of,
    "quantity": quantity_of,
    "open-date": lambda line: local(line.record.created_at, line.record.marketplace_id),
    "image-url": nothing,
    "item-is-marketplace": lambda _: "y",
    "product-id-type": lambda line: _maker_number(line)[0],
    "zshop-shipping-fee": nothing,
    "item-note": lambda line: line.text("condition_note"),
    "item-condition": condition_of,
    "zshop-category1": nothing,
    "zshop-browse-path": nothing,
    "zshop-storefront-feature": nothing,
    "asin1": lambda line: line.record.asin or "",
    "asin2": nothing,
    "asin3": nothing,
    "will-ship-internationally": nothing,
    "expedited-shipping": nothing,
    "zshop-boldface": nothing,
    "product-id": lambda line: _maker_number(line)[1],
    "bid-for-featured-placement": nothing,
    "add-delete": nothing,
    "pending-quantity": _pending,
    "fulfillment-channel": _channel,
}
"""The columns that most of these reports begin with."""

SHIPPING_GROUP: Columns[OnShelf] = {"merchant-shipping-group": _shipping_group}


def _business_price(line: Listed) -> str:
    return amount(line.terms.business_price)


def _price_type(line: Listed) -> str:
    """Assumed: quantity prices are told as prices, also where the seller said how many percent less they are."""
    return "fixed" if line.terms.quantity_discounts else ""


def _lower_bound(place: int, line: Listed) -> str:
    discounts = line.terms.quantity_discounts
    return str(discounts[place].lower_bound) if place < len(discounts) else ""


def _quantity_price(place: int, line: Listed) -> str:
    discounts = line.terms.quantity_discounts
    return amount(discounts[place].price) if place < len(discounts) else ""


def _discounts() -> Columns[OnShelf]:
    columns: dict[str, Cell[OnShelf]] = {}
    for place in range(_FIRST_DISCOUNTS):
        columns[f"Quantity Lower Bound {place + 1}"] = partial(_lower_bound, place)
        columns[f"Quantity Price {place + 1}"] = partial(_quantity_price, place)
    return columns


def _progressive() -> Columns[OnShelf]:
    """Differs: nobody can say progressive prices here, so these columns are empty."""
    bounds = (
        f"Progressive {what} {place}" for place in range(1, _FIRST_PROGRESSIVE + 1) for what in ("Lower Bound", "Price")
    )
    return dict.fromkeys(("Progressive Price Type", *bounds), nothing)


BUSINESS: Columns[OnShelf] = {
    "Business Price": _business_price,
    "Quantity Price Type": _price_type,
    **_discounts(),
}
PROGRESSIVE: Columns[OnShelf] = _progressive()
"""What sellers with offers for businesses are told besides."""


def speaks_to_business(line: Listed) -> bool:
    """Whether a listing has an offer for businesses."""
    return f'"{_BUSINESS}"'.encode() in line.record.attributes and line.terms.business_price is not None
