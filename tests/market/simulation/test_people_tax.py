import re
from collections.abc import Callable
from random import Random

import pytest

from sellingpartner.market.simulation.people_tax import TAX_NUMBERS


def is_cnpj(text: str) -> bool:
    digits = [int(character) for character in text if character.isdigit()]

    def check(length: int) -> int:
        weights = [(place % 8) + 2 for place in range(length)]
        rest = sum(digit * weight for digit, weight in zip(reversed(digits[:length]), weights, strict=True)) % 11
        return 0 if rest < 2 else 11 - rest

    shape = re.fullmatch(r"\d\d\.\d{3}\.\d{3}/0001-\d\d", text)
    return bool(shape) and digits[12:] == [check(12), check(13)]


def is_rfc(text: str) -> bool:
    day = r"\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    return bool(re.fullmatch(rf"[A-ZÑ&]{{3}}{day}[A-Z0-9]{{2}}[0-9A]", text))


def is_partita_iva(text: str) -> bool:
    if not re.fullmatch(r"IT\d{11}", text):
        return False
    total = 0
    for place, digit in enumerate(map(int, reversed(text[2:]))):
        total += digit if place % 2 == 0 else sum(divmod(2 * digit, 10))
    return total % 10 == 0


def is_vergi_no(text: str) -> bool:
    total = 0
    for place in range(9):
        shifted = (int(text[place]) + 9 - place) % 10
        total += 0 if not shifted else (shifted * 2 ** (9 - place) % 9) or 9
    return len(text) == 10 and text.isdigit() and int(text[9]) == (10 - total % 10) % 10


CHECKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "BR": (is_cnpj, "11.222.333/0001-81"),
    "MX": (is_rfc, "ABC680524P76"),
    "IT": (is_partita_iva, "IT00743110157"),
    "TR": (is_vergi_no, "1234567890"),
}


@pytest.mark.parametrize("country", sorted(CHECKS))
def test_a_business_number_passes_its_countrys_check(country: str) -> None:
    is_valid, documented = CHECKS[country]
    chance = Random(1)

    assert is_valid(documented)
    for _ in range(300):
        number = TAX_NUMBERS[country](chance)
        assert is_valid(number), number


def test_only_countries_whose_orders_tell_the_number_have_one() -> None:
    assert TAX_NUMBERS.keys() == CHECKS.keys()
