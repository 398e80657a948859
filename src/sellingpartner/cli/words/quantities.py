"""SKUs and quantities, as commands take them."""

from __future__ import annotations

from sellingpartner.cli.failures import CannotDo


def quantities_of(skus: tuple[str, ...], quantities: tuple[int, ...]) -> list[tuple[str, int]]:
    """So many units of each SKU, 1 where nothing is said. Raises `CannotDo`."""
    if len(quantities) > len(skus):
        message = "Each --quantity belongs to a --sku before it; there are more quantities than SKUs."
        raise CannotDo(message)
    all_quantities = [*quantities, *[1] * (len(skus) - len(quantities))]
    return list(zip(skus, all_quantities, strict=True))
