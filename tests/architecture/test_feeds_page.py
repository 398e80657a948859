from __future__ import annotations

from pathlib import Path

from tools.feed_types import PAGE, TOOL, table
from tools.page_part import with_part

from sellingpartner.contract.feed_types import FEED_TYPES
from sellingpartner.market.feeds import families
from sellingpartner.market.feeds.kinds import kind_of, made_types, why_not


def test_which_feed_types_are_carried_out_stands_in_the_docs() -> None:
    assert PAGE.read_text(encoding="utf-8") == with_part(PAGE, TOOL, table()), f"write it anew: python -m {TOOL}"


def test_every_type_is_carried_out_by_a_module_or_says_why_not() -> None:
    made = made_types()
    here = Path(families.__file__).parent

    assert all(kind_of(name) is not None for name in made)
    assert {one.stem for one in here.glob("*.py")} >= {"listings", "shipments", "acknowledgements", "adjustments"}
    others = [name for name, known in FEED_TYPES.items() if name not in made and not known.is_removed]
    assert [name for name in others if why_not(name) == "it is not built yet"] == []
