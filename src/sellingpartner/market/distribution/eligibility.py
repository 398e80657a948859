"""Whether packages may go into AWD, by what they are and by what the catalog says of what is in them.

Assumed: Amazon publishes one code, that of media; the other codes and all descriptions are the market's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.attributes import entries
from sellingpartner.market.catalog.model import ItemClassification
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.distribution.packages import all_products, expiry_of, products_of, sides_of, weight_of
from sellingpartner.market.distribution.rules import rules
from sellingpartner.market.listings.conditions import NEW, type_of
from sellingpartner.market.listings.model import Record
from sellingpartner.market.listings.questions import records_of_skus
from sellingpartner.market.listings.restrictions import Subject, restriction_in, restrictions_on
from sellingpartner.storage.unit import UnitOfWork

HERE = BY_COUNTRY["US"].marketplace_id
"""AWD is for the shop of the United States alone."""

_MEDIA = ("ABIS_BOOK", "ABIS_DVD", "ABIS_MUSIC", "ABIS_VIDEO", "ABIS_VIDEO_GAMES", "ABIS_SOFTWARE")
_SHORTEST_LIFE_DAYS = 90


class Against(NamedTuple):
    """Why something may not go into AWD."""

    code: str
    description: str


class Verdict(NamedTuple):
    """What is to be said of an order's packages."""

    of_order: list[Against]
    of_packages: list[list[Against]]

    @property
    def is_eligible(self) -> bool:
        """Whether all of it may go in."""
        return not self.of_order and not any(self.of_packages)

    @property
    def first(self) -> Against:
        """The first reason, where there is one."""
        return next(iter([*self.of_order, *(one for found in self.of_packages for one in found)]))


def judge(unit: UnitOfWork, packages: Sequence[awd.DistributionPackageQuantity]) -> Verdict:
    """Why packages may not go into AWD; no reasons if they may."""
    skus = {product.sku for product in all_products(packages)}
    records = records_of_skus(unit, skus, HERE)
    of_skus = {sku: list(_of_sku(unit, sku, records.get(sku))) for sku in skus}
    of_order = []
    if len(skus) > rules().most_skus:
        of_order.append(Against("SKU_LIMIT_EXCEEDED", f"An order holds {rules().most_skus} unique SKUs at most."))
    return Verdict(of_order, [_of_package(unit, one.distribution_package, of_skus) for one in packages])


def _of_package(unit: UnitOfWork, case: awd.DistributionPackage, of_skus: dict[str, list[Against]]) -> list[Against]:
    found = [*_of_measures(case)]
    for product in products_of(case):
        found += of_skus[product.sku]
        found += _of_date(unit, product)
    return list(dict.fromkeys(found))


def _of_measures(case: awd.DistributionPackage) -> Iterator[Against]:
    """Assumed: a case with a single unit may be as large and heavy as that unit is."""
    if sum(product.quantity for product in products_of(case)) == 1:
        return
    if weight_of(case) > rules().heaviest_case_kg:
        yield Against("PACKAGE_WEIGHT_EXCEEDED", f"A case weighs {rules().heaviest_case_kg} kg (50 lb) at most.")
    if max(sides_of(case)) > rules().longest_side_cm:
        yield Against("PACKAGE_DIMENSIONS_EXCEEDED", f"No side is over {rules().longest_side_cm} cm (25 in).")


def _of_date(unit: UnitOfWork, product: awd.ProductQuantity) -> Iterator[Against]:
    """Assumed: what expires within 90 days is not taken for storage."""
    expires_at = expiry_of(product)
    if expires_at is not None and (expires_at - unit.now).days < _SHORTEST_LIFE_DAYS:
        yield Against("EXPIRATION_TOO_SOON", f"SKU {product.sku} expires within {_SHORTEST_LIFE_DAYS} days.")


def _of_sku(unit: UnitOfWork, sku: str, record: Record | None) -> Iterator[Against]:
    if record is None:
        yield Against("SKU_NOT_FOUND", f"The seller lists no SKU {sku} in the US marketplace.")
        return
    item = None if record.asin is None else found_item(unit, record.asin)
    if item is None:
        yield Against("ITEM_NOT_FOUND", f"The catalog has no item for SKU {sku} yet.")
        return
    condition = type_of(record.condition, record.condition_subtype)
    if item.product_type in _MEDIA:
        yield Against("GATING_BLOCK_ON_GL", f"SKU {sku} is of a product line that AWD does not take.")
    if item.item_classification is ItemClassification.VARIATION_PARENT:
        yield Against("VARIATION_PARENT", f"SKU {sku} is the parent of variations; send its children.")
    if condition != NEW:
        yield Against("CONDITION_NOT_NEW", f"SKU {sku} is not new; AWD takes new products alone.")
    if restriction_in(restrictions_on(unit, Subject.of(item), HERE), condition or NEW) is not None:
        yield Against("SELLING_RESTRICTED", f"The seller may not sell what SKU {sku} is.")
    declared = {
        entry.get("value") for entry in entries(item.in_marketplace(HERE), "supplier_declared_dg_hz_regulation")
    }
    if declared - {"not_applicable"}:
        yield Against("DANGEROUS_GOODS", f"SKU {sku} is declared as a dangerous good, which AWD does not take.")
