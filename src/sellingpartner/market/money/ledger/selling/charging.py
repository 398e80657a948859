"""What Amazon charges for units that were sold: what an estimate would have said of each, times the units."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.events.orders import LineAmounts
from sellingpartner.market.money.fees.estimating import estimate
from sellingpartner.market.money.fees.model import SMALLEST, FeeType, NotEstimated, PackageUnknown, Sale
from sellingpartner.market.money.fees.products import Product
from sellingpartner.market.money.ledger.components import TAX

Parts = tuple[tuple[str, int], ...]
"""Components, and their effect on the seller."""

_NAMES = {
    FeeType.REFERRAL: "Commission",
    FeeType.VARIABLE_CLOSING: "VariableClosingFee",
    FeeType.PER_ITEM: "FixedClosingFee",
    FeeType.FBA: "FBAPerUnitFulfillmentFee",
    FeeType.DIGITAL_SERVICES: "DigitalServicesFee",
}


class Seller(msgspec.Struct, frozen=True):
    """What of a seller decides on its fees and taxes."""

    country: str
    state: str
    is_individual: bool


class Sold(msgspec.Struct, frozen=True, kw_only=True):
    """Units of an item that were sold, or, with a quantity below zero, taken back from what was said to be sold."""

    marketplace_id: str
    currency: str
    quantity: int
    amounts: LineAmounts
    points: int
    basis: Product
    is_amazon_fulfilled: bool
    is_individual: bool


def fees_of(sold: Sold, day: date) -> list[tuple[str, int]]:
    """The fees of what was sold on a day. It never fails: a sale must not, for a fee that nobody can tell."""
    units = sold.quantity
    if not units:
        return []
    amounts = sold.amounts
    sale = Sale(
        marketplace_id=sold.marketplace_id,
        category=sold.basis.category,
        price=_each(amounts.price - amounts.promotion_discount, units, sold.currency),
        shipping=_each(amounts.shipping - amounts.shipping_discount, units, sold.currency),
        gift_wrap=_each(amounts.gift_wrap, units, sold.currency),
        points=_each(sold.points, units, sold.currency) if sold.points else None,
        is_individual=sold.is_individual,
        is_amazon_fulfilled=sold.is_amazon_fulfilled,
        package=(sold.basis.package or SMALLEST) if sold.is_amazon_fulfilled else None,
    )
    fees = [(name, effect * units) for name, effect in _of_one(sale, day)]
    return fees + (_chargebacks(amounts) if sold.is_amazon_fulfilled else [])


@lru_cache(maxsize=4096)
def _of_one(sale: Sale, day: date) -> Parts:
    """The fees of one unit; remembered, as the same is sold again and again."""
    at = datetime.combine(day, time(12))
    try:
        estimated = estimate(sale, at)
    except PackageUnknown:
        return ()
    except NotEstimated:
        # Assumed: what is too large for the known tiers is fulfilled for nothing; what costs nothing has no fees.
        if not sale.is_amazon_fulfilled:
            return ()
        return _of_one(msgspec.structs.replace(sale, is_amazon_fulfilled=False, package=None), day)
    parts: list[tuple[str, int]] = []
    for fee in estimated.fees:
        name = _NAMES[fee.kind]
        parts += [(name, (fee.promotion - fee.amount).minor), (name + TAX, -(fee.tax.minor if fee.tax else 0))]
    return tuple(part for part in parts if part[1])


def _chargebacks(amounts: LineAmounts) -> list[tuple[str, int]]:
    """What the buyer pays for shipping and wrapping is Amazon's where Amazon ships and wraps.

    Where prices include tax it is the seller's to pay, so that it goes back with the charge.
    """
    shipping = amounts.shipping - amounts.shipping_discount
    parts = (("ShippingChargeback", -shipping), ("GiftwrapChargeback", -amounts.gift_wrap))
    return [part for part in parts if part[1]]


def _each(minor: int, units: int, currency: str) -> Money:
    """What one unit costs, rounded half up; a correction takes units and their price back, both below zero."""
    whole, count = abs(minor), abs(units)
    return Money((2 * whole + count) // (2 * count) if minor * units > 0 else 0, currency)
