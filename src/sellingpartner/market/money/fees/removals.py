"""What Amazon charges for each unit that it sends back to its seller, or disposes of."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

from sellingpartner.market.amounts import Money
from sellingpartner.market.money.fees.fulfillment import sized
from sellingpartner.market.money.fees.library import fee_table
from sellingpartner.market.money.fees.model import Package
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.fees.table import RemovalSteps, in_force

_GRAMS_OF_A_POUND = Decimal("453.59237")


def removal_fee(marketplace_id: str, package: Package, on: date) -> Money:
    """What a unit costs, by its size and its weight. Assumed: its own weight counts, not that of its volume."""
    table = fee_table(marketplace_id)
    period = in_force(table.removal, on)
    rates = period.bulky if sized(marketplace_id, package, on).is_bulky else period.standard
    return money_of(by_weight(rates, package.grams / _GRAMS_OF_A_POUND), table.currency)


def by_weight(rates: RemovalSteps, weight: Decimal) -> Decimal:
    """What a unit costs by its weight, in the unit of the steps."""
    amount = next((fee for upto, fee in rates.steps if weight <= upto), None)
    if amount is not None:
        return amount
    beyond = rates.beyond
    begun = ((weight - beyond.over) / beyond.each).to_integral_value(ROUND_CEILING)
    return beyond.amount + begun * beyond.more
