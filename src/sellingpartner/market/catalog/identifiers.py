"""The numbers by which makers and publishers know a product, all in one form.

    UPC 12 digits, EAN and JAN 13, GTIN 14 (or any of the shorter), ISBN 10 or 13, and MINSAN 9 for Italian medicine

All but MINSAN are ways to write a GTIN: leading zeros make any of them one of 14 digits, and an ISBN of ten digits is
an EAN that begins with 978. So one number given as a UPC and asked for as an EAN is found. MINSAN stands apart.
"""

from __future__ import annotations

from enum import StrEnum

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.attributes import Attributes, entries

ATTRIBUTE = "externally_assigned_product_identifier"
_GTIN_LENGTH = 14
_ISBN_10, _ISBN_13, _UPC, _EAN = 10, 13, 12, 13
_BOOKLAND = ("978", "979")
_JAPAN = ("45", "49")
_MINSAN_LENGTH = 9
_MINSAN = "M"
_PAUSES = str.maketrans("", "", " -")


class Kind(StrEnum):
    """A way to number products."""

    EAN = "EAN"
    GTIN = "GTIN"
    ISBN = "ISBN"
    JAN = "JAN"
    MINSAN = "MINSAN"
    UPC = "UPC"


_LENGTHS: dict[Kind, tuple[int, ...]] = {
    Kind.EAN: (8, 13),
    Kind.GTIN: (8, 12, 13, 14),
    Kind.ISBN: (10, 13),
    Kind.JAN: (8, 13),
    Kind.MINSAN: (9,),
    Kind.UPC: (12,),
}
_KIND_OF_ATTRIBUTE = {"ean": Kind.EAN, "gtin": Kind.GTIN, "isbn": Kind.ISBN, "jan": Kind.JAN, "upc": Kind.UPC}
_KIND_OF_ATTRIBUTE["minsan"] = Kind.MINSAN


class InvalidIdentifier(InvalidInput):
    """The text is no such number; the message says what is wrong with it."""

    def __init__(self, kind: Kind, value: str, fault: str) -> None:
        super().__init__(f"{value[:60]!r} is not a valid {kind.value}: {fault}.")
        self.kind = kind
        self.fault = fault


def check_digit(digits: str) -> str:
    """The last digit of a UPC, EAN or GTIN: GS1's sum, weighing 3 and 1 in turn from the right."""
    backwards = [int(digit) for digit in reversed(digits)]
    return str(-(3 * sum(backwards[::2]) + sum(backwards[1::2])) % 10)


def isbn_check_digit(digits: str) -> str:
    """The last character of an ISBN of ten: X stands for 10."""
    rest = -sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004 - the one rest that is no digit


def normalized(kind: Kind, value: str) -> str:
    """The form under which a number is kept and found; raises `InvalidIdentifier`."""
    digits = value.translate(_PAUSES).upper()
    lengths = _LENGTHS[kind]
    if len(digits) not in lengths:
        wanted = " or ".join(map(str, lengths))
        raise InvalidIdentifier(kind, value, f"it has {wanted} digits, not {len(digits)}")
    if kind is Kind.ISBN and len(digits) == _ISBN_10:
        return _from_isbn_10(value, digits)
    if not (digits.isascii() and digits.isdecimal()):
        raise InvalidIdentifier(kind, value, "it is made of digits only")
    if kind is Kind.MINSAN:
        return _MINSAN + digits
    if kind is Kind.ISBN and not digits.startswith(_BOOKLAND):
        raise InvalidIdentifier(kind, value, "one of 13 digits begins with 978 or 979")
    if digits[-1] != check_digit(digits[:-1]):
        raise InvalidIdentifier(kind, value, f"its last digit would have to be {check_digit(digits[:-1])}")
    return digits.zfill(_GTIN_LENGTH)


def _from_isbn_10(value: str, digits: str) -> str:
    if not (digits.isascii() and digits[:-1].isdecimal()):
        raise InvalidIdentifier(Kind.ISBN, value, "its first nine characters are digits")
    if digits[-1] != isbn_check_digit(digits[:-1]):
        wanted = isbn_check_digit(digits[:-1])
        raise InvalidIdentifier(Kind.ISBN, value, f"its last character would have to be {wanted}")
    core = _BOOKLAND[0] + digits[:-1]
    return (core + check_digit(core)).zfill(_GTIN_LENGTH)


def kind_of_gtin(digits: str) -> Kind:
    """What a number of this length is called."""
    return {8: Kind.EAN, 12: Kind.UPC, 13: Kind.EAN}.get(len(digits), Kind.GTIN)


def shown(code: str) -> list[tuple[Kind, str]]:
    """The ways in which a number that was kept is written: as EAN, GTIN, and as ISBN or UPC if it is one."""
    if code.startswith(_MINSAN):
        return [(Kind.MINSAN, code.removeprefix(_MINSAN))]
    if not code.startswith("0"):
        return [(Kind.GTIN, code)]
    ean = code[1:]
    ways = [(Kind.EAN, ean), (Kind.GTIN, code)]
    if ean.startswith(_BOOKLAND):
        ways.append((Kind.ISBN, ean))
    if ean.startswith("0"):
        ways.append((Kind.UPC, ean[1:]))
    if ean.startswith(_JAPAN):
        ways.append((Kind.JAN, ean))
    return ways


def codes_of(attributes: Attributes, marketplace_id: str | None = None) -> list[str]:
    """The numbers that an item's attributes give it, each once; raises `InvalidIdentifier`."""
    codes: dict[str, None] = {}
    for entry in entries(attributes, ATTRIBUTE, marketplace_id):
        kind, value = entry.get("type"), entry.get("value")
        if isinstance(kind, str) and isinstance(value, str) and kind in _KIND_OF_ATTRIBUTE:
            codes[normalized(_KIND_OF_ATTRIBUTE[kind], value)] = None
    return list(codes)
