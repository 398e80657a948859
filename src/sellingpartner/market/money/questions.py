"""What others may ask of money."""

from __future__ import annotations

from sellingpartner.market.money.fees.estimating import cheaper_price, estimate
from sellingpartner.market.money.fees.fulfillment import Sized, sized
from sellingpartner.market.money.fees.model import (
    Fee,
    FeeEstimate,
    FeeType,
    NotEstimated,
    Package,
    PriceImpossible,
    Program,
    Sale,
)
from sellingpartner.market.money.fees.products import (
    NotSold,
    Product,
    category_of,
    is_individual,
    package_of,
    product_by_asin,
    product_by_sku,
)
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.fees.removals import removal_fee
from sellingpartner.market.money.fees.storage import (
    aged_surcharge,
    space_of,
    storage_fee,
    surcharge_of,
    volume_of,
    volume_unit,
)

__all__ = [
    "Fee",
    "FeeEstimate",
    "FeeType",
    "NotEstimated",
    "NotSold",
    "Package",
    "PriceImpossible",
    "Product",
    "Program",
    "Sale",
    "Sized",
    "aged_surcharge",
    "category_of",
    "cheaper_price",
    "estimate",
    "is_individual",
    "money_of",
    "package_of",
    "product_by_asin",
    "product_by_sku",
    "removal_fee",
    "sized",
    "space_of",
    "storage_fee",
    "surcharge_of",
    "volume_of",
    "volume_unit",
]
