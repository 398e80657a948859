"""Operations are named with tests that are there; that these show them is seen in each run (`people/showing.py`)."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from showing import LOGIN, rows
from tools.groups import Group, groups

from sellingpartner.contract.registry import operations
from sellingpartner.server.gateway.handlers import handled

ROOT = Path(__file__).parents[2]


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


def test_what_is_named_is_an_operation_and_a_test() -> None:
    known = {LOGIN, *(entry.key for entry in operations())}
    found = list(rows())

    assert len({operation for operation, _ in found}) == len(found)
    assert {operation for operation, _ in found} <= known
    named = (test.partition("[")[0].partition("::") for _, test in found)
    missing = [f"{path}::{name}" for path, _, name in named if name not in functions_of(path)]
    assert missing == []


def test_each_operation_that_is_served_is_named_with_a_test() -> None:
    without = handled().keys() - {operation for operation, _ in rows()}

    assert sorted(without) == [], "write a test, and see tools/shown.py"


def test_there_is_a_story_of_each_group() -> None:
    assert len(groups()) == 27
    stories = {f"tests/stories/groups/{path.name}" for path in (ROOT / "tests/stories/groups").glob("test_*.py")}
    assert stories == {group.story for group in groups()}


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.name)
def test_the_story_of_a_group_goes_through_all_of_its_operations_that_are_served(group: Group) -> None:
    told = dict(rows())
    served = [key for key in group.keys if key == LOGIN or key in handled()]

    assert {told[key].partition("::")[0] for key in served} <= {group.story}
