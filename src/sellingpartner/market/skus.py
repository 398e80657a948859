"""SKUs: the names that sellers give to what they sell, in whatever characters they like."""

from __future__ import annotations

from unicodedata import category

from sellingpartner.contract.errors import InvalidInput

SKU_LENGTH = 40
_UNWRITABLE = frozenset({"Cc", "Cs"})


class InvalidSku(InvalidInput):
    """The text cannot name what a seller sells."""

    def __init__(self, sku: str) -> None:
        super().__init__(
            f"{sku!r} is not a SKU: it has 1 to {SKU_LENGTH} characters, none of them a control character."
        )


# Assumed: a SKU's case and inner spaces count, and nothing is trimmed; Amazon documents the 40 characters alone.
def checked_sku(sku: str) -> str:
    """The SKU itself; raises `InvalidSku` if it is empty, too long or holds what no database can keep."""
    if not 1 <= len(sku) <= SKU_LENGTH or any(category(character) in _UNWRITABLE for character in sku):
        raise InvalidSku(sku)
    return sku
