"""SKUs and quantities, as commands take them."""

from __future__ import annotations

from sellingpartner.cli.failures import CannotDo
from sellingpartner.contract.market_v1 import OrderLine


def lines_of(skus: tuple[str, ...], quantities: tuple[int, ...]) -> list[OrderLine] | None:
    """So many units of each SKU, 1 where nothing is said; None for no SKU. Raises `CannotDo`."""
    if len(quantities) > len(skus):
        message = "Each --quantity belongs to a --sku before it; there are more quantities than SKUs."
        raise CannotDo(message)
    all_quantities = [*quantities, *[1] * (len(skus) - len(quantities))]
    return [OrderLine(sku=sku, quantity=units) for sku, units in zip(skus, all_quantities, strict=True)] or None
