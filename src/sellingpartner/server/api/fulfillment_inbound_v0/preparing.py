"""getPrepInstructions: how items must be labeled and prepared before they are sent in."""

from __future__ import annotations

from sellingpartner.contract import fulfillment_inbound_v0 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fulfillment_inbound_v0 import (
    GetPrepInstructions,
    GetPrepInstructionsResponse,
    GetPrepInstructionsResult,
)
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.inbound.model import Owner
from sellingpartner.market.inbound.questions import Prep, fee_of, preps_by_asin, preps_of_skus
from sellingpartner.server.api.fulfillment_inbound_v0.views import PREPARATIONS
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_LABELED_ALONE = frozenset({"ITEM_LABELING", "ITEM_NO_PREP"})


@handles(GetPrepInstructions)
def get_prep_instructions(unit: UnitOfWork, request: GetPrepInstructions) -> GetPrepInstructionsResponse:
    """How SKUs and ASINs are prepared for a country; what there is not is named apart."""
    marketplace_id = _marketplace_in(unit, request.ship_to_country_code)
    if not request.seller_sku_list and not request.asin_list:
        # Assumed: in which words Amazon refuses a question about nothing.
        raise InvalidInput("At least one of SellerSKUList and ASINList must be provided")
    skus, asins = list(dict.fromkeys(request.seller_sku_list or ())), list(dict.fromkeys(request.asin_list or ()))
    by_sku, by_asin = preps_of_skus(unit, skus, marketplace_id), preps_by_asin(unit, asins, marketplace_id)
    missing = api.ErrorReason.DOES_NOT_EXIST
    return GetPrepInstructionsResponse(
        payload=GetPrepInstructionsResult(
            sku_prep_instructions_list=[_of_sku(sku, *by_sku[sku], marketplace_id) for sku in skus if sku in by_sku],
            invalid_sku_list=[
                api.InvalidSKU(seller_sku=sku, error_reason=missing) for sku in skus if sku not in by_sku
            ],
            asin_prep_instructions_list=[_of_asin(asin, by_asin[asin]) for asin in asins if asin in by_asin],
            invalid_asin_list=[
                api.InvalidASIN(asin=asin, error_reason=missing) for asin in asins if asin not in by_asin
            ],
        )
    )


def _marketplace_in(unit: UnitOfWork, country: str) -> str:
    """The marketplace of a country; raises `InvalidInput` unless the seller takes part in it."""
    taken = {one.marketplace_id for one in participations_of(unit, unit.seller_id)}
    marketplace = BY_COUNTRY.get(country)
    if marketplace is None or marketplace.marketplace_id not in taken:
        raise InvalidInput(f"ShipToCountryCode {country} is not the country of one of the seller's marketplaces.")
    return marketplace.marketplace_id


def _of_sku(sku: str, asin: str, prep: Prep, marketplace_id: str) -> api.SKUPrepInstructions:
    by_amazon = Owner.AMAZON in (*prep.prep_owners, *prep.label_owners)
    fees = [(one, fee_of(one, Owner.AMAZON, marketplace_id)) for one in _types(prep)] if by_amazon else []
    return api.SKUPrepInstructions(
        seller_sku=sku,
        asin=asin,
        barcode_instruction=api.BarcodeInstruction.REQUIRES_FNSKU_LABEL,
        prep_guidance=_guidance(prep),
        prep_instruction_list=[PREPARATIONS[one] for one in _types(prep)],
        amazon_prep_fees_details_list=[
            api.AmazonPrepFeesDetails(
                prep_instruction=PREPARATIONS[one],
                fee_per_unit=api.Amount(currency_code=api.CurrencyCode(fee.currency), value=fee.decimal),
            )
            for one, fee in fees
            if fee is not None
        ],
    )


def _of_asin(asin: str, prep: Prep) -> api.ASINPrepInstructions:
    return api.ASINPrepInstructions(
        asin=asin,
        barcode_instruction=api.BarcodeInstruction.REQUIRES_FNSKU_LABEL,
        prep_guidance=_guidance(prep),
        prep_instruction_list=[PREPARATIONS[one] for one in _types(prep)],
    )


def _types(prep: Prep) -> list[str]:
    """What is done to each unit, its label first."""
    others = [one for one in prep.prep_types if one in PREPARATIONS and one not in _LABELED_ALONE]
    return ["ITEM_LABELING", *others]


def _guidance(prep: Prep) -> api.PrepGuidance:
    if not prep.is_known:
        return api.PrepGuidance.CONSULT_HELP_DOCUMENTS
    if {*prep.prep_types} <= _LABELED_ALONE:
        return api.PrepGuidance.NO_ADDITIONAL_PREP_REQUIRED
    return api.PrepGuidance.SEE_PREP_INSTRUCTIONS_LIST
