"""How orders and shipments of AWD are called.

Assumed: an inbound order and its shipment have one id, as Amazon's support told; its form, and that of transfers to
FBA, is what sellers show of their accounts.
"""

from __future__ import annotations

from sellingpartner.market.time.chance import number_of, uuid_of, wide_number_of
from sellingpartner.storage.unit import UnitOfWork

_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LONG = 12


def inbound_id(unit: UnitOfWork) -> str:
    """The id of an inbound order, and of its shipment."""
    return _lettered(unit, "STAR-", "awd inbound", unit.next_number("awd inbound orders"))


def outbound_id(unit: UnitOfWork) -> str:
    """The id of an order that takes units out of AWD."""
    return uuid_of(wide_number_of(unit.seed, "awd outbound", unit.seller_id, unit.next_number("awd outbound orders")))


def transfer_id(unit: UnitOfWork) -> str:
    """The id of a shipment from AWD to FBA."""
    return _lettered(unit, "ASDN", "awd transfer", unit.next_number("awd transfers"))


def _lettered(unit: UnitOfWork, begins: str, purpose: str, number: int) -> str:
    drawn, letters = number_of(unit.seed, purpose, unit.seller_id, number), []
    for _ in range(_LONG):
        drawn, letter = divmod(drawn, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return begins + "".join(letters)
