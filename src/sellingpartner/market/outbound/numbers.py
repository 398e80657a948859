"""What shipments, packages and returns of fulfillment orders are called: the same for the same seed."""

from __future__ import annotations

from string import ascii_letters, digits

from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_SIGNS = digits + ascii_letters
_CAPITALS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_AFTN, _MOST_DIGITS = "AFTN", 15
_RANGE, _STEP, _SMALLEST = 900_000_000, 556_230_589, 100_000_000


def shipment_id_of(unit: UnitOfWork, fulfillment_order_id: str, number: int) -> str:
    """The id of an order's n-th shipment: nine signs, the first a D."""
    return "D" + _signs(number_of(unit.seed, unit.seller_id, "shipment", fulfillment_order_id, number), _SIGNS, 8)


def package_number_of(unit: UnitOfWork, number: int) -> int:
    """The number of a seller's n-th package: nine digits, none of which comes twice among 900 million."""
    start = number_of(unit.seed, unit.seller_id, "outbound packages")
    turns, place = divmod(number, _RANGE)
    return _SMALLEST + (start + place * _STEP) % _RANGE + turns * 10 * _SMALLEST


def amazon_tracking_number_of(package_number: int) -> str:
    """What a package is followed by, whoever carries it: the Amazon Fulfillment Tracking Number (AFTN).

    Assumed: its digits are those of the package's number; Amazon publishes the form alone.
    """
    return f"{_AFTN}{package_number}"


def package_number_in(tracking_number: str) -> int | None:
    """The number of the package that an AFTN is of; None where it can be none."""
    digits_of_it = tracking_number.removeprefix(_AFTN)
    is_one = tracking_number.startswith(_AFTN) and digits_of_it.isascii() and digits_of_it.isdigit()
    return int(digits_of_it) if is_one and len(digits_of_it) <= _MOST_DIGITS else None


def authorization_id_of(unit: UnitOfWork, fulfillment_order_id: str, number: int) -> str:
    """The id of an order's n-th return authorization."""
    return "RMA" + _signs(number_of(unit.seed, unit.seller_id, "rma", fulfillment_order_id, number), _CAPITALS, 12)


def rma_id_of(unit: UnitOfWork, fulfillment_order_id: str, number: int) -> str:
    """What the label of a return says."""
    drawn = number_of(unit.seed, unit.seller_id, "rma page", fulfillment_order_id, number)
    return f"D{_signs(drawn, _SIGNS, 7)}RRMA"


def _signs(drawn: int, alphabet: str, length: int) -> str:
    signs = []
    for _ in range(length):
        drawn, sign = divmod(drawn, len(alphabet))
        signs.append(alphabet[sign])
    return "".join(signs)
