"""Faults in a file: tables of the names that a line has."""

from __future__ import annotations

from pathlib import Path

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.faults.profiles import rules_in
from sellingpartner.market.faults.text import rule_of


def test_a_file_holds_tables_and_lines(tmp_path: Path) -> None:
    file = tmp_path / "faults.toml"
    file.write_text(
        '[[fault]]\nkind = "refuse"\nstatus = 429\nnth = [1, 3]\nuntil = 2026-12-01T00:00:00Z\n'
        '[[fault]]\nrule = "cut 0.2 operation=getOrders"\n'
    )

    assert rules_in(file) == (
        rule_of("refuse 429 nth=1,3 until=2026-12-01T00:00Z"),
        rule_of("cut 0.2 operation=getOrders"),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fault = 3", r"tables \[\[fault\]\]"),
        ("[[faults]]", r"tables \[\[fault\]\]"),
        ("[[fault]", "is no TOML"),
        ('[[fault]]\nkind = "page"\n[[fault]]\nkind = "pge"', "fault 2: .*Did you mean page"),
        ("[[fault]]\nstatus = 503", "fault 1: There is no fault of the kind"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "faults.toml"
    file.write_text(text)

    with pytest.raises(InvalidInput, match=words):
        rules_in(file)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="No such file"):
        rules_in(tmp_path / "nothing.toml")
