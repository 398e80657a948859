"""Why a wallet does not do what it was asked."""

from __future__ import annotations

from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound, SellingPartnerError


class NoSuchAccount(NotFound):
    """The seller has no such wallet."""

    def __init__(self, named: str) -> None:
        super().__init__(f"BankAccount not found. {named[:60]!r} is no Seller Wallet account of this seller.")


class NoSuchTransaction(NotFound):
    """The seller's wallets have no such transaction."""

    def __init__(self, transaction_id: str) -> None:
        super().__init__(f"Transaction not found. {transaction_id[:60]!r} is none of this seller's wallets.")


class NoSuchSchedule(NotFound):
    """The seller's wallets have no such transfer schedule."""

    def __init__(self, schedule_id: str) -> None:
        super().__init__(f"Transfer Schedule not found. {schedule_id[:60]!r} is none of this seller's wallets.")


class InsufficientBalance(SellingPartnerError):
    """There is less in the wallet than is to leave it."""

    status = 422
    code = "InsufficientBalance"


class LimitExceeded(SellingPartnerError):
    """More is to leave at once than may."""

    status = 422
    code = "TransactionLimitExceeded"


class PlannedTwice(Conflict):
    """There is a schedule already."""

    code = "RequestConflict"

    def __init__(self, schedule_id: str) -> None:
        super().__init__(
            "There is a transfer schedule from this account to that one already: "
            f"{schedule_id}. Change that one, or delete it first."
        )


class NotWhileSo(InvalidInput):
    """It is in a state in which that cannot be done."""


class Wrong(InvalidInput):
    """What was asked for cannot be; the message names it."""
