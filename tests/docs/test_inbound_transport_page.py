"""What the page on placement, transport and labels shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "inbound-transport.md").read_text()


def test_its_example_sends_books_in_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    [example] = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

    exec(compile(example, "docs/inbound-transport.md", "exec"), {})

    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 2
    assert PAGE.count("It prints " + " and ".join(f"`{line}`" for line in printed)) == 1
