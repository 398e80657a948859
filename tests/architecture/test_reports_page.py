from __future__ import annotations

from tools.page_part import with_part
from tools.report_types import PAGE, TOOL, table


def test_which_report_types_are_made_stands_in_the_docs() -> None:
    assert PAGE.read_text(encoding="utf-8") == with_part(PAGE, TOOL, table()), f"write it anew: python -m {TOOL}"
