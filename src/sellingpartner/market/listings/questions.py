"""What others may ask of listings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from sellingpartner.contract.errors import NotFound
from sellingpartner.market import attributes as reading
from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.deriving import is_parent
from sellingpartner.market.listings.model import FulfillmentChannel, Listing, ListingStatus, Record
from sellingpartner.market.listings.store import record_of
from sellingpartner.market.listings.tables import listings
from sellingpartner.market.listings.telling import told
from sellingpartner.market.listings.terms import Terms, terms_of
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.unit import UnitOfWork

_ENGLISH = "en_US"
_OFFER = (
    "seller_id",
    "sku",
    "marketplace_id",
    "asin",
    "price_minor",
    "price_currency",
    "condition",
    "condition_subtype",
    "fulfillment_channel",
    "status",
    "handling_days",
    "max_order_quantity",
    "is_regulated",
    "created_at",
    "updated_at",
)
_offer = [listings.c[name] for name in _OFFER]
_offered = listings.c.asin.is_not(None) & listings.c.price_minor.is_not(None)
_mine = (listings.c.seller_id == bindparam("seller_id")) & (listings.c.marketplace_id == bindparam("marketplace_id"))
_page = select(*_offer).where(_mine, _offered, listings.c.sku > bindparam("after")).order_by(listings.c.sku)
_records = select(listings).where(_mine, listings.c.sku > bindparam("after")).order_by(listings.c.sku)
_named_records = select(listings).where(_mine, listings.c.sku.in_(bindparam("skus", expanding=True)))
_listed_skus = (
    select(listings.c.sku)
    .distinct()
    .where(listings.c.seller_id == bindparam("seller_id"), listings.c.sku.in_(bindparam("skus", expanding=True)))
)
_active = select(listings.c.sku).where(_mine, listings.c.status == ListingStatus.ACTIVE.value).order_by(listings.c.sku)

_sku = select(listings.c.sku).where(_mine).limit(1)
_ends = select(
    _sku.order_by(listings.c.sku).scalar_subquery().label("first"),
    _sku.order_by(listings.c.sku.desc()).scalar_subquery().label("last"),
)

_named = listings.c.asin.is_not(None) & listings.c.sku.in_(bindparam("skus", expanding=True))
_asins = select(listings.c.sku, listings.c.asin).where(_mine, _named)
_faulty = select(listings.c.issues).where(_mine, listings.c.has_errors)
_count = select(func.count()).select_from(select(listings.c.seller_id, listings.c.sku).distinct().subquery())


class ListingUnknown(NotFound):
    """The seller has no such SKU in this marketplace, or none that offers anything."""

    def __init__(self, sku: str, marketplace_id: str, why: str = "") -> None:
        found = f"SKU {sku!r} offers nothing in" if why else f"There is no listing with SKU {sku!r} in"
        super().__init__(f"{found} marketplace {marketplace_id}{f': {why}' if why else '.'}")


class _Named(NamedTuple):
    sku: str


class Stated(NamedTuple):
    """What a listing says of the thing itself, whether it offers it already or not."""

    sku: str
    condition: str
    condition_subtype: str
    is_regulated: bool


def listing_of(unit: UnitOfWork, sku: str, marketplace_id: str) -> Listing:
    """The offer under a SKU in a marketplace, closed ones included; raises `NotFound`.

    A listing that has no price, or whose product the catalog does not have yet, offers nothing.
    """
    key = {"seller_id": unit.seller_id, "marketplace_id": marketplace_id, "sku": sku}
    listing = _one.first(unit.connection, key)
    if listing is None:
        raise ListingUnknown(sku, marketplace_id, why_not_for_sale(unit, sku, marketplace_id))
    return listing


def why_not_for_sale(unit: UnitOfWork, sku: str, marketplace_id: str) -> str:
    """In a sentence, what keeps buyers from a listing, whatever stock there is; nothing if there is no listing."""
    record = record_of(unit, sku, marketplace_id)
    if record is None:
        return ""
    attributes = reading.decode(record.attributes)
    if record.is_closed:
        return "the listing is closed."
    if is_parent(attributes, marketplace_id):
        return "it is the parent of a family, of which buyers order the children."
    if record.asin is None and not record.is_settled:
        return "what was put is processed within 30 seconds of market time."
    faults = [told(issue, marketplace_id, _ENGLISH) for issue in record.issues]
    if blocking := " ".join(f"{fault.message} ({fault.code})" for fault in faults if fault.blocks):
        return blocking
    return "it has no price in force." if record.price is None else "its offer has not begun, or is over."


def lists_sku(unit: UnitOfWork, sku: str) -> bool:
    """Whether the seller has a SKU anywhere, on sale or not."""
    return _any.first(unit.connection, {"seller_id": unit.seller_id, "sku": sku}) is not None


def offered_under(unit: UnitOfWork, sku: str, marketplace_id: str) -> tuple[Record, Terms] | None:
    """An active listing with the terms on which it sells at this moment; None if nobody can order it whatever stock."""
    record = record_of(unit, sku, marketplace_id)
    if record is None or record.status != ListingStatus.ACTIVE.value:
        return None
    return record, terms_of(reading.decode(record.attributes), marketplace_id, unit.now)


def listings_of(unit: UnitOfWork, marketplace_id: str, *, after: str = "", limit: int | None = None) -> list[Listing]:
    """The seller's offers in a marketplace, in the order of SKU; those after a SKU, and so many at most, if asked."""
    key = {"seller_id": unit.seller_id, "marketplace_id": marketplace_id, "after": after}
    return [_listing(**row._mapping) for row in unit.execute(_page.limit(limit), key)]


def stated_of(unit: UnitOfWork, asin: str, marketplace_id: str) -> list[Stated]:
    """What the seller states of an item under its SKUs in a marketplace, closed ones included, in the order of SKU."""
    return _of_asin.all(unit.connection, {"seller_id": unit.seller_id, "marketplace_id": marketplace_id, "asin": asin})


def records_in(unit: UnitOfWork, marketplace_id: str, *, after: str = "", limit: int) -> list[Record]:
    """All that is kept of a seller's listings in a marketplace, so many after a SKU, in the order of SKU."""
    key = {"seller_id": unit.seller_id, "marketplace_id": marketplace_id, "after": after}
    return [Record(**row._mapping) for row in unit.execute(_records.limit(limit), key)]


def records_of_skus(unit: UnitOfWork, skus: Collection[str], marketplace_id: str) -> dict[str, Record]:
    """All that is kept of some SKUs in a marketplace; one that is not listed there is left out."""
    key = {"seller_id": unit.seller_id, "marketplace_id": marketplace_id, "skus": list(skus)}
    return {row.sku: Record(**row._mapping) for row in unit.execute(_named_records, key)}


def skus_listed(unit: UnitOfWork, skus: Collection[str]) -> set[str]:
    """Which of some SKUs the seller lists anywhere."""
    return set(unit.execute(_listed_skus, {"seller_id": unit.seller_id, "skus": list(skus)}).scalars())


def active_skus(unit: UnitOfWork, marketplace_id: str) -> list[str]:
    """The SKUs that buyers can order from in a marketplace, in order, whether there is stock or not."""
    return list(unit.execute(_active, {"seller_id": unit.seller_id, "marketplace_id": marketplace_id}).scalars())


def first_and_last_sku(unit: UnitOfWork, marketplace_id: str) -> tuple[str, str] | None:
    """Between which SKUs, in their order, all of a seller's lie in a marketplace; None if it has none."""
    row = unit.execute(_ends, {"seller_id": unit.seller_id, "marketplace_id": marketplace_id}).one()
    return None if row.first is None else (row.first, row.last)


def asins_of_skus(unit: UnitOfWork, skus: Collection[str], marketplace_id: str) -> dict[str, str]:
    """The items that some of the seller's SKUs are for, by SKU; one that has no item yet is left out."""
    key = {"seller_id": unit.seller_id, "marketplace_id": marketplace_id, "skus": list(skus)}
    return {row.sku: row.asin for row in unit.execute(_asins, key)}


def imposed_on_listings(unit: UnitOfWork, marketplace_id: str) -> Counter[str]:
    """On how many of the seller's listings in a marketplace Amazon's people have imposed what, by its kind."""
    key = {"seller_id": unit.seller_id, "marketplace_id": marketplace_id}
    found = unit.execute(_faulty, key)
    return Counter(kind for row in found for kind in {issue.kind for issue in row.issues if issue.is_imposed})


def count_of_skus(unit: UnitOfWork) -> int:
    """How many SKUs all sellers together have, a SKU counted once in whatever many marketplaces."""
    found: int = unit.execute(_count).scalar_one()
    return found


def _listing(
    *,
    price_minor: int,
    price_currency: str,
    fulfillment_channel: str,
    status: str,
    **columns: Any,  # noqa: ANN401 - a row's
) -> Listing:
    return Listing(
        price=Money(price_minor, price_currency),
        fulfillment_channel=FulfillmentChannel(fulfillment_channel),
        status=ListingStatus(status),
        **columns,
    )


_one = Question(select(*_offer).where(_mine, _offered, listings.c.sku == bindparam("sku")), _listing)
_any = Question(
    select(listings.c.sku)
    .where(listings.c.seller_id == bindparam("seller_id"), listings.c.sku == bindparam("sku"))
    .limit(1),
    _Named,
)
_of_asin = Question(
    select(listings.c.sku, listings.c.condition, listings.c.condition_subtype, listings.c.is_regulated)
    .where(_mine, listings.c.asin == bindparam("asin"))
    .order_by(listings.c.sku),
    Stated,
)
