from __future__ import annotations

import re
from pathlib import Path

import pytest

from sellingpartner.market.product_types.questions import GENERIC, type_names

PAGE = (Path(__file__).parents[2] / "docs" / "products.md").read_text()


@pytest.mark.parametrize("example", re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
def test_an_example_of_the_page_runs(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(example, "docs/products.md", "exec"), {})

    assert capsys.readouterr().out


def test_the_page_counts_the_product_types() -> None:
    others = len(set(type_names()) - {GENERIC})

    assert f"{others} product types" in PAGE
