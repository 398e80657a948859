from __future__ import annotations

from tools.coverage import PAGE, README, page, readme


def test_what_the_market_serves_is_listed_in_the_docs() -> None:
    """Not by a process of its own, which would import and read all that is here already."""
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tools.coverage"
    assert README.read_text(encoding="utf-8") == readme(), "write it anew: python -m tools.coverage"
