"""An account of a seller's own with a carrier. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec


class AccountStatus(StrEnum):
    """Where a linked account stands.

    Assumed: a carrier confirms an account at once, as in Amazon's example; what is unlinked may be linked again.
    """

    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"


ACCOUNT: Mapping[AccountStatus, frozenset[AccountStatus]] = {
    AccountStatus.ACTIVE: frozenset({AccountStatus.INACTIVE}),
    AccountStatus.INACTIVE: frozenset({AccountStatus.ACTIVE}),
}
"""The lifecycle of a linked account."""


class OwnAccount(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An account that a seller linked. Of what it proved itself with nothing is kept but the number's last signs."""

    account_id: str
    carrier_id: str
    country: str
    account_type: str
    ends_with: str
    linked_at: datetime
    status: AccountStatus = AccountStatus.ACTIVE
    unlinked_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether labels can be paid by it."""
        return self.status is AccountStatus.ACTIVE
