"""FNSKUs: the labels under which Amazon's network keeps a seller's units apart from everybody else's."""

from __future__ import annotations

from sellingpartner.market.time.chance import number_of
from sellingpartner.storage.unit import UnitOfWork

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LENGTH = 8


def fnsku_of(unit: UnitOfWork, sku: str) -> str:
    """The label of a SKU of this unit's seller: one for all marketplaces.

    Assumed: two SKUs never draw the same of 36^8 labels, which for a million of them goes well 5 times in 6.
    """
    place = number_of(unit.seed, "fnsku", unit.seller_id, sku)
    characters = []
    for _ in range(_LENGTH):
        place, digit = divmod(place, len(_ALPHABET))
        characters.append(_ALPHABET[digit])
    return "X0" + "".join(reversed(characters))
