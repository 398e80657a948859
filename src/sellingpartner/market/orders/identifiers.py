"""Order ids, order item ids and relay email addresses: unique, scattered, and the same for the same seed.

The n-th order of a seller gets the n-th number of a sequence that passes through all numbers before any comes again:
a step that shares no factor with the size of the range. So no id is ever drawn twice, and none is looked up.
"""

from __future__ import annotations

import re
from base64 import b32encode
from functools import cache

from sellingpartner.market.time.chance import number_of

_ORDER_ID = re.compile(r"(?:[0-9]{3}|S01)-[0-9]{7}-[0-9]{7}")
_SHIPPING_ID = re.compile(r"S([0-9A-Z]{11})([0-9A-Z]{1,14})")
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RANGE = 10**14
_ORDER_STEP = 61_803_398_874_989
_ITEM_STEP = 38_196_601_125_011
_LINES = 1000
_OUTSIDE, _OUTSIDE_IN_DIGITS = "S01", "001"
"""How the ids of orders from outside the shop begin, and what stands for that among digits: no other id begins so."""

# The first three digits that orders of a country's shop begin with, as seen in public examples.
# Assumed: the first three digits of order ids in the smaller shops, which no public example shows.
_PREFIXES: dict[str, tuple[int, ...]] = {
    "US": (111, 112, 113, 114),
    "CA": (701, 702),
    "MX": (701, 702),
    "BR": (701, 702),
    "GB": (202, 203, 204, 205, 206),
    "DE": (302, 303, 304, 305, 306),
    "FR": (402, 403, 404, 405, 406),
    "IT": (402, 403, 404, 405, 406),
    "ES": (402, 403, 404, 405, 406),
    "IN": (402, 403, 404, 405, 406),
    "JP": (249, 250, 503),
    "AU": (249, 250, 503),
    "SG": (249, 250, 503),
}
_OTHER_PREFIXES = (171, 404, 405, 406, 407, 408)


@cache
def _start(seed: int, seller_id: str, kind: str) -> int:
    return number_of(seed, seller_id, kind) % _RANGE


def order_id_of(seed: int, seller_id: str, number: int, country_code: str) -> str:
    """The id of a seller's n-th order: 3, 7 and 7 digits."""
    digits = (_start(seed, seller_id, "orders") + number * _ORDER_STEP) % _RANGE
    prefixes = _PREFIXES.get(country_code, _OTHER_PREFIXES)
    high, low = divmod(digits, 10**7)
    return f"{prefixes[digits % len(prefixes)]}-{high:07d}-{low:07d}"


def outside_order_id_of(seed: int, seller_id: str, number: int) -> str:
    """The id of a seller's n-th order, if that comes from outside the shop."""
    high, low = divmod((_start(seed, seller_id, "orders") + number * _ORDER_STEP) % _RANGE, 10**7)
    return f"{_OUTSIDE}-{high:07d}-{low:07d}"


def is_order_id(text: str) -> bool:
    """Whether a text has the form of an order id."""
    return _ORDER_ID.fullmatch(text) is not None


def order_item_id_of(seed: int, seller_id: str, number: int, line: int) -> str:
    """The id of one line of a seller's n-th order: 14 digits."""
    digits = (_start(seed, seller_id, "order items") + (number * _LINES + line) * _ITEM_STEP) % _RANGE
    return f"{digits:014d}"


def relay_address(seed: int, buyer: str, domain: str) -> str:
    """The address that hides a buyer's own: always the same for the same buyer."""
    letters = b32encode(number_of(seed, "buyer", buyer).to_bytes(8)).decode().rstrip("=").lower()
    return f"{letters}@marketplace.{domain.removeprefix('www.')}"


def shipping_id_of(order_id: str, package_reference: str) -> str:
    """What papers call a package of an order: the id of its shipment, out of which both can be read again.

    Assumed: the form of shipment ids that invoices go by; how Amazon makes them is not known.
    """
    digits = order_id.replace(_OUTSIDE, _OUTSIDE_IN_DIGITS).replace("-", "")
    return f"S{_in_base(int(digits)):0>11}{_in_base(int('1' + package_reference[:20]))}"


def shipment_meant(shipping_id: str) -> tuple[str, str] | None:
    """The order and the package that a shipment's id stands for; None for what is none."""
    found = _SHIPPING_ID.fullmatch(shipping_id)
    if found is None:
        return None
    digits, reference = f"{int(found[1], 36):017d}", str(int(found[2], 36))[1:]
    begins = _OUTSIDE if digits[:3] == _OUTSIDE_IN_DIGITS else digits[:3]
    return f"{begins}-{digits[3:10]}-{digits[10:]}", reference


def _in_base(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits
