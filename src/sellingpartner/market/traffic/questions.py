"""What others may ask of traffic: what was sold and looked at, added up by product and period.

Sales are the orders' own numbers, visits follow from them (`visits.py`); so both agree, whoever placed the orders.

Assumed: an order counts as shipped on each day on which a package of it left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from sellingpartner.market.orders.metrics.by_day import (
    DayOfLines,
    DayOfOrder,
    lines_by_day,
    refunded_by_day,
    shipped_by_day,
)
from sellingpartner.market.traffic.calendar import Stretch, bounds_of, indexes
from sellingpartner.market.traffic.counts import Counts, Side
from sellingpartner.market.traffic.featuring import Spell, share_of, spells_of
from sellingpartner.market.traffic.products import Product, parents_of, products_of
from sellingpartner.market.traffic.visits import Day, visits_on
from sellingpartner.storage.unit import UnitOfWork

__all__ = ["Counts", "Group", "Key", "Product", "Side", "counted", "counted_by_date", "group_by", "total_of"]

Key = tuple[str, ...]
Group = Callable[[Product], Key | None]
"""What a product is added up under; None for one that is not wanted."""

_Lines = dict[tuple[str, str], dict[int, list[DayOfLines]]]

_CLAIM = "GuaranteeClaim"
_ALL: Key = ()
_GRANULARITIES = ("PARENT", "CHILD", "SKU")


def group_by(granularity: str) -> Group:
    """Products by family (PARENT), by item of it (CHILD) or by SKU; a key is the way down to them."""
    depth = _GRANULARITIES.index(granularity) + 1
    return lambda product: (product.parent_asin, product.asin, product.sku)[:depth]


def total_of(sums: Iterable[Counts]) -> Counts:
    """All of them together."""
    total = Counts()
    for one in sums:
        for name in Side.__struct_fields__:
            setattr(total.every, name, getattr(total.every, name) + getattr(one.every, name))
            setattr(total.b2b, name, getattr(total.b2b, name) + getattr(one.b2b, name))
    return total


def counted_by_date(unit: UnitOfWork, marketplace_id: str, parts: Sequence[Stretch]) -> list[Counts]:
    """What was sold and looked at in stretches that follow one another, of all products together."""
    found = counted(unit, marketplace_id, parts, lambda _: _ALL)
    return [found.get((_ALL, number)) or Counts() for number in range(len(parts))]


def counted(
    unit: UnitOfWork, marketplace_id: str, parts: Sequence[Stretch], group: Group, *, with_moves: bool = True
) -> dict[tuple[Key, int], Counts]:
    """What was sold and looked at, by group and by which of some stretches that follow one another it was in.

    With what was shipped and refunded, unless it is said that nobody asks for that: it is read order by order.
    """
    bounds = bounds_of(marketplace_id, Stretch(parts[0].first, parts[-1].last))
    lines: _Lines = defaultdict(lambda: defaultdict(list))
    for line in lines_by_day(unit, marketplace_id, bounds):
        lines[line.sku, line.asin][line.day].append(line)
    products = products_of(unit, marketplace_id, lines)
    counts = _Counting(unit, marketplace_id, parts, products, group)
    counts.add_visits_and_lines(lines, bounds)
    if not with_moves:
        return counts.sums
    for left in shipped_by_day(unit, marketplace_id, bounds):
        counts.add_shipped(left)
    for given, refund in refunded_by_day(unit, marketplace_id, bounds):
        counts.add_refunded(given, is_claim=refund.reason == _CLAIM)
    return counts.sums


class _Counting:
    """Sums on their way."""

    def __init__(
        self,
        unit: UnitOfWork,
        marketplace_id: str,
        parts: Sequence[Stretch],
        products: dict[tuple[str, str], Product],
        group: Group,
    ) -> None:
        self.sums: dict[tuple[Key, int], Counts] = defaultdict(Counts)
        self._unit = unit
        self._marketplace_id = marketplace_id
        self._first = parts[0].first.toordinal()
        self._part_of = indexes(parts)
        self._products = products
        self._group = group

    def add_visits_and_lines(self, lines: _Lines, bounds: Sequence[datetime]) -> None:
        """Add what was ordered of each product on each day, and the visits that go with it."""
        spells = spells_of(
            self._unit, self._marketplace_id, {product.asin for product in self._products.values()}, bounds[0]
        )
        for key, product in list(self._products.items()):
            group = self._group(product)
            if group is not None:
                self._add_product(product, group, lines.get(key, {}), spells.get(product.sku, ()), bounds)

    def add_shipped(self, left: DayOfOrder) -> None:
        """Add what left."""
        touched = set()
        for moved in left.moved:
            where = self._where(moved.sku, moved.asin, left.day)
            if where is None:
                continue
            for side in self._sides(where, is_business=left.is_business):
                side.units_shipped += moved.units
                side.sales_shipped += moved.sales_minor
                side.orders_shipped += where not in touched
            touched.add(where)

    def add_refunded(self, given: DayOfOrder, *, is_claim: bool) -> None:
        """Add what was given back."""
        touched = set()
        for moved in given.moved:
            where = self._where(moved.sku, moved.asin, given.day)
            if where is None:
                continue
            for side in self._sides(where, is_business=given.is_business):
                side.units_refunded += moved.units
                side.sales_refunded += moved.sales_minor
                if is_claim:
                    side.claims += where not in touched
                    side.claimed += moved.sales_minor
            touched.add(where)

    def _add_product(
        self,
        product: Product,
        group: Key,
        lines: dict[int, list[DayOfLines]],
        spells: Sequence[Spell],
        bounds: Sequence[datetime],
    ) -> None:
        seed, now = self._unit.seed, self._unit.now
        for number, part in enumerate(self._part_of):
            begin, end = bounds[number], min(bounds[number + 1], now)
            if begin > now and number not in lines:
                break
            come = lines.get(number, ())
            listed = begin if product.listed_at is None else max(begin, product.listed_at)
            is_there = product.listed_at is not None and listed < end
            if not come and not is_there:
                continue
            counts = self.sums[group, part]
            for line in come:
                for side in self._sides((group, part), is_business=line.is_business):
                    side.add_lines(line)
            present = (end - listed) / (bounds[number + 1] - begin) if is_there else 0.0
            told = Day(
                day=self._day(number),
                present=present,
                featured=share_of(spells, listed, end) if is_there else 1.0,
                lines=sum(line.placed for line in come),
                lines_b2b=sum(line.placed for line in come if line.is_business),
            )
            counts.add_visits(visits_on(seed, self._marketplace_id, product.sku, told))

    def _where(self, sku: str, asin: str, day: int) -> tuple[Key, int] | None:
        """Where something of a product on a day is added."""
        product = self._products.get((sku, asin))
        if product is None:
            product = Product(sku, asin, parents_of(self._unit, [asin])[asin], None)
            self._products[sku, asin] = product
        group = self._group(product)
        return None if group is None else (group, self._part_of[day])

    def _sides(self, where: tuple[Key, int], *, is_business: bool) -> tuple[Side, ...]:
        counts = self.sums[where]
        return (counts.every, counts.b2b) if is_business else (counts.every,)

    def _day(self, number: int) -> date:
        return date.fromordinal(self._first + number)
