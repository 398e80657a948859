"""The access key of a Brazilian invoice (NF-e): 44 digits that say who issued what, and a check digit.

By the authority's manual: state (2), year and month (4), the issuer's CNPJ (14), model (2), series (3), number (9),
kind of emission (1), a code (8), and the check digit: modulo 11 of the others, weighed 2 to 9 from the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import Random

import msgspec

DIGITS = 44
MODEL = "55"
_CNPJ = 14
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9)
_LEAST = 2
STATES = {"SP": "35", "RJ": "33", "MG": "31", "PE": "26", "RS": "43", "SC": "42", "DF": "53", "BA": "29", "PR": "41"}
"""The authority's numbers of states."""
STATE = "35"
"""Of São Paulo: of states that have no number here."""


class AccessKey(msgspec.Struct, frozen=True, kw_only=True):
    """What an access key says."""

    state: str
    year_month: str
    cnpj: str
    model: str
    series: str
    number: str
    emission: str
    code: str
    digit: str

    @property
    def text(self) -> str:
        """All digits."""
        return "".join(getattr(self, name) for name in self.__struct_fields__)

    @property
    def is_sound(self) -> bool:
        """Whether its check digit is the right one."""
        return check_digit(self.text[:-1]) == self.digit


def parsed(text: str) -> AccessKey | None:
    """The parts of a key; None for what is not 44 digits."""
    if len(text) != DIGITS or not (text.isascii() and text.isdigit()):
        return None
    cuts, parts, at = (2, 4, 14, 2, 3, 9, 1, 8, 1), [], 0
    for cut in cuts:
        parts.append(text[at : at + cut])
        at += cut
    return AccessKey(**dict(zip(AccessKey.__struct_fields__, parts, strict=True)))


def check_digit(digits: str) -> str:
    """The check digit of the first 43 digits."""
    total = sum(int(digit) * _WEIGHTS[place % len(_WEIGHTS)] for place, digit in enumerate(reversed(digits)))
    rest = total % 11
    return str(0 if rest < _LEAST else 11 - rest)


def made(issued_at: datetime, *, state: str, cnpj: str, series: int, number: int, luck: Random) -> AccessKey:
    """The key of an invoice that is issued."""
    said = {
        "state": STATES.get(state, STATE),
        "year_month": f"{issued_at:%y%m}",
        "cnpj": cnpj,
        "model": MODEL,
        "series": f"{series:03d}",
        "number": f"{number:09d}",
        "emission": "1",
        "code": f"{luck.randrange(10**8):08d}",
    }
    return AccessKey(**said, digit=check_digit("".join(said.values())))


def is_cnpj(text: str) -> bool:
    """Whether 14 digits are a company's number: their last two check the others."""
    if len(text) != _CNPJ or not (text.isascii() and text.isdigit()):
        return False
    return text[-2:] == cnpj_digits([int(digit) for digit in text[:-2]])


def cnpj_digits(digits: Sequence[int]) -> str:
    """The two digits that check the twelve before them, each modulo 11."""
    known = list(digits)
    for _ in range(2):
        rest = sum(digit * _WEIGHTS[place % len(_WEIGHTS)] for place, digit in enumerate(reversed(known))) % 11
        known.append(0 if rest < _LEAST else 11 - rest)
    return "".join(map(str, known[-2:]))


def cnpj_of(luck: Random) -> str:
    """A company's number."""
    digits = [luck.randrange(10) for _ in range(8)] + [0, 0, 0, 1]
    return "".join(map(str, digits)) + cnpj_digits(digits)
