"""What is on a shop's shelf, as a test says it: `{"MUG": (19.99, 10)}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money, exponent_of
from sellingpartner.market.catalog.commands import add_items
from sellingpartner.market.catalog.model import NewItem
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.commands import list_items
from sellingpartner.market.listings.model import NewListing
from sellingpartner.storage.unit import UnitOfWork

PRICE, STOCK = 20.00, 10
"""What a SKU costs, and how many there are, where a test does not care."""

Skus = Mapping[str, tuple[float, int]] | Sequence[str]
"""Each SKU's price and stock, or only the SKUs."""


def put_on_the_shelf(unit: UnitOfWork, skus: Skus, marketplaces: Sequence[str], brand: str) -> None:
    """List each SKU as a product of its own, at one price in every marketplace's currency, and stock it."""
    goods = _goods(skus)
    items = [NewItem(product_type="MUG", title=f"{brand} {sku}", brand=brand) for sku in goods]
    asins = dict(zip(goods, add_items(unit, items), strict=True)) if goods else {}
    list_items(
        unit,
        [
            NewListing(
                sku=sku,
                marketplace_id=marketplace_id,
                asin=asins[sku],
                price=money_of(price, MARKETPLACES[marketplace_id].currency),
            )
            for sku, (price, _) in goods.items()
            for marketplace_id in marketplaces
        ],
    )
    for sku, (_, stock) in goods.items():
        if stock:
            receive(unit, sku, Place.SELLER, stock, reference="opening stock")


def money_of(price: float, currency: str) -> Money:
    """A price as people write it: 19.99 is 1999 cents; refuses a fraction of a cent."""
    minor = Decimal(str(price)).scaleb(exponent_of(currency))
    if minor != minor.to_integral_value():
        message = f"A price of {price} has a fraction of the smallest coin in {currency}."
        raise ValueError(message)
    return Money(int(minor), currency)


def _goods(skus: Skus) -> dict[str, tuple[float, int]]:
    if isinstance(skus, str):
        skus = (skus,)
    if not isinstance(skus, Mapping):
        return dict.fromkeys(skus, (PRICE, STOCK))
    for sku, good in skus.items():
        if not isinstance(good, tuple) or len(good) != len(("price", "stock")):
            message = f"{sku!r} is to have a price and a stock, such as ({PRICE}, {STOCK}); it has {good!r}."
            raise TypeError(message)
    return dict(skus)
