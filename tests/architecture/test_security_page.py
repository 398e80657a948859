"""Every line of the security page names tests that are there, or says why it needs none."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "security.md"
HELD, NOT_APPLICABLE = PAGE.read_text(encoding="utf-8").split("## Not applicable")
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def lines_of(text: str) -> list[list[str]]:
    """The lines of its tables, cell by cell, without their heads."""
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows if row[0].strip() not in {"Threat", "---"}]


@cache
def names_in(path: str) -> frozenset[str]:
    file = TESTS / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.is_file() else ast.Module([], [])
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("line", lines_of(HELD), ids=lambda line: line[0].strip("*").partition("**")[0])
def test_every_line_is_held_by_tests_that_are_there(line: list[str]) -> None:
    _, done, held_by = line
    named = NAMED.findall(held_by)

    assert done
    assert named
    assert NAMED.sub("", held_by).strip() == ""
    assert [f"{path}::{name}" for path, name in named if name not in names_in(path)] == []


def test_what_does_not_apply_says_why() -> None:
    lines = lines_of(NOT_APPLICABLE)

    assert len(lines) >= 5
    assert all(len(line) == 2 and line[1].endswith(".") for line in lines)


def test_each_of_the_four_documents_is_gone_through() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert [number for number in range(1, 17) if not re.search(rf"6749: [^)]*10\.{number}\b", text)] == []
    assert all(f"{number}: " in text for number in ("6819", "7636", "9700"))
