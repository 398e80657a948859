"""Tax numbers of businesses, with the check digits that the countries' own forms compute."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sellingpartner.market.simulation.people_names import named


def cnpj(chance: Random) -> str:
    """A Brazilian company's number: eight digits, the branch, and two check digits modulo 11."""
    digits = [chance.randrange(10) for _ in range(8)] + [0, 0, 0, 1]
    for weights in ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        digits.append(0 if rest < 2 else 11 - rest)  # noqa: PLR2004 - the rule
    text = "".join(map(str, digits))
    return f"{text[:2]}.{text[2:5]}.{text[5:8]}/{text[8:12]}-{text[12:]}"


def rfc(chance: Random) -> str:
    """A Mexican company's number: three letters, the day it was founded, and three characters."""
    day = f"{chance.randrange(70, 100)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    ending = "".join(chance.choice("ABCDEFGHJKLMNPQRSTUVWXYZ123456789") for _ in range(2))
    return f"{chance.choice(named().initials)}{day}{ending}{chance.choice('0123456789A')}"


def partita_iva(chance: Random) -> str:
    """An Italian company's number: seven digits, its province's office, and a check digit as on a credit card."""
    digits = [int(digit) for digit in f"{chance.randrange(10_000_000):07}{chance.randint(1, 100):03}"]
    doubled = [2 * digit - 9 if digit > 4 else 2 * digit for digit in digits[1::2]]  # noqa: PLR2004 - 2 x 5 carries
    digits.append(-(sum(digits[::2]) + sum(doubled)) % 10)
    return "IT" + "".join(map(str, digits))


def vergi_no(chance: Random) -> str:
    """A Turkish company's number: nine digits and a check digit."""
    digits = [chance.randrange(10) for _ in range(9)]
    total = 0
    for place, digit in enumerate(digits):
        shifted = (digit + 9 - place) % 10
        power = shifted * 2 ** (9 - place) % 9
        total += 9 if shifted and not power else power
    return "".join(map(str, (*digits, -total % 10)))


# The countries whose orders tell the seller a business's number.
TAX_NUMBERS: dict[str, Callable[[Random], str]] = {"BR": cnpj, "MX": rfc, "IT": partita_iva, "TR": vergi_no}
