"""Items before they are on a plan: how they are prepared, what they are taxed by, labels for their units."""

from __future__ import annotations

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.contract.fulfillment_inbound_2024_03_20 import (
    CreateMarketplaceItemLabels,
    CreateMarketplaceItemLabelsResponse,
    ListItemComplianceDetails,
    ListItemComplianceDetailsResponse,
    ListPrepDetails,
    ListPrepDetailsResponse,
    SetPrepDetails,
    SetPrepDetailsResponse,
    UpdateItemComplianceDetails,
    UpdateItemComplianceDetailsResponse,
)
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.inbound import commands as inbound
from sellingpartner.market.inbound.items.preparing import Told
from sellingpartner.market.inbound.model import Owner, TaxDetails, TaxRate
from sellingpartner.market.inbound.questions import Prep, compliance_of, preps_by_sku
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.inbound_documents import link_to
from sellingpartner.storage.unit import UnitOfWork

_CONSTRAINTS: dict[tuple[Owner, ...], api.OwnerConstraint] = {
    (owner,): api.OwnerConstraint(f"{owner.value}_ONLY") for owner in Owner
}


@handles(ListPrepDetails)
def list_prep_details(unit: UnitOfWork, request: ListPrepDetails) -> ListPrepDetailsResponse:
    """How items must be prepared, and who may do it."""
    found = preps_by_sku(unit, request.marketplace_id, request.mskus)
    return ListPrepDetailsResponse(msku_prep_details=[_prep_view(msku, prep) for msku, prep in found.items()])


@handles(SetPrepDetails)
def set_prep_details(unit: UnitOfWork, request: SetPrepDetails) -> SetPrepDetailsResponse:
    """Say how items are prepared."""
    details = [
        Told(
            msku=one.msku,
            category=one.prep_category.value,
            prep_types=tuple(prep_type.value for prep_type in one.prep_types),
        )
        for one in request.msku_prep_details
    ]
    return SetPrepDetailsResponse(operation_id=inbound.set_preps(unit, request.marketplace_id, details))


@handles(ListItemComplianceDetails)
def list_item_compliance_details(
    unit: UnitOfWork, request: ListItemComplianceDetails
) -> ListItemComplianceDetailsResponse:
    """What was said of how items are taxed."""
    found = compliance_of(unit, request.marketplace_id, request.mskus)
    return ListItemComplianceDetailsResponse(
        compliance_details=[
            api.ComplianceDetail(msku=one.msku, asin=one.asin, fnsku=one.fnsku, tax_details=_tax_view(one.details))
            for one in found
        ]
    )


@handles(UpdateItemComplianceDetails)
def update_item_compliance_details(
    unit: UnitOfWork, request: UpdateItemComplianceDetails
) -> UpdateItemComplianceDetailsResponse:
    """Say how an item is taxed."""
    said = request.tax_details
    details = TaxDetails(
        hsn_code=said.hsn_code,
        declared_amount=None if said.declared_value is None else said.declared_value.amount,
        declared_currency=None if said.declared_value is None else said.declared_value.code,
        rates=tuple(
            TaxRate(tax_type=one.tax_type, gst_rate=one.gst_rate, cess_rate=one.cess_rate)
            for one in said.tax_rates or ()
        ),
    )
    operation_id = inbound.set_compliance(unit, request.marketplace_id, request.msku, details)
    return UpdateItemComplianceDetailsResponse(operation_id=operation_id)


@handles(CreateMarketplaceItemLabels)
def create_marketplace_item_labels(
    unit: UnitOfWork, request: CreateMarketplaceItemLabels, caller: Caller, origin: Origin
) -> CreateMarketplaceItemLabelsResponse:
    """Print labels of FNSKUs.

    Assumed: labels for thermal printers are ZPL for 203 dots an inch, those in the standard format a PDF.
    """
    on_sheets = request.label_type is api.LabelPrintType.STANDARD_FORMAT
    if on_sheets and request.page_type is None:
        # Assumed: in which words sheets of labels are refused of no kind.
        raise BadRequest("The pageType must be provided for labels in the STANDARD_FORMAT.")
    kept = inbound.order_labels(
        unit,
        request.marketplace_id,
        [(one.msku, one.quantity) for one in request.msku_quantities],
        page=request.page_type.value if on_sheets and request.page_type is not None else None,
        size=(request.width, request.height),
        locale=request.locale_code,
    )
    download = api.DocumentDownload(
        download_type="URL",
        uri=origin + link_to(unit, kept, grant_id=caller.grant_id),
        expiration=kept.expires_at,
    )
    return CreateMarketplaceItemLabelsResponse(document_downloads=[download])


def _prep_view(msku: str, prep: Prep) -> api.MskuPrepDetail:
    return api.MskuPrepDetail(
        msku=msku,
        prep_category=api.PrepCategory(prep.category),
        prep_types=[api.PrepType(one) for one in prep.prep_types],
        prep_owner_constraint=_CONSTRAINTS.get(prep.prep_owners),
        label_owner_constraint=_CONSTRAINTS.get(prep.label_owners),
        all_owners_constraint=api.AllOwnersConstraint.MUST_MATCH if prep.owners_must_match else None,
    )


def _tax_view(details: TaxDetails | None) -> api.TaxDetails | None:
    if details is None:
        return None
    declared = None
    if details.declared_amount is not None and details.declared_currency is not None:
        declared = api.Currency(amount=details.declared_amount, code=details.declared_currency)
    return api.TaxDetails(
        hsn_code=details.hsn_code,
        declared_value=declared,
        tax_rates=[
            api.TaxRate(tax_type=one.tax_type, gst_rate=one.gst_rate, cess_rate=one.cess_rate) for one in details.rates
        ]
        or None,
    )
