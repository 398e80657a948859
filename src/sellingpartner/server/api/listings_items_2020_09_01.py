"""Listings Items, 2020-09-01: the earlier version, by which listings are put, patched and deleted, and not read."""

from __future__ import annotations

from sellingpartner.contract import listings_items_2020_09_01 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.counted import counted
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.listings import submitting
from sellingpartner.market.listings.patching import patch_of
from sellingpartner.market.product_types.questions import Fault, Requirements
from sellingpartner.server.api.listings_items_2021_08_01.asking import marketplaces, own
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(api.PutListingsItem)
def put_listings_item(
    unit: UnitOfWork, request: api.PutListingsItem, caller: Caller
) -> api.ListingsItemSubmissionResponse:
    """Make a listing or replace all of it, in one marketplace."""
    own(caller, request.seller_id)
    here = marketplaces(unit, caller, request.marketplace_ids)
    if len(here) > 1:
        # Assumed: version 2020-09-01 puts a listing in one marketplace at a time too, though its model names no limit.
        message = f"marketplaceIds holds {counted(len(here), 'marketplace')}; a listing is put in one at a time."
        raise InvalidInput(message)
    new = submitting.Put(
        sku=request.sku,
        marketplace_id=here[0],
        product_type=request.product_type,
        attributes=request.attributes,
        requirements=Requirements(request.requirements or Requirements.LISTING),
    )
    return _response(submitting.put(unit, new, locale=request.issue_locale))


@handles(api.PatchListingsItem)
def patch_listings_item(
    unit: UnitOfWork, request: api.PatchListingsItem, caller: Caller
) -> api.ListingsItemSubmissionResponse:
    """Change parts of a listing."""
    own(caller, request.seller_id)
    patches = tuple(patch_of(one.op, one.path, one.value, index) for index, one in enumerate(request.patches))
    new = submitting.Patched(
        sku=request.sku,
        marketplace_ids=tuple(marketplaces(unit, caller, request.marketplace_ids)),
        product_type=request.product_type,
        patches=patches,
    )
    return _response(submitting.patch(unit, new, locale=request.issue_locale))


@handles(api.DeleteListingsItem)
def delete_listings_item(
    unit: UnitOfWork, request: api.DeleteListingsItem, caller: Caller
) -> api.ListingsItemSubmissionResponse:
    """Take a listing down."""
    own(caller, request.seller_id)
    return _response(submitting.delete(unit, request.sku, marketplaces(unit, caller, request.marketplace_ids)))


def _response(done: submitting.Submission) -> api.ListingsItemSubmissionResponse:
    return api.ListingsItemSubmissionResponse(
        sku=done.sku,
        status=api.Status(done.status),
        submission_id=done.submission_id,
        issues=[_issue(fault) for fault in done.faults],
    )


def _issue(fault: Fault) -> api.Issue:
    return api.Issue(
        code=fault.code,
        message=fault.message,
        severity=api.Severity(fault.severity),
        attribute_name=next(iter(fault.attribute_names), None),
    )
