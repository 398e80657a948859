"""What comes after a delivery that failed, or went wrong: submitNdrFeedback and createClaim."""

from __future__ import annotations

from datetime import UTC

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.operation import NoContent
from sellingpartner.contract.shipping_v2 import CreateClaim, CreateClaimResponse, SubmitNdrFeedback
from sellingpartner.market.amounts import Money, minor_units
from sellingpartner.market.shipping.claiming.claiming import Filing
from sellingpartner.market.shipping.claiming.model import ClaimReason, Settlement
from sellingpartner.market.shipping.commands import answer, file_claim
from sellingpartner.market.shipping.refusals import InvalidRequest
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_MOST = 10_000_000


@handles(SubmitNdrFeedback)
def submit_ndr_feedback(unit: UnitOfWork, request: SubmitNdrFeedback) -> NoContent:
    """Say what is to become of a parcel that could not be delivered."""
    said = request.ndr_request_data
    on = None if said is None else said.reschedule_date
    answer(
        unit,
        request.tracking_id,
        request.ndr_action.value,
        on=on if on is None or on.tzinfo is not None else on.replace(tzinfo=UTC),
        notes=None if said is None else said.additional_address_notes,
    )
    return NoContent()


@handles(CreateClaim)
def create_claim(unit: UnitOfWork, request: CreateClaim) -> CreateClaimResponse:
    """Claim for a parcel."""
    claim = file_claim(
        unit,
        Filing(
            tracking_id=request.tracking_id,
            reason=ClaimReason(request.claim_reason.value),
            settlement=Settlement(request.settlement_type.value),
            declared=None if request.declared_value is None else _money(request.declared_value),
            is_replaced=bool(request.is_replacement_package_sent),
            proofs=request.proofs or (),
        ),
    )
    return CreateClaimResponse(claim_id=claim.claim_id)


def _money(said: v2.Currency) -> Money:
    minor = minor_units(said.value, said.unit, most=_MOST)
    if minor is None:
        details = f"declaredValue is not an amount of {said.unit} of at most {_MOST:,}."
        raise InvalidRequest(details)
    return Money(minor, said.unit)
