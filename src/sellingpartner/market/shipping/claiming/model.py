"""A claim for a parcel. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.market.amounts import Money


class ClaimReason(StrEnum):
    """What is claimed to have happened; Amazon's words."""

    LOST = "LOST_IN_TRANSIT"
    DAMAGED = "DAMAGED_IN_TRANSIT"
    NOT_RECEIVED = "DELIVERED_NOT_RECEIVED"
    ITEM_MISSING = "ITEM_MISSING_SWITCHEROO"
    CASH_ABUSE = "COD_ABUSE"


class Settlement(StrEnum):
    """What is wanted for it: money, or a paper for an insurer."""

    REFUND = "REFUND"
    CERTIFICATE = "CERTIFICATE_OF_FACT"


class ClaimStatus(StrEnum):
    """Where a claim stands."""

    FILED = "Filed"
    ACCEPTED = "Accepted"
    DECLINED = "Declined"


CLAIM: Mapping[ClaimStatus, frozenset[ClaimStatus]] = {
    ClaimStatus.FILED: frozenset({ClaimStatus.ACCEPTED, ClaimStatus.DECLINED}),
    ClaimStatus.ACCEPTED: frozenset(),
    ClaimStatus.DECLINED: frozenset(),
}
"""The lifecycle of a claim."""


class Claim(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A claim for a parcel whose label was bought here."""

    claim_id: str
    shipment_id: str
    order_id: str | None
    tracking_id: str
    reason: ClaimReason
    settlement: Settlement
    worth: Money
    """What is claimed: what the parcel was worth, as far as it is insured."""
    is_replaced: bool = False
    """Whether its buyer was sent another one."""
    proofs: tuple[str, ...] = ()
    filed_at: datetime
    status: ClaimStatus = ClaimStatus.FILED
    decided_at: datetime | None = None
    paid: Money | None = None
    said: str = ""
    """Why it was decided so."""

    def decide(self, status: ClaimStatus, said: str, at: datetime) -> None:
        """Decide about it, once."""
        if status in CLAIM[self.status]:
            self.status, self.said, self.decided_at = status, said, at
