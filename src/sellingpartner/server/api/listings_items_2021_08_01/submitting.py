"""What sellers submit: putListingsItem, patchListingsItem, deleteListingsItem."""

from __future__ import annotations

from sellingpartner.contract import listings_items_2021_08_01 as api
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.listings import submitting
from sellingpartner.market.listings.patching import patch_of
from sellingpartner.market.product_types.questions import Requirements
from sellingpartner.server.api.listings_items_2021_08_01.asking import InvalidListingsRequest, marketplaces, own
from sellingpartner.server.api.listings_items_2021_08_01.views import issue_view
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_IDENTIFIERS, _ISSUES = "identifiers", "issues"


@handles(api.PutListingsItem)
def put_listings_item(
    unit: UnitOfWork, request: api.PutListingsItem, caller: Caller
) -> api.ListingsItemSubmissionResponse:
    """Make a listing or replace all of it; or only say what would come of that."""
    own(caller, request.seller_id)
    (marketplace_id,) = marketplaces(unit, caller, request.marketplace_ids)
    is_trial = request.mode is api.Mode.VALIDATION_PREVIEW
    included = _included(request.included_data, is_trial=is_trial)
    new = submitting.Put(
        sku=request.sku,
        marketplace_id=marketplace_id,
        product_type=request.product_type,
        attributes=request.attributes,
        requirements=Requirements(request.requirements or Requirements.LISTING),
    )
    done = submitting.put(unit, new, locale=request.issue_locale, is_trial=is_trial)
    return _response(done, included)


@handles(api.PatchListingsItem)
def patch_listings_item(
    unit: UnitOfWork, request: api.PatchListingsItem, caller: Caller
) -> api.ListingsItemSubmissionResponse:
    """Change parts of a listing; or only say what would come of that."""
    own(caller, request.seller_id)
    is_trial = request.mode is api.Mode.VALIDATION_PREVIEW
    included = _included(request.included_data, is_trial=is_trial)
    patches = tuple(patch_of(one.op, one.path, one.value, index) for index, one in enumerate(request.patches))
    new = submitting.Patched(
        sku=request.sku,
        marketplace_ids=tuple(marketplaces(unit, caller, request.marketplace_ids)),
        product_type=request.product_type,
        patches=patches,
    )
    done = submitting.patch(unit, new, locale=request.issue_locale, is_trial=is_trial)
    return _response(done, included)


@handles(api.DeleteListingsItem)
def delete_listings_item(
    unit: UnitOfWork, request: api.DeleteListingsItem, caller: Caller
) -> api.ListingsItemSubmissionResponse:
    """Take a listing down in one marketplace."""
    own(caller, request.seller_id)
    done = submitting.delete(unit, request.sku, marketplaces(unit, caller, request.marketplace_ids))
    return _response(done, frozenset({_ISSUES}))


def _included(
    asked: list[api.PutListingsItemIncludedData] | list[api.PatchListingsItemIncludedData] | None, *, is_trial: bool
) -> frozenset[str]:
    included = frozenset(one.value for one in asked or ()) or frozenset({_ISSUES})
    if _IDENTIFIERS in included and not is_trial:
        raise InvalidListingsRequest("includedData may hold identifiers with mode VALIDATION_PREVIEW only.")
    return included


def _response(done: submitting.Submission, included: frozenset[str]) -> api.ListingsItemSubmissionResponse:
    identifiers = None
    if _IDENTIFIERS in included:
        identifiers = [
            api.ItemIdentifiersByMarketplace(marketplace_id=marketplace_id, asin=asin)
            for marketplace_id, asin in done.asins.items()
        ]
    return api.ListingsItemSubmissionResponse(
        sku=done.sku,
        status=api.ListingsItemSubmissionResponseStatus(done.status),
        submission_id=done.submission_id,
        issues=[issue_view(fault) for fault in done.faults] if _ISSUES in included else None,
        identifiers=identifiers,
    )
