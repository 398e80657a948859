"""The referral fee and the closing fee: parts of a price by category.

A percentage is taken of the exact amount in minor units and rounded once, half up, to the minor unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol, TypeVar

from sellingpartner.market.amounts import Money, exponent_of
from sellingpartner.market.money.fees.model import Sale
from sellingpartner.market.money.fees.table import EVERYTHING_ELSE, Band, Portion, Rate, Selling

_HUNDREDTH = Decimal("0.01")


class _Limited(Protocol):
    @property
    def upto(self) -> Decimal | None:
        """The highest price, if there is one."""


L = TypeVar("L", bound=_Limited)


def money_of(amount: Decimal, currency: str) -> Money:
    """An amount in major units, rounded half up to the minor unit."""
    return Money(int(amount.scaleb(exponent_of(currency)).to_integral_value(ROUND_HALF_UP)), currency)


def referral_fee(selling: Selling, sale: Sale) -> Money:
    """The greater of the category's part of the total price and the least fee."""
    total, currency = sale.total.decimal, sale.price.currency
    fee = money_of(_part(_rate(selling, sale), total), currency)
    if sale.category in selling.media:
        return fee
    return max(fee, money_of(selling.minimum, currency))


def cheaper_upto(selling: Selling, sale: Sale) -> Decimal | None:
    """The highest price below a sale's at which the category takes a smaller part; None where there is none."""
    rate, total = _rate(selling, sale), sale.total.decimal
    if isinstance(rate, Decimal):
        return None
    here = first_upto(rate, total).percent
    lower = [
        band.upto
        for band in rate
        if band.upto is not None and band.upto < total and band.percent is not None
        if here is None or band.percent < here
    ]
    return max(lower, default=None)


def closing_fee(selling: Selling, sale: Sale) -> Money:
    """The fixed fee of the category, if it has one."""
    closing, currency = selling.closing, sale.price.currency
    if closing is None or (closing.categories and sale.category not in closing.categories):
        return Money.zero(currency)
    return money_of(first_upto(closing.steps, sale.total.decimal).amount, currency)


def first_upto(limited: Iterable[L], price: Decimal) -> L:
    """The first whose limit a price does not pass."""
    return next(one for one in limited if one.upto is None or price <= one.upto)


def _rate(selling: Selling, sale: Sale) -> Rate:
    if sale.is_amazon_fulfilled and sale.category in selling.rates_when_fulfilled:
        return selling.rates_when_fulfilled[sale.category]
    return selling.rates.get(sale.category, selling.rates[EVERYTHING_ELSE])


def _part(rate: Rate, total: Decimal) -> Decimal:
    if isinstance(rate, Decimal):
        return total * rate * _HUNDREDTH
    band: Band = first_upto(rate, total)
    if band.percent is not None:
        return total * band.percent * _HUNDREDTH
    return _of_portions(band.portions, total)


def _of_portions(portions: tuple[Portion, ...], total: Decimal) -> Decimal:
    fee, below = Decimal(0), Decimal(0)
    for portion in portions:
        upto = total if portion.upto is None else min(portion.upto, total)
        fee += max(upto - below, Decimal(0)) * portion.percent * _HUNDREDTH
        below = upto
    return fee
