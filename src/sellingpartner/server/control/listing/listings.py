"""Listings by hand: put, shown, taken down, suppressed."""

from __future__ import annotations

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidArgument, InvalidInput
from sellingpartner.contract.operation import NoContent
from sellingpartner.market import attributes as reading
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.inventory.commands import make_available
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.listings import enforcing, settling, submitting
from sellingpartner.market.listings.model import Record
from sellingpartner.market.listings.questions import ListingUnknown
from sellingpartner.market.listings.searching import Key, SortedBy, Wanted, records_of, search
from sellingpartner.market.listings.store import record_from, record_of
from sellingpartner.market.listings.telling import told
from sellingpartner.market.product_types.questions import Requirements, example_of, faults_of
from sellingpartner.server.control.desk import Desk
from sellingpartner.server.control.listing.drafting import draft
from sellingpartner.server.control.whose import shop_meant
from sellingpartner.storage.unit import UnitOfWork

_ENGLISH = "en_US"


class ListingRefused(InvalidInput):
    """What cannot be listed; the message has all that is wrong with it."""


def list_listings(desk: Desk, request: v1.ListListings) -> v1.Listings:
    """A seller's listings in a marketplace."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    wanted = Wanted(marketplace_ids=(marketplace_id,), sorted_by=SortedBy.SKU, is_descending=False)
    key = Key(request.after, request.after) if request.after else None
    with desk.market.read(seller_id) as unit:
        found = search(unit, wanted, request.limit, key).skus
        records = records_of(unit, found, (marketplace_id,))
        return v1.Listings(listings=[_listing(unit, record_from(kept)) for sku in found for kept in records[sku]])


def get_listing(desk: Desk, request: v1.GetListing) -> v1.Listing:
    """One listing."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.read(seller_id) as unit:
        return _listing(unit, _record(unit, request.sku, marketplace_id))


def get_listing_example(desk: Desk, request: v1.GetListingExample) -> v1.ListingExample:
    """The body of a listing of a product type that is right there."""
    _, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    kind = request.product_type
    for fault in faults_of({}, product_type=kind, marketplace_id=marketplace_id, is_enforced=False, locale=_ENGLISH):
        raise InvalidArgument(fault.message)
    return v1.ListingExample(
        product_type=kind, requirements=Requirements.LISTING.value, attributes=example_of(kind, marketplace_id)
    )


def put_listing(desk: Desk, request: v1.PutListing) -> v1.Listing:
    """List a product; what is put by hand does not wait to be processed."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.write(seller_id) as unit:
        new = draft(unit, request, marketplace_id)
        done = submitting.put(unit, new, locale=_ENGLISH)
        if done.status is submitting.SubmissionStatus.INVALID:
            raise ListingRefused(" ".join(dict.fromkeys(fault.message for fault in done.faults if fault.blocks)))
        turn = settling.ListingIsProcessed(
            sku=request.sku, marketplace_id=marketplace_id, submission_id=done.submission_id
        )
        settling.process(unit, turn)
        record = _record(unit, request.sku, marketplace_id)
        if request.stock is not None and record.place is Place.FBA:
            make_available(unit, request.sku, Place.FBA, request.stock, reference=f"submission {done.submission_id}")
    return get_listing(desk, v1.GetListing(sku=request.sku, seller_id=seller_id, marketplace_id=marketplace_id))


def delete_listing(desk: Desk, request: v1.DeleteListing) -> NoContent:
    """Take a listing down."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.write(seller_id) as unit:
        _record(unit, request.sku, marketplace_id)
        submitting.delete(unit, request.sku, [marketplace_id])
    return NoContent()


def suppress_listing(desk: Desk, request: v1.SuppressListing) -> v1.Listing:
    """Impose an issue on a listing."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.write(seller_id) as unit:
        return _listing(unit, enforcing.suppress(unit, request.sku, marketplace_id, request.kind, value=request.value))


def lift_suppression(desk: Desk, request: v1.LiftSuppression) -> v1.Listing:
    """Take back what was imposed."""
    seller_id, marketplace_id = shop_meant(desk.market, request.seller_id, request.marketplace_id)
    with desk.market.write(seller_id) as unit:
        return _listing(unit, enforcing.lift(unit, request.sku, marketplace_id, request.kind))


def _record(unit: UnitOfWork, sku: str, marketplace_id: str) -> Record:
    found = record_of(unit, sku, marketplace_id)
    if found is None:
        raise ListingUnknown(sku, marketplace_id)
    return found


def _listing(unit: UnitOfWork, record: Record) -> v1.Listing:
    here = record.marketplace_id
    issues = [told(issue, here, _ENGLISH) for issue in record.issues]
    own = reading.text(reading.decode(record.attributes), "item_name", here)
    item = found_item(unit, record.asin) if own is None and record.asin is not None else None
    price = record.price
    return v1.Listing(
        seller_id=record.seller_id,
        sku=record.sku,
        marketplace_id=here,
        product_type=record.product_type,
        asin=record.asin,
        title=own or ("" if item is None else item.title(here)),
        status=list(record.shown),
        price=None if price is None else v1.Money(currency_code=price.currency, amount=str(price)),
        is_amazon_fulfilled=record.place is Place.FBA,
        available=stock_of(unit, record.sku, record.place).available,
        is_processed=record.is_settled,
        issues=[v1.ListingIssue(code=one.code, severity=one.severity, message=one.message) for one in issues],
        created_at=record.created_at,
        updated_at=record.updated_at,
    )
