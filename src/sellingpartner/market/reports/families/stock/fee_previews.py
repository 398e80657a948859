"""What fees a unit would cost if it were sold at its price: of the sale alone, or with Amazon's fulfillment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES, Region
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.questions import classification_path
from sellingpartner.market.money.questions import (
    FeeEstimate,
    FeeType,
    NotEstimated,
    Package,
    Program,
    Sale,
    Sized,
    category_of,
    estimate,
    is_individual,
    package_of,
    sized,
)
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.shelf import Listed, shelf
from sellingpartner.market.reports.kinds import Charset, Repeats, Rows, Window, report
from sellingpartner.market.reports.writing.columns import Cell, Columns, table
from sellingpartner.market.reports.writing.values import amount, rounded, yes_no
from sellingpartner.storage.unit import UnitOfWork

_DAILY = Repeats(minutes=24 * 60, same_document=True)
_EUROPEAN_NETWORK = ("GB", "DE", "FR", "IT", "ES", "SE")
_BRITISH = {"GB": "uk"}


class Priced(NamedTuple):
    """A listing that sells, and what fees a unit of it would cost."""

    line: Listed
    sale: Sale
    fees: FeeEstimate
    sized: Sized | None
    abroad: FeeEstimate | None
    """What it costs if it is sent to a buyer in another country of Europe."""


def _fee(fees: FeeEstimate | None, kind: FeeType) -> Money | None:
    found = next((fee for fee in fees.fees if fee.kind is kind), None) if fees is not None else None
    return None if found is None else found.final


def _of(kind: FeeType) -> Cell[Priced]:
    return lambda priced: amount(_fee(priced.fees, kind) or Money.zero(priced.sale.price.currency))


def _zero(priced: Priced) -> str:
    return amount(Money.zero(priced.sale.price.currency))


_REFERRAL: Columns[Priced] = {
    "seller-sku": lambda priced: priced.line.record.sku,
    "asin": lambda priced: priced.line.record.asin or "",
    "item-name": lambda priced: priced.line.title,
    "price": lambda priced: amount(priced.sale.price),
    "estimated-referral-fee-per-item": _of(FeeType.REFERRAL),
}


@report("GET_REFERRAL_FEE_PREVIEW_REPORT", charset=Charset.LISTINGS, repeats=_DAILY)
def referral_fees(unit: UnitOfWork, asked: Asked) -> Rows:
    """The referral fee of each listing that sells."""
    return table(_REFERRAL, priced_lines(unit, asked, with_fulfillment=False))


def _side(name: str) -> Cell[Priced]:
    return lambda priced: "" if priced.sized is None else rounded(getattr(priced.sized.measured, name), 2)


def group_of(line: Listed) -> str:
    """The product group.

    Assumed: a product group is the department that the product is shelved in.
    """
    path = classification_path((line.item.classification_id if line.item is not None else None) or "")
    return path[-1].name if path else ""


_GOODS: Columns[Priced] = {
    "sku": lambda priced: priced.line.record.sku,
    "fnsku": lambda priced: priced.line.record.fnsku or "",
    "asin": lambda priced: priced.line.record.asin or "",
    "product-name": lambda priced: priced.line.title,
    "product-group": lambda priced: group_of(priced.line),
    "brand": lambda priced: "" if priced.line.item is None else priced.line.item.brand,
    "fulfilled-by": lambda priced: "Amazon" if priced.line.is_amazons else "Merchant",
}
_LOCAL: Columns[Priced] = {"has-local-inventory": lambda priced: yes_no(priced.line.is_amazons)}
_SIZES: Columns[Priced] = {
    "your-price": lambda priced: amount(priced.line.terms.regular_price),
    "sales-price": lambda priced: amount(priced.line.terms.price),
    "longest-side": _side("longest"),
    "median-side": _side("median"),
    "shortest-side": _side("shortest"),
    "length-and-girth": _side("length_and_girth"),
    "unit-of-dimension": lambda priced: "" if priced.sized is None else priced.sized.length_unit,
    "item-package-weight": _side("weight"),
    "unit-of-weight": lambda priced: "" if priced.sized is None else priced.sized.weight_unit,
}


def _tier(priced: Priced) -> str:
    return "" if priced.sized is None else priced.sized.tier


_SELLING: Columns[Priced] = {
    "currency": lambda priced: priced.sale.price.currency,
    "estimated-fee-total": lambda priced: amount(priced.fees.total),
    "estimated-referral-fee-per-unit": _of(FeeType.REFERRAL),
    "estimated-variable-closing-fee": _of(FeeType.VARIABLE_CLOSING),
}
_PARTS: Columns[Priced] = {
    # Assumed: what Amazon still tells of the parts that its fulfillment fee once had is one whole and nothing else.
    "estimated-pick-pack-fee-per-unit": _of(FeeType.FBA),
    "estimated-weight-handling-fee-per-unit": _zero,
}
_AMERICAN: Columns[Priced] = {
    **_GOODS,
    **_SIZES,
    "product-size-tier": _tier,
    **_SELLING,
    "estimated-order-handling-fee-per-order": _zero,
    **_PARTS,
    "expected-fulfillment-fee-per-unit": _of(FeeType.FBA),
}
_ELSEWHERE: Columns[Priced] = {**_GOODS, **_SIZES, **_SELLING, **_PARTS}


def _abroad(country: str) -> Cell[Priced]:
    """The fee to a country of Europe; blank for the country itself, and where Amazon does not send there."""

    def cell(priced: Priced) -> str:
        here = MARKETPLACES[priced.sale.marketplace_id].country_code
        return "" if country == here else amount(_fee(priced.abroad, FeeType.FBA))

    return cell


def _european(country: str) -> Columns[Priced]:
    handling: Columns[Priced] = {"estimated-order-handling-fee-per-order": _zero} if country == "GB" else {}
    abroad = {
        f"expected-efn-fulfilment-fee-per-unit-{_BRITISH.get(one, one).lower()}": _abroad(one)
        for one in _EUROPEAN_NETWORK
    }
    return {
        **_GOODS,
        **_LOCAL,
        **_SIZES,
        "product-size-weight-band": _tier,
        **_SELLING,
        **handling,
        "expected-domestic-fulfilment-fee-per-unit": _of(FeeType.FBA),
        **abroad,
    }


@report(
    "GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA",
    window=Window(default_days=3),
    repeats=Repeats(minutes=24 * 60),
)
def fulfillment_fees(unit: UnitOfWork, asked: Asked) -> Rows:
    """All fees of each SKU that Amazon fulfills.

    Assumed: marketplaces whose columns nobody has written down have those of Canada; Europe's are those of its network.
    """
    country = MARKETPLACES[asked.marketplace_id].country_code
    return table(_columns(country), priced_lines(unit, asked, with_fulfillment=True))


def _columns(country: str) -> Columns[Priced]:
    if country == "US":
        return _AMERICAN
    return _european(country) if country in _EUROPEAN_NETWORK else _ELSEWHERE


def priced_lines(unit: UnitOfWork, asked: Asked, *, with_fulfillment: bool) -> Iterator[Priced]:
    """What sells, with its fees; what has no price or no known measures has none that anybody could tell."""
    individual = is_individual(unit)
    for line in shelf(unit, asked):
        price, item = line.terms.price, line.item
        if price is None or item is None or (with_fulfillment and not line.is_amazons):
            continue
        package = package_of(item, asked.marketplace_id) if with_fulfillment else None
        sale = Sale(
            marketplace_id=asked.marketplace_id,
            category=category_of(item),
            price=price,
            is_individual=individual,
            is_amazon_fulfilled=with_fulfillment,
            package=package,
        )
        try:
            fees = estimate(sale, asked.at)
        except NotEstimated:
            continue
        yield Priced(line, sale, fees, _size(asked, package), _estimate_abroad(sale, asked))


def _size(asked: Asked, package: Package | None) -> Sized | None:
    return None if package is None else sized(asked.marketplace_id, package, asked.at.date())


def _estimate_abroad(sale: Sale, asked: Asked) -> FeeEstimate | None:
    if not sale.is_amazon_fulfilled or MARKETPLACES[sale.marketplace_id].region is not Region.EU:
        return None
    try:
        return estimate(msgspec.structs.replace(sale, program=Program.EUROPEAN), asked.at)
    except NotEstimated:
        return None
