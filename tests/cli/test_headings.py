"""The tables of the command line: what stands in a column is said above it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import sellingpartner.cli

_HERE = Path(sellingpartner.cli.__file__).parent


def headings() -> Iterator[tuple[str, list[str]]]:
    """All headings in the code: tuples of texts of which the first begins with a capital."""
    for path in sorted(_HERE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple) and all(isinstance(one, ast.Constant) for one in node.elts):
                said = [one.value for one in node.elts if isinstance(one, ast.Constant)]
                texts = [one for one in said if isinstance(one, str)]
                if len(texts) == len(said) > 1 and texts[0][:1].isupper():
                    yield path.name, texts


def test_every_column_has_a_heading() -> None:
    found = list(headings())

    assert len({name for name, _ in found}) > 20
    assert [(name, texts) for name, texts in found if not all(texts)] == []
