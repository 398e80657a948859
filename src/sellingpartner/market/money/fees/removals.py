"""What Amazon charges for each unit that it sends back to its seller, or disposes of."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

from sellingpartner.market.amounts import Money
from sellingpartner.market.money.fees.fulfillment import sized
from sellingpartner.market.money.fees.library import fee_table
from sellingpartner.market.money.fees.model import Package
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.fees.table import in_force

_GRAMS_OF_A_POUND = Decimal("453.59237")


def removal_fee(marketplace_id: str, package: Package, on: date) -> Money:
    """What a unit costs, by its size and its weight. Assumed: its own weight counts, not that of its volume."""
    table = fee_table(marketplace_id)
    period = in_force(table.removal, on)
    rates = period.bulky if sized(marketplace_id, package, on).is_bulky else period.standard
    pounds = package.grams / _GRAMS_OF_A_POUND
    amount = next((fee for upto, fee in rates.steps if pounds <= upto), None)
    if amount is None:
        beyond = rates.beyond
        begun = ((pounds - beyond.over) / beyond.each).to_integral_value(ROUND_CEILING)
        amount = beyond.amount + begun * beyond.more
    return money_of(amount, table.currency)
