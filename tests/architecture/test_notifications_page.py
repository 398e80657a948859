from __future__ import annotations

from tools.page_part import with_part
from tools.telling import PAGE, TOOL, table


def test_what_is_sent_and_what_never_is_stands_in_the_docs() -> None:
    assert PAGE.read_text(encoding="utf-8") == with_part(PAGE, TOOL, table()), f"write it anew: python -m {TOOL}"
