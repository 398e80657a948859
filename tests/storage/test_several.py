"""Questions about several keys at once."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from sqlalchemy import select

from sellingpartner.storage.several import Several
from sellingpartner.storage.unit import UnitOfWork, counters
from sellingpartner.testing import TestMarket


class _Counter(NamedTuple):
    name: str
    value: int


_counted = Several(
    lambda names: select(counters.c.name, counters.c.value).where(counters.c.name.in_(names)).order_by(counters.c.name),
    _Counter,
)


def fill(unit: UnitOfWork, count: int) -> None:
    for number in range(count):
        unit.next_number(f"n{number:04}", number + 1)


@pytest.mark.parametrize("asked", [0, 1, 2, 5, 6, 499, 500, 501])
def test_as_many_rows_come_as_keys_are_there_however_many_are_asked(market: TestMarket, asked: int) -> None:
    with market.market.write() as unit:
        fill(unit, 510)

        names = [f"n{number:04}" for number in range(asked)]
        found = _counted.all(unit.connection, {}, [*names, *names, "nobody"][: 2 * asked + bool(asked)])

        assert sorted(found) == [_Counter(name, number + 1) for number, name in enumerate(names)]
