"""What a seller plans its stock at Amazon by: what there is and how old it is, what leaves, what keeping it costs.

Differs: Amazon also says what to do (alerts, recommended actions, prices and quantities), out of forecasts of its own;
those columns are empty here, and so are other sellers' prices and the money that was taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby, islice
from operator import attrgetter

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.questions import ranks_of
from sellingpartner.market.inventory.levels import Change
from sellingpartner.market.inventory.model import STAYING, Condition, Place, Reason
from sellingpartner.market.inventory.questions import Counting, Step, midnight, steps_by_sku
from sellingpartner.market.money.ledger.questions import LowStock, Supply, ages_of
from sellingpartner.market.money.questions import (
    Package,
    Sized,
    package_of,
    sized,
    space_of,
    surcharge_of,
    volume_of,
    volume_unit,
)
from sellingpartner.market.removals.questions import pending_removals
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.shelf import Stored, store
from sellingpartner.market.reports.families.stock.fba_stock import DAILY, words_of
from sellingpartner.market.reports.families.stock.fee_previews import group_of
from sellingpartner.market.reports.kinds import Rows, report
from sellingpartner.market.reports.writing.columns import Cell, Columns, nothing, table
from sellingpartner.market.reports.writing.values import amount, rounded, yes_no
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 200
_VOLUMES = {"cubic_foot": "cubic feet", "cubic_meter": "cubic meters"}
_OLDEST = 10**6
_HALF_A_YEAR, _WEEK = 182, 7
_SPANS = (7, 30, 60, 90)
_TIERS = ((181, 210), (211, 240), (241, 270), (271, 300), (301, 330), (331, 365), (366, _OLDEST))


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A SKU at Amazon, and what of it came and left."""

    line: Stored
    ages: list[tuple[int, int]]
    """For how many days how many units have been there."""
    shipped: dict[int, int]
    """How many units left in the last days, by how many days."""
    supply: Supply
    average: Decimal
    """How many units were there in the last 90 days, on average."""
    package: Package | None
    sized: Sized | None
    rank: int | None
    pending_removal: int
    """How many units are to leave for removal orders."""

    def aged(self, first: int, last: int = _OLDEST) -> int:
        """How many units have been there for so many days."""
        return sum(units for days, units in self.ages if first <= days <= last)

    def surcharge(self, first: int, last: int) -> Money:
        """What units of that age cost on top in a month."""
        here, on = self.line.record.marketplace_id, self.line.at.date()
        total = Money.zero(MARKETPLACES[here].currency)
        for days, units in self.ages:
            found = surcharge_of(here, self.package, days=days, on=on) if self.package is not None else None
            if found is not None and first <= days <= last:
                total += found.amount * units
        return total


def _available(plan: Plan) -> int:
    return plan.line.position.fulfillable


def _age(first: int, last: int = _OLDEST) -> Cell[Plan]:
    return lambda plan: str(plan.aged(first, last))


def _units(days: int) -> Cell[Plan]:
    return lambda plan: str(plan.shipped[days])


def _cover(days: int, unit_of_days: int) -> Cell[Plan]:
    """Assumed: stock lasts as long as it does at the pace of the last days; without sales nobody can say how long."""

    def cell(plan: Plan) -> str:
        shipped = plan.shipped[days]
        return "" if not shipped else rounded(Decimal(_available(plan) * days) / (shipped * unit_of_days), 1)

    return cell


def _sell_through(plan: Plan) -> str:
    """Units that left in 90 days by how many there were on average."""
    return rounded(plan.shipped[90] / plan.average, 2) if plan.average > 0 else ""


def _volume(units: Callable[[Plan], int]) -> Cell[Plan]:
    def cell(plan: Plan) -> str:
        if plan.package is None:
            return ""
        unit = volume_unit(plan.line.record.marketplace_id, plan.line.at.date())
        return rounded(volume_of(unit, plan.package) * units(plan), 4)

    return cell


def _volume_unit(plan: Plan) -> str:
    return _VOLUMES[volume_unit(plan.line.record.marketplace_id, plan.line.at.date())]


def _storage_type(plan: Plan) -> str:
    """Assumed: storage has the two types that its rates tell apart."""
    return "" if plan.sized is None else "Oversize" if plan.sized.is_bulky else "Standard-Size"


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _storage_cost(plan: Plan) -> str:
    """What next month's storage of what is there now costs."""
    if plan.package is None:
        return ""
    here, units = plan.line.record.marketplace_id, sum(units for _, units in plan.ages)
    return amount(space_of(here, plan.package, Decimal(units), _next_month(plan.line.at.date())).amount)


def _inbound(*conditions: Condition) -> Cell[Plan]:
    return lambda plan: str(plan.line.position.of(*conditions))


def _surcharged() -> Columns[Plan]:
    columns: dict[str, Cell[Plan]] = {}
    for first, last in _TIERS:
        name = f"{first}-{last}-days" if last < _OLDEST else "365-plus-days"
        columns[f"quantity-to-be-charged-ais-{name}"] = _charged(first, last)
        columns[f"estimated-ais-{name}"] = _surcharge(first, last)
    return columns


def _charged(first: int, last: int) -> Cell[Plan]:
    return lambda plan: str(plan.aged(first, last) if plan.surcharge(first, last).minor else 0)


def _surcharge(first: int, last: int) -> Cell[Plan]:
    return lambda plan: amount(plan.surcharge(first, last))


_COLUMNS: Columns[Plan] = {
    "snapshot-date": lambda plan: f"{plan.line.at:%Y-%m-%d}",
    "sku": lambda plan: plan.line.record.sku,
    "fnsku": lambda plan: plan.line.record.fnsku or "",
    "asin": lambda plan: plan.line.record.asin or "",
    "product-name": lambda plan: plan.line.title,
    "condition": lambda plan: words_of(plan.line),
    "available": lambda plan: str(_available(plan)),
    "pending-removal-quantity": lambda plan: str(plan.pending_removal),
    "inv-age-0-to-90-days": _age(0, 90),
    "inv-age-91-to-180-days": _age(91, 180),
    "inv-age-181-to-270-days": _age(181, 270),
    "inv-age-271-to-365-days": _age(271, 365),
    "inv-age-365-plus-days": _age(366),
    "currency": lambda plan: MARKETPLACES[plan.line.record.marketplace_id].currency,
    **{f"units-shipped-t{days}": _units(days) for days in _SPANS},
    "alert": nothing,
    "your-price": lambda plan: amount(plan.line.terms.regular_price),
    "sales-price": lambda plan: amount(plan.line.terms.price),
    "lowest-price-new-plus-shipping": nothing,
    "lowest-price-used": nothing,
    "recommended-action": nothing,
    "healthy-inventory-level": nothing,
    "recommended-sales-price": nothing,
    "recommended-sale-duration-days": nothing,
    "recommended-removal-quantity": nothing,
    "estimated-cost-savings-of-recommended-actions": nothing,
    "sell-through": _sell_through,
    "item-volume": _volume(lambda _: 1),
    "volume-unit-measurement": _volume_unit,
    "storage-type": _storage_type,
    "storage-volume": _volume(lambda plan: sum(units for _, units in plan.ages)),
    "marketplace": lambda plan: MARKETPLACES[plan.line.record.marketplace_id].country_code,
    "product-group": lambda plan: group_of(plan.line),
    "sales-rank": lambda plan: "" if plan.rank is None else str(plan.rank),
    "days-of-supply": _cover(30, 1),
    "estimated-excess-quantity": nothing,
    "weeks-of-cover-t30": _cover(30, _WEEK),
    "weeks-of-cover-t90": _cover(90, _WEEK),
    "featuredoffer-price": nothing,
    **{f"sales-shipped-last-{days}-days": nothing for days in _SPANS},
    "inv-age-0-to-30-days": _age(0, 30),
    "inv-age-31-to-60-days": _age(31, 60),
    "inv-age-61-to-90-days": _age(61, 90),
    "inv-age-181-to-330-days": _age(181, 330),
    "inv-age-331-to-365-days": _age(331, 365),
    "estimated-storage-cost-next-month": _storage_cost,
    "inbound-quantity": lambda plan: str(plan.line.position.to_come),
    "inbound-working": _inbound(Condition.INBOUND_WORKING),
    "inbound-shipped": _inbound(Condition.INBOUND_SHIPPED),
    "inbound-received": _inbound(Condition.INBOUND_RECEIVING),
    "no-sale-last-6-months": lambda plan: str(0 if plan.shipped[_HALF_A_YEAR] else _available(plan)),
    "reserved-quantity": lambda plan: str(plan.line.position.set_aside),
    "unfulfillable-quantity": lambda plan: str(plan.line.position.unsellable),
    **_surcharged(),
    "historical-days-of-supply": lambda plan: _days(plan.supply.days),
    # Differs: Amazon also says how much to send in, and when, out of forecasts of its own.
    "fba-minimum-inventory-level": nothing,
    "fba-inventory-level-health-status": nothing,
    "Recommended ship-in quantity": nothing,
    "Recommended ship-in date": nothing,
    "Last updated date for Historical Days of Supply": lambda plan: f"{plan.line.at:%Y-%m-%d}",
    "Exempted from Low-Inventory-Level fee?": lambda plan: yes_no(plan.supply.is_exempt),
    "Low-Inventory-Level fee applied in current week?": lambda plan: yes_no(plan.supply.is_charged),
    "Short term historical days of supply": lambda plan: _days(plan.supply.turnover.short),
    "Long term historical days of supply": lambda plan: _days(plan.supply.turnover.long),
}


def _days(days: Decimal | None) -> str:
    return "" if days is None else rounded(days, 1)


@report("GET_FBA_INVENTORY_PLANNING_DATA", repeats=DAILY)
def planning(unit: UnitOfWork, asked: Asked) -> Rows:
    """What lies at Amazon, or lay there, with what of it came and left."""
    return table(_COLUMNS, plans(unit, asked))


def plans(unit: UnitOfWork, asked: Asked) -> Iterator[Plan]:
    """What lies there of each SKU, with what of it came and left."""
    pending = pending_removals(unit)
    rule = LowStock(unit, asked.marketplace_id, asked.at)
    lines = _with_history(store(unit, asked), _histories(unit, asked))
    while page := list(islice(lines, _PAGE)):
        asins = {line.record.asin for line, _ in page if line.record.asin is not None}
        ranks = ranks_of(unit, asins, asked.marketplace_id)
        for line, history in page:
            found = ranks.get(line.record.asin or "")
            supply = rule.supply(line.record.sku, history.counting.counted.turnover)
            yield _plan(line, history, None if found is None else found.rank, pending[line.record.sku], supply)


class _History:
    """What of a SKU came and left until a moment, summed up as it is read."""

    def __init__(self, sku: str, at: datetime) -> None:
        self.sku, self._at, self._begins = sku, at, at - timedelta(days=90)
        self.came: list[Change] = []
        self.counting = Counting(midnight(at))
        self.shipped = dict.fromkeys((*_SPANS, _HALF_A_YEAR), 0)
        self._there, self._since, self._unit_seconds = 0, self._begins, Decimal(0)

    def add(self, step: Step) -> None:
        """Count a movement."""
        if step.units > 0 and step.reason not in STAYING:
            self.came.append(Change(step.sku, step.at, step.units))
        is_shipped = step.reason == Reason.SHIPPED.value
        if step.condition == Condition.SELLABLE.value:
            self.counting.add(step.at, step.units, is_shipped=is_shipped)
        if is_shipped:
            for days in self.shipped:
                if step.at >= self._at - timedelta(days=days):
                    self.shipped[days] -= step.units
        self._lie_until(step.at)
        self._there += step.units

    def average(self) -> Decimal:
        """How many units there were in the last 90 days, on average."""
        self._lie_until(self._at)
        return self._unit_seconds / Decimal((self._at - self._begins).total_seconds())

    def _lie_until(self, moment: datetime) -> None:
        if moment > self._since:
            self._unit_seconds += self._there * Decimal((moment - self._since).total_seconds())
            self._since = moment


def _histories(unit: UnitOfWork, asked: Asked) -> Iterator[_History]:
    """What came and left of each SKU, in the order of SKU."""
    for sku, steps in groupby(steps_by_sku(unit, Place.FBA, until=asked.at), key=attrgetter("sku")):
        history = _History(sku, asked.at)
        for step in steps:
            history.add(step)
        yield history


def _with_history(lines: Iterator[Stored], histories: Iterator[_History]) -> Iterator[tuple[Stored, _History]]:
    """Both are in the order of SKU, so that they are read along each other."""
    history = next(histories, None)
    for line in lines:
        while history is not None and history.sku < line.record.sku:
            history = next(histories, None)
        is_its_own = history is not None and history.sku == line.record.sku
        yield line, history if history is not None and is_its_own else _History(line.record.sku, line.at)


def _plan(line: Stored, history: _History, rank: int | None, pending_removal: int, supply: Supply) -> Plan:
    package = None if line.item is None else package_of(line.item, line.record.marketplace_id)
    return Plan(
        line=line,
        ages=ages_of(line.position.lying, history.came[::-1], line.at),
        shipped=history.shipped,
        supply=supply,
        average=history.average(),
        package=package,
        sized=None if package is None else sized(line.record.marketplace_id, package, line.at.date()),
        rank=rank,
        pending_removal=pending_removal,
    )
