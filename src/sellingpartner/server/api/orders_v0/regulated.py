"""The regulated information of an order: getOrderRegulatedInfo and updateVerificationStatus."""

from __future__ import annotations

import msgspec

from sellingpartner.contract import orders_v0 as v0
from sellingpartner.contract.operation import NoContent
from sellingpartner.contract.orders_v0 import (
    GetOrderRegulatedInfo,
    GetOrderRegulatedInfoResponse,
    UpdateVerificationStatus,
)
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.lifecycle import VerificationStatus
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.orders.regulated import (
    DETAIL_TYPES,
    INTERIM_CODES,
    REJECTION_REASONS,
    RegulatedField,
    Review,
    Verdict,
)
from sellingpartner.server.api.orders_v0.views import date_text
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork


@handles(GetOrderRegulatedInfo)
def get_order_regulated_info(unit: UnitOfWork, request: GetOrderRegulatedInfo) -> GetOrderRegulatedInfoResponse:
    """Show what the buyer said of the regulated items and what was decided on it."""
    order = order_of(unit, request.order_id)
    review = order.regulated()
    return GetOrderRegulatedInfoResponse(
        payload=v0.OrderRegulatedInfo(
            amazon_order_id=order.order_id,
            regulated_information=v0.RegulatedInformation(fields=[_field(field) for field in review.fields]),
            requires_dosage_label=review.requires_dosage_label,
            regulated_order_verification_status=_status(review),
        )
    )


@handles(UpdateVerificationStatus)
def update_verification_status(unit: UnitOfWork, request: UpdateVerificationStatus) -> NoContent:
    """Take the reviewer's verdict."""
    orders.judge(unit, request.order_id, _verdict(request.regulated_order_verification_status))
    return NoContent()


def _field(field: RegulatedField) -> v0.RegulatedInformationField:
    return v0.RegulatedInformationField(
        field_id=field.field_id,
        field_label=field.label,
        field_type=v0.FieldType.FILE_ATTACHMENT if field.is_attachment else v0.FieldType.TEXT,
        field_value=field.value,
    )


def _status(review: Review) -> v0.RegulatedOrderVerificationStatus:
    rejected = review.rejection_reason_id
    return v0.RegulatedOrderVerificationStatus(
        status=v0.VerificationStatus(review.status.value),
        requires_merchant_action=review.requires_action,
        valid_rejection_reasons=[_reason(reason) for reason in REJECTION_REASONS],
        rejection_reason=None if rejected is None else _reason(rejected),
        review_date=None if review.reviewed_at is None else date_text(review.reviewed_at),
        external_reviewer_id=review.reviewer_id,
        valid_verification_details=[
            v0.ValidVerificationDetail(
                verification_detail_type=kind,
                valid_verification_statuses=[v0.VerificationStatus(status.value) for status in statuses],
            )
            for kind, statuses in DETAIL_TYPES.items()
        ],
        valid_interim_status_codes=[
            v0.ValidInterimStatusCode(status_code=code, status_description=text) for code, text in INTERIM_CODES.items()
        ],
    )


def _reason(reason_id: str) -> v0.RejectionReason:
    return v0.RejectionReason(rejection_reason_id=reason_id, rejection_reason_description=REJECTION_REASONS[reason_id])


def _verdict(body: v0.UpdateVerificationStatusRequestBody) -> Verdict:
    details = msgspec.to_builtins(body.verification_details) if body.verification_details is not None else {}
    return Verdict(
        reviewer_id=body.external_reviewer_id,
        status=None if body.status is None else VerificationStatus(body.status.value),
        rejection_reason_id=body.rejection_reason_id,
        details=details,
    )
