"""What a wallet is made of: accounts, bank accounts, transactions, transfers that are planned. Nothing here reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

BANK_NAME = "Amazon Seller Wallet"


class Status(StrEnum):
    """Where a transaction is."""

    PENDING = "PENDING_USER_APPROVAL"
    IN_PROGRESS = "IN_PROGRESS"
    SUCCESSFUL = "SUCCESSFUL"
    FAILED = "FAILED"
    GIVEN_BACK = "FAILED_CREDITS_APPLIED"
    EXPIRED = "EXPIRED"


LIFECYCLE: Mapping[Status, frozenset[Status]] = {
    Status.PENDING: frozenset({Status.IN_PROGRESS, Status.EXPIRED, Status.FAILED}),
    Status.IN_PROGRESS: frozenset({Status.SUCCESSFUL, Status.GIVEN_BACK}),
    Status.SUCCESSFUL: frozenset(),
    Status.FAILED: frozenset(),
    Status.GIVEN_BACK: frozenset(),
    Status.EXPIRED: frozenset(),
}


class Direction(StrEnum):
    """Whether money comes into the wallet or leaves it."""

    CREDIT = "CREDIT"
    DEBIT = "DEBIT"


class Plan(StrEnum):
    """Whether a planned transfer goes on."""

    ENABLED = "ENABLED"
    DISABLED = "DISABLED"
    EXPIRED = "EXPIRED"
    DELETED = "DELETED"


class Frequency(StrEnum):
    """How often a planned transfer happens; once is a word of our own."""

    ONCE = "ONCE"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    BIWEEKLY = "BIWEEKLY"
    MONTHLY = "MONTHLY"


class Wallet(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's wallet of one currency."""

    currency: str
    account_id: str
    country_code: str
    opened_at: datetime
    balance_minor: int
    """What is in it; what is on its way out is not."""
    changed_at: datetime


class BankAccount(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where money goes; of its number the last digits are kept, and no more."""

    account_id: str = ""
    """The id of an account that Amazon knows; of somebody else's there is none."""
    holder: str
    bank_name: str
    country_code: str
    currency: str
    number_format: str
    tail: str
    is_own: bool = True


class Charged(msgspec.Struct, frozen=True, kw_only=True):
    """A fee of a transfer, in the wallet's currency."""

    kind: str
    percent: str
    minor: int


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """What a transfer costs, and what arrives of it."""

    currency: str
    base_minor: int
    rate_id: str
    base_rate: Decimal
    effective_rate: Decimal
    to_currency: str
    arrives_minor: int
    fees: tuple[Charged, ...] = ()

    @property
    def fee_minor(self) -> int:
        """What all fees come to."""
        return sum(one.minor for one in self.fees)


class Transaction(msgspec.Struct, frozen=True, kw_only=True):
    """Money that comes into a wallet, or leaves it."""

    number: int
    transaction_id: str
    currency: str
    direction: Direction
    status: Status
    amount_minor: int
    requested_at: datetime
    expected_at: datetime | None
    ended_at: datetime | None
    changed_at: datetime
    requester: str
    """Who asked for it: an application, or Amazon."""
    description: str
    destination: BankAccount
    rate: Rate
    failure: str


class Failure(msgspec.Struct, frozen=True):
    """A time at which a planned transfer did not happen, and why."""

    at: datetime
    reason: str


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """When a planned transfer happens, and how much it is: an amount, or so many percent of what is there."""

    starts_at: datetime
    ends_at: datetime | None
    frequency: Frequency
    is_percentage: bool
    value: Decimal


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer that happens by itself, once or again and again."""

    number: int
    schedule_id: str
    currency: str
    destination: BankAccount
    status: Plan
    terms: Terms
    next_at: datetime | None
    """When it happens next; never again where there is none."""
    failures: tuple[Failure, ...]
    requester: str
