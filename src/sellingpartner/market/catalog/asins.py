"""ASINs: `B0` and eight characters, made from the seed and the item's number so that no two items share one."""

from __future__ import annotations

from sellingpartner.market.time.chance import number_of

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LENGTH = 8
_COUNT = len(_ALPHABET) ** _LENGTH

# Odd and no multiple of three, so it shares no factor with 36^8: stepping by it meets every ASIN before any comes
# again. It is the golden section of the range, which scatters neighbors far apart.
_STEP = 1_743_541_808_807


def asin_of(seed: int, number: int) -> str:
    """The ASIN of the market's item with this number."""
    place = (number_of(seed, "asins") + number * _STEP) % _COUNT
    characters = []
    for _ in range(_LENGTH):
        place, digit = divmod(place, len(_ALPHABET))
        characters.append(_ALPHABET[digit])
    return "B0" + "".join(reversed(characters))
