"""The ids by which others know entries and periods: drawn from the seed, so that the same world has the same ones."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_SMALLEST, _MANY = 20_000_000_000, 9_999_999_967
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

BANK = "BANK_ACCOUNT"
"""The kind of the payment method that payouts go to where there is no wallet."""


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


def payment_method_id_of(unit: UnitOfWork, currency: str, kind: str) -> str:
    """What the seller's bank account, or card, of a currency is called: 18 digits."""
    return f"{number_of(unit.seed, unit.seller_id, 'payment method', currency, kind) % 10**18:018d}"


def wallet_id_of(unit: UnitOfWork, currency: str) -> str:
    """What the Seller Wallet account of a currency is called, whether it has been opened or not."""
    return f"amzn1.account.{letters_of(unit, 28, 'wallet', currency)}"


def letters_of(unit: UnitOfWork, length: int, *purpose: str | int) -> str:
    """So many capital letters and digits, as the ids of wallets have them."""
    digest = sha256("\x1f".join(map(str, (unit.seed, unit.seller_id, *purpose))).encode()).digest()
    number, signs = int.from_bytes(digest), []
    for _ in range(length):
        number, sign = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return "".join(signs)


def _opaque(unit: UnitOfWork, *purpose: str | int) -> str:
    text = "\x1f".join(map(str, (unit.seed, unit.seller_id, *purpose)))
    return urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip("=")
