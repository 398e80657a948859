"""The ids by which others know entries and periods: drawn from the seed, so that the same world has the same ones."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_SMALLEST, _MANY = 20_000_000_000, 9_999_999_967


def group_id_of(unit: UnitOfWork, currency: str, period_id: int) -> str:
    """What finances call a settlement period."""
    return _opaque(unit, "group", currency, period_id)


def settlement_id_of(unit: UnitOfWork, period_id: int) -> int:
    """What settlement reports call a settlement period: another number of 11 digits."""
    return _SMALLEST + number_of(unit.seed, unit.seller_id, "settlement", period_id) % _MANY


def transaction_id_of(unit: UnitOfWork, entry_id: int) -> str:
    """What finances call an entry."""
    return _opaque(unit, "transaction", entry_id)


def trace_id_of(unit: UnitOfWork, payout_id: int) -> str:
    """What the bank calls a transfer."""
    return f"{number_of(unit.seed, unit.seller_id, 'trace', payout_id) % 10**15:015d}"


def _opaque(unit: UnitOfWork, *purpose: str | int) -> str:
    text = "\x1f".join(map(str, (unit.seed, unit.seller_id, *purpose)))
    return urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip("=")
