"""The review of an order's regulated information (prescriptions and the like): what may be said, and when.

Assumed: which rejection reasons, details and interim codes are valid is Amazon's to say for each product type; the
market gives every regulated order the same ones, and three days for the review.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.orders import VerificationApproved, VerificationRejected
from sellingpartner.market.orders.lifecycle import DEEDS, VERIFICATION, VerificationStatus
from sellingpartner.market.time.lifecycle import advance
from sellingpartner.storage.events import Event

REVIEW_TIME = timedelta(days=3)

PRESCRIPTION = "prescriptionDetail"
ALTERNATIVES = "approvedAlternativeDetails"
INTERIM = "interimStatusDetail"

REJECTION_REASONS = {
    "shield_pom_vps_reject_product": "This medicine is not suitable for your pet.",
    "shield_pom_vps_reject_age": "Your pet is too young for this medicine.",
    "shield_pom_vps_reject_incorrect_weight": "Your pet's weight does not fit the chosen dose.",
}
DETAIL_TYPES = {
    PRESCRIPTION: (VerificationStatus.APPROVED,),
    ALTERNATIVES: (VerificationStatus.REJECTED,),
    INTERIM: (VerificationStatus.PENDING,),
}
INTERIM_CODES = {
    "VET_CONTACTED": "We have asked your vet for the prescription.",
    "VET_NOT_REACHED": "We could not reach your vet yet.",
}


class RegulatedField(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that the buyer gave in the form for a regulated product."""

    field_id: str
    label: str
    value: str
    is_attachment: bool = False


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer says of an order's regulated information; without a status it is an interim word."""

    reviewer_id: str
    status: VerificationStatus | None = None
    rejection_reason_id: str | None = None
    details: dict[str, Any] = {}
    """Verification details by their type, as the API names them."""


class Review(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The regulated information of an order and what was decided on it."""

    fields: tuple[RegulatedField, ...]
    deadline: datetime
    status: VerificationStatus = VerificationStatus.PENDING
    requires_action: bool = True
    requires_dosage_label: bool = False
    reviewer_id: str | None = None
    rejection_reason_id: str | None = None
    reviewed_at: datetime | None = None
    details: dict[str, Any] = {}

    @property
    def is_pending(self) -> bool:
        """Whether nobody has decided yet."""
        return self.status is VerificationStatus.PENDING

    def judge(self, verdict: Verdict, *, at: datetime) -> type[Event] | None:
        """Take a verdict; returns the fact that it makes, None for an interim word. Raises `InvalidInput`."""
        self._check(verdict)
        self.reviewer_id = verdict.reviewer_id
        self.details = {**self.details, **verdict.details}
        if verdict.status in {None, VerificationStatus.PENDING}:
            return None
        approved = verdict.status is VerificationStatus.APPROVED
        fact: type[Event] = VerificationApproved if approved else VerificationRejected
        self.close(fact)
        self.reviewed_at = at
        self.rejection_reason_id = verdict.rejection_reason_id
        return fact

    def close(self, fact: type[Event]) -> None:
        """End the review by a fact of its lifecycle."""
        self.status = advance(VERIFICATION, self.status, fact, subject="The review of the order", deed=DEEDS[fact])

    def _check(self, verdict: Verdict) -> None:
        if not self.requires_action:
            message = "The order's regulated information requires no action of the merchant."
            raise InvalidInput(message)
        if not verdict.reviewer_id.strip():
            message = "externalReviewerId is empty; name the reviewer."
            raise InvalidInput(message)
        if not self.is_pending:
            message = f"The verification status is {self.status.value} and final; only Pending can be changed."
            raise InvalidInput(message)
        _check_status(verdict)
        _check_details(verdict)


def _check_status(verdict: Verdict) -> None:
    if verdict.status in {VerificationStatus.EXPIRED, VerificationStatus.CANCELED}:
        message = f"The status {verdict.status.value} is not a merchant's to set; set Approved or Rejected."
        raise InvalidInput(message)
    if verdict.status in {None, VerificationStatus.PENDING} and INTERIM not in verdict.details:
        message = f"Set the status Approved or Rejected; without one, {INTERIM} must be given."
        raise InvalidInput(message)
    if verdict.status is VerificationStatus.REJECTED:
        if verdict.rejection_reason_id not in REJECTION_REASONS:
            message = (
                f"rejectionReasonId {verdict.rejection_reason_id or 'is missing: it'} must be one of the order's "
                f"valid rejection reasons: {', '.join(REJECTION_REASONS)}."
            )
            raise InvalidInput(message)
    elif verdict.rejection_reason_id is not None:
        message = "rejectionReasonId goes with the status Rejected only."
        raise InvalidInput(message)


def _check_details(verdict: Verdict) -> None:
    status = verdict.status or VerificationStatus.PENDING
    for kind in verdict.details:
        statuses = DETAIL_TYPES.get(kind, ())
        if status not in statuses:
            named = " or ".join(one.value for one in statuses) or "no"
            message = f"{kind} may be given with the status {named} only, not with {status.value}."
            raise InvalidInput(message)
    interim = verdict.details.get(INTERIM)
    if interim is not None and interim["statusCode"] not in INTERIM_CODES:
        message = f"statusCode {interim['statusCode']} must be one of {', '.join(INTERIM_CODES)}."
        raise InvalidInput(message)
