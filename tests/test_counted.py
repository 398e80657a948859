from __future__ import annotations

import re
from pathlib import Path

import pytest

from sellingpartner.counted import counted

SOURCE = Path(__file__).parent.parent / "src" / "sellingpartner"
COUNTED_BY_HAND = re.compile(
    r"\{(?:(?:len|max|min|sum)\([^{}]*\)|[\w.]*(?:count|calls|sellers|left|happened|waiting|total))(?::,)?\} [a-z]+s\b"
)


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 orders"), (1, "1 order"), (2, "2 orders"), (5000, "5,000 orders")]
)
def test_a_number_of_things_is_said_as_people_say_it(number: int, words: str) -> None:
    assert counted(number, "order") == words


def test_a_plural_of_its_own_is_named() -> None:
    assert (counted(1, "entry", "entries"), counted(2, "entry", "entries")) == ("1 entry", "2 entries")


def test_nothing_that_people_read_counts_without_it() -> None:
    found = [
        f"{file.name}: {found[0]}"
        for file in (*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"))
        for found in COUNTED_BY_HAND.finditer(file.read_text())
    ]

    assert found == []
