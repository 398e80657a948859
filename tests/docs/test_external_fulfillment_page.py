from __future__ import annotations

import re
from pathlib import Path

import pytest

from sellingpartner.market.external.lifecycle import ShipmentStatus

PAGE = (Path(__file__).parents[2] / "docs" / "external-fulfillment.md").read_text()


def test_the_page_tells_of_every_status_in_its_order() -> None:
    assert re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE) == [one.value for one in ShipmentStatus]


def test_its_example_finds_the_order_that_was_placed(capsys: pytest.CaptureFixture[str]) -> None:
    [example] = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

    exec(compile(example, "docs/external-fulfillment.md", "exec"), {})

    assert capsys.readouterr().out == "True\n"
