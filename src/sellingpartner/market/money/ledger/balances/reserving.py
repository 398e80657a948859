"""What of a balance is kept for the next period: what was settled on, and more while the account is at risk."""

from __future__ import annotations

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.standing import standings_of
from sellingpartner.market.money.ledger.policies import Policy, defaults
from sellingpartner.storage.unit import UnitOfWork

_PERCENT = 100


def reserve_percent(unit: UnitOfWork, policy: Policy) -> int:
    """What part of a balance is kept: the more the worse the account stands where that currency is paid."""
    known = defaults().reserve_while
    return max(policy.reserve_percent, *(known.get(status, 0) for status in _statuses(unit, policy.currency)), 0)


def kept_of(unit: UnitOfWork, balance: int, policy: Policy) -> int:
    """What of a balance is kept in reserve: a part of it, or all where the rest is too little to be transferred."""
    if balance <= 0:
        return 0
    reserve = balance * reserve_percent(unit, policy) // _PERCENT
    return reserve if balance - reserve >= policy.minimum_minor else balance


def withheld_now(unit: UnitOfWork, balance: int, policy: Policy) -> int:
    """What of the balance of a period that is open cannot be paid out, as the account is at risk.

    Assumed: what was settled on is kept when a period ends; what a risk asks for is kept from the moment on.
    """
    percent = reserve_percent(unit, policy)
    return max(balance, 0) * percent // _PERCENT if percent > policy.reserve_percent else 0


def _statuses(unit: UnitOfWork, currency: str) -> list[str]:
    return [
        one.status.value
        for one in standings_of(unit, unit.seller_id)
        if MARKETPLACES[one.marketplace_id].currency == currency
    ]
