"""What a seller would send to Amazon: how fast each SKU sells, how long it lasts, and how many units would be enough.

Assumed: a SKU goes on selling as it did in the last 30 days, and is to last for 60 days from the day on which what is
sent today arrives, 21 days later. Amazon makes forecasts of its own, which nobody else knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import ROUND_UP, Decimal
from typing import NamedTuple

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.money.questions import volume_of, volume_unit
from sellingpartner.market.orders.metrics.by_day import lines_by_day
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.stock.fba_stock import NEAR_REAL_TIME, words_of
from sellingpartner.market.reports.families.stock.inventory_planning import Plan, plans
from sellingpartner.market.reports.kinds import Rows, report
from sellingpartner.market.reports.writing.columns import Cell, Columns, nothing, table
from sellingpartner.market.reports.writing.values import amount, rounded
from sellingpartner.storage.unit import UnitOfWork

DAYS, ON_ITS_WAY, ENOUGH_FOR = 30, 21, 60
_LOW_BELOW = ON_ITS_WAY
_UNITS = {"cubic_foot": "ft3", "cubic_meter": "m3"}
_NEVER = Decimal(10**6)


class _Wanted(NamedTuple):
    plan: Plan
    units: int
    """How many were sold in the last days."""
    sales_minor: int

    @property
    def total(self) -> int:
        return self.plan.line.position.total

    @property
    def at_amazon(self) -> int:
        """What can be sold, or soon can."""
        position = self.plan.line.position
        return position.fulfillable + position.of(Condition.TRANSSHIPMENT, Condition.FC_PROCESSING)

    def lasts(self, units: int) -> Decimal:
        """For how many days so many units last."""
        return Decimal(units * DAYS) / self.units if self.units else _NEVER

    @property
    def sellable(self) -> int:
        """What is there or comes, without what cannot be sold."""
        return self.at_amazon + self.plan.line.position.to_come

    @property
    def recommended(self) -> int:
        """How many units would be enough."""
        needed = (Decimal(self.units * (ENOUGH_FOR + ON_ITS_WAY)) / DAYS).to_integral_value(ROUND_UP)
        return max(int(needed) - self.sellable, 0)

    @property
    def alert(self) -> str:
        """Whether there is nothing left, or not enough until a shipment would arrive."""
        if not self.units:
            return ""
        if not self.at_amazon:
            return "out_of_stock"
        return "low_stock" if self.lasts(self.sellable) < _LOW_BELOW else ""


def _of(*conditions: Condition) -> Cell[_Wanted]:
    return lambda one: str(one.plan.line.position.of(*conditions))


def _days(units: Callable[[_Wanted], int]) -> Cell[_Wanted]:
    """Without sales nobody can say how long it lasts."""
    return lambda one: rounded(one.lasts(units(one)), 0) if one.units else ""


def _ship_on(one: _Wanted) -> str:
    """The day on which a shipment would have to leave, so that it arrives before all is sold."""
    if not one.recommended:
        return ""
    spare = max(int(one.lasts(one.sellable)) - ON_ITS_WAY, 0)
    return f"{one.plan.line.at + timedelta(days=spare):%Y-%m-%d}"


def _size(one: _Wanted) -> str:
    plan = one.plan
    if plan.package is None:
        return ""
    unit = volume_unit(plan.line.record.marketplace_id, plan.line.at.date())
    return f"{rounded(volume_of(unit, plan.package), 4)} {_UNITS[unit]}"


def _currency(one: _Wanted) -> str:
    return MARKETPLACES[one.plan.line.record.marketplace_id].currency


_COLUMNS: Columns[_Wanted] = {
    "Country": lambda one: MARKETPLACES[one.plan.line.record.marketplace_id].country_code,
    "Product Name": lambda one: one.plan.line.title,
    "FNSKU": lambda one: one.plan.line.record.fnsku or "",
    "Merchant SKU": lambda one: one.plan.line.record.sku,
    "ASIN": lambda one: one.plan.line.record.asin or "",
    "Condition": lambda one: words_of(one.plan.line),
    "Supplier": nothing,
    "Supplier part no.": nothing,
    "Currency code": _currency,
    "Price": lambda one: amount(one.plan.line.terms.price),
    "Sales last 30 days": lambda one: amount(Money(one.sales_minor, _currency(one))),
    "Units Sold Last 30 Days": lambda one: str(one.units),
    "Total Units": lambda one: str(one.total),
    "Inbound": lambda one: str(one.plan.line.position.to_come),
    "Available": lambda one: str(one.plan.line.position.fulfillable),
    "FC transfer": _of(Condition.TRANSSHIPMENT),
    "FC Processing": _of(Condition.FC_PROCESSING),
    "Customer Order": lambda one: str(one.plan.line.position.reserved),
    "Unfulfillable": lambda one: str(one.plan.line.position.unsellable),
    "Working": _of(Condition.INBOUND_WORKING),
    "Shipped": _of(Condition.INBOUND_SHIPPED),
    "Receiving": _of(Condition.INBOUND_RECEIVING),
    "Fulfilled by": lambda _: "Amazon",
    "Total Days of Supply (including units from open shipments)": _days(lambda one: one.sellable),
    "Days of Supply at Amazon Fulfillment Network": _days(lambda one: one.at_amazon),
    "Alert": lambda one: one.alert,
    "Recommended replenishment qty": lambda one: str(one.recommended),
    "Recommended ship date": _ship_on,
    "Recommended action": lambda one: "Create shipping plan" if one.recommended else "No action required",
    "Unit storage size": _size,
}


@report("GET_RESTOCK_INVENTORY_RECOMMENDATIONS_REPORT", repeats=NEAR_REAL_TIME)
def restocking(unit: UnitOfWork, asked: Asked) -> Rows:
    """What lies at Amazon, and what to send there."""
    return table(_COLUMNS, _wanted(unit, asked))


def _wanted(unit: UnitOfWork, asked: Asked) -> Iterator[_Wanted]:
    sold: dict[str, tuple[int, int]] = {}
    for line in lines_by_day(unit, asked.marketplace_id, [asked.at - timedelta(days=DAYS), asked.at]):
        units, sales = sold.get(line.sku, (0, 0))
        sold[line.sku] = units + line.units, sales + line.sales_minor
    for plan in plans(unit, asked):
        yield _Wanted(plan, *sold.get(plan.line.record.sku, (0, 0)))
