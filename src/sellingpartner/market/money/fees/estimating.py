"""The one function that knows what a sale costs its seller."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.fees.fulfillment import fulfillment_fee
from sellingpartner.market.money.fees.library import fee_table
from sellingpartner.market.money.fees.model import Fee, FeeEstimate, FeeType, PriceImpossible, Sale
from sellingpartner.market.money.fees.referral import cheaper_upto, closing_fee, money_of, referral_fee
from sellingpartner.market.money.fees.table import FeeTable, in_force

MOST_MINOR = 10**13
"""What a price is less than, in minor units: beyond it nothing is sold."""

_PERCENT = Decimal("0.01")


def estimate(sale: Sale, at: datetime) -> FeeEstimate:
    """What one unit costs its seller by the tables of a moment; raises `NotEstimated`.

    Assumed: a new table counts from midnight in UTC, not from midnight in the marketplace.
    """
    _check(sale)
    table, day = fee_table(sale.marketplace_id), at.date()
    selling, currency = in_force(table.selling, day), sale.price.currency
    per_item = money_of(selling.per_item, currency) if sale.is_individual else Money.zero(currency)
    fees = [
        _fee(FeeType.REFERRAL, referral_fee(selling, sale)),
        _fee(FeeType.VARIABLE_CLOSING, closing_fee(selling, sale)),
        _fee(FeeType.PER_ITEM, per_item),
    ]
    tier = None
    if sale.is_amazon_fulfilled:
        amount, found = fulfillment_fee(table, sale, day)
        fees.append(_fulfilled(amount))
        tier = found.name
    if table.digital_services_percent:
        others = sum((fee.amount for fee in fees[1:]), start=fees[0].amount)
        fees.append(_fee(FeeType.DIGITAL_SERVICES, others.share(table.digital_services_percent * _PERCENT)))
    return FeeEstimate(tuple(_taxed(fee, table) for fee in fees), tier)


def cheaper_price(sale: Sale, at: datetime) -> Money | None:
    """The highest price below a sale's at which the category takes a smaller part; None where it never does."""
    upto = cheaper_upto(in_force(fee_table(sale.marketplace_id).selling, at.date()), sale)
    return None if upto is None else money_of(upto, sale.price.currency)


def _check(sale: Sale) -> None:
    """Raise `PriceImpossible` for what nobody would pay, or not there."""
    currency = MARKETPLACES[sale.marketplace_id].currency
    amounts = (sale.price, sale.shipping, sale.gift_wrap, sale.points)
    for amount in amounts:
        if amount is None:
            continue
        if amount.currency != currency:
            message = f"An amount is in {amount.currency}; in this marketplace it must be in {currency}."
            raise PriceImpossible(message)
        if not 0 <= amount.minor < MOST_MINOR:
            most = Money(MOST_MINOR, currency)
            message = f"The amount {amount} is impossible; it must not be negative, and be less than {most}."
            raise PriceImpossible(message)
    if sale.price.minor == 0:
        message = "The price is 0; it must be more."
        raise PriceImpossible(message)
    if sale.total.minor < 0:
        message = "The points are worth more than the price and shipping together."
        raise PriceImpossible(message)


def _fee(kind: FeeType, amount: Money, included: tuple[Fee, ...] = ()) -> Fee:
    return Fee(kind=kind, amount=amount, promotion=Money.zero(amount.currency), included=included)


def _fulfilled(amount: Money) -> Fee:
    """Amazon still tells the parts of which its fulfillment fee once consisted; one of them is the whole."""
    nothing = Money.zero(amount.currency)
    parts = ((FeeType.PICK_AND_PACK, amount), *((kind, nothing) for kind in _FORMER_PARTS))
    return _fee(FeeType.FBA, amount, tuple(_fee(kind, part) for kind, part in parts))


_FORMER_PARTS = (FeeType.WEIGHT_HANDLING, FeeType.ORDER_HANDLING, FeeType.DELIVERY_SERVICES)


def _taxed(fee: Fee, table: FeeTable) -> Fee:
    """The fee with its tax, rounded fee by fee, where tax on fees is told apart."""
    if table.tax_percent is None:
        return fee
    included = tuple(_taxed(one, table) for one in fee.included)
    return msgspec.structs.replace(fee, tax=fee.amount.share(table.tax_percent * _PERCENT), included=included)
