"""The page on money names what is posted."""

from __future__ import annotations

import re
from pathlib import Path

from sellingpartner.market.money.ledger.model import EntryKind

PAGE = Path(__file__).parents[2] / "docs" / "money.md"


def test_every_kind_of_entry_stands_in_the_table_of_what_posts() -> None:
    table = PAGE.read_text("utf-8").partition("\n## What posts\n")[2].partition("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ")]

    named = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}

    assert {kind.value for kind in EntryKind} - named == set()
