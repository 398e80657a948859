"""FBA Inbound Eligibility, v1: whether an item may be sent to Amazon's warehouses."""

from __future__ import annotations

from sellingpartner.contract import fba_inbound_eligibility_v1 as v1
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.counted import counted
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.inbound.items.eligibility import home_of, reasons_against
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(v1.GetItemEligibilityPreview)
def get_item_eligibility_preview(
    unit: UnitOfWork, request: v1.GetItemEligibilityPreview
) -> v1.GetItemEligibilityPreviewResponse:
    """Whether an item may be sent for a program, and if not, why."""
    marketplace_id = _marketplace(unit, request)
    reasons = reasons_against(unit, request.asin, marketplace_id, request.program)
    preview = v1.ItemEligibilityPreview(
        asin=request.asin,
        # As seen of Amazon: the answer for commingling names no marketplace.
        marketplace_id=marketplace_id if request.program is v1.Program.INBOUND else None,
        program=request.program,
        is_eligible_for_program=not reasons,
        ineligibility_reason_list=reasons or None,
    )
    return v1.GetItemEligibilityPreviewResponse(payload=preview)


def _marketplace(unit: UnitOfWork, request: v1.GetItemEligibilityPreview) -> str:
    """The marketplace that is meant; only for commingling it may be left out."""
    named = request.marketplace_ids or []
    if not named and request.program is v1.Program.INBOUND:
        message = "Parameter marketplaceIds is missing; it must name one marketplace where program is INBOUND."
        raise InvalidInput(message)
    if len(named) > 1:
        message = f"Parameter marketplaceIds names {counted(len(named), 'marketplace')}; it must be one."
        raise InvalidInput(message)
    entered = participations_of(unit, unit.seller_id, including=named)
    return named[0] if named else home_of(unit, request.asin, [one.marketplace_id for one in entered])
