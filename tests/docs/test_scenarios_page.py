"""The page of scenarios: what it shows is what a file may say, and it names every ready one."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from sellingpartner.market.market import Market
from sellingpartner.market.scenarios import model
from sellingpartner.market.scenarios.building import build
from sellingpartner.market.scenarios.reading import names, read

PAGE = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text()


def test_the_example_builds_and_shows_every_field(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "mine.toml").write_text(example)
    market = Market.open(seed=1)

    build(market, read(tmp_path / "mine.toml"))
    market.close()

    parts = [each for each in vars(model).values() if isinstance(each, type) and issubclass(each, msgspec.Struct)]
    fields = {field for part in parts for field in part.__struct_fields__}
    not_shown = {"by_invoice", "awaits_invoice", "condition", "quantity", "type"}  # the schema tells of them
    assert fields - {name for name in fields if re.search(rf"\b{name}\b", example)} == not_shown


def test_every_ready_scenario_is_named() -> None:
    assert set(re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE)) == set(names())
