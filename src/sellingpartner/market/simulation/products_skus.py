"""SKUs as sellers make them up: by several habits, and now and then one that breaks naive software.

No two numbers give the same SKU, whatever the products and the luck: each habit writes the number so that it can be
read back, and no two habits make SKUs of one shape.
"""

from __future__ import annotations

from random import Random

from sellingpartner.market.simulation.products import Product

MAX_LENGTH = 40

# Every 83rd number is awkward, which is 12 of 1,000, one of each kind.
_AWKWARD_EVERY = 83
_AWKWARD_AT = 41

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PLACES = len(_ALPHABET) ** 8
_STRIDE = 1_076_168_025_757  # coprime to _PLACES, so that counting by it reaches all of them


def sku_of(chance: Random, product: Product, number: int) -> str:
    """The seller's own code for a product; a number (from 0 to 999,999,999) is never given twice to one seller."""
    kind, turn = divmod(number, _AWKWARD_EVERY)
    if turn == _AWKWARD_AT:
        return _awkward(kind, product, number)
    return _usual(chance.randrange(6), product, number)


def _usual(habit: int, product: Product, number: int) -> str:
    """One of six habits; what tells them apart is noted beside each."""
    kind, maker, color = (
        _code(product.product_type),
        _code(product.brand),
        _code(product.color or product.size or "STD"),
    )
    match habit:
        case 0:
            return f"{kind}-{color}-{number:04}"  # two hyphens, digits last
        case 1:
            return f"{maker}.{number:05}.{color[:1]}"  # dots
        case 2:
            return _machine_made(number)  # hyphens after the second and the sixth of ten, no digits alone at the end
        case 3:
            return f"{maker.lower()}_{number:05}_{color.lower()}"  # underscores
        case 4:
            return str(100_000 + number)  # digits alone, none of them a leading zero
        case _:
            return f"{maker}{number:05}{kind}"  # letters and digits, nothing between them


def _machine_made(number: int) -> str:
    """As a marketplace makes one up for a seller who gave none."""
    scattered = (number + 1) * _STRIDE % _PLACES
    text = ""
    for _ in range(8):
        scattered, digit = divmod(scattered, len(_ALPHABET))
        text += _ALPHABET[digit]
    return f"{text[:2]}-{text[2:6]}-{text[6:]}ZN"


def _awkward(kind: int, product: Product, number: int) -> str:
    """A SKU with something in it that URLs, CSV, XML or a spreadsheet will trip over."""
    word = _code(product.product_type)
    forms = (
        f"{word}/{number:04}",
        f"{word} {number:04}",
        f"{word} & CO {number:04}",
        f"50% {word} {number:04}",
        f"{word}+LID+{number:04}",
        f"{word}#{number:04}",
        f"CAFÉ-{word}-{number:04}",
        f"{number:012}",
        f'12" {word} {number:04}',
        f"KID'S {word} {number:04}",
        f"{word}/{number:04}?a=b&c=%2F",
        f"größe_ÉTÉ {number:04}",
    )
    return forms[kind % len(forms)]


def _code(text: str) -> str:
    """The first letters of a word, as a seller would shorten it."""
    return "".join(letter for letter in text.upper() if letter.isascii() and letter.isalpha())[:4]
