"""What holds of every type that the market makes."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from sellingpartner.contract.report_types import REPORT_TYPES
from sellingpartner.market.reports.families.orders.order_lines import CELLS, PERSONAL
from sellingpartner.market.reports.kinds import kind_of, made_types

FAMILIES = files("sellingpartner.market.reports.families")


@pytest.mark.parametrize("name", made_types())
def test_each_module_makes_the_types_that_are_said_to_be_its(name: str) -> None:
    kind = kind_of(name)

    assert kind is not None
    assert kind.name == name


def test_no_type_is_made_and_said_not_to_be() -> None:
    unmade = tomllib.loads(FAMILIES.joinpath("unmade.toml").read_text(encoding="utf-8"))
    listed = [name for names in unmade.values() for name in names]

    assert len(listed) == len(set(listed))
    assert set(listed) <= REPORT_TYPES.keys()
    assert set(listed) & set(made_types()) == set()


def test_every_column_of_orders_is_known() -> None:
    lists = tomllib.loads(FAMILIES.joinpath("orders", "orders.toml").read_text(encoding="utf-8"))
    named = {column for variants in lists.values() for columns in variants.values() for column in columns}

    assert named - CELLS.keys() == set()
    assert PERSONAL - CELLS.keys() == set()
