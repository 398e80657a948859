from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "notifications.md"


def test_the_pages_example_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    example, said = re.findall(r"```python\n(.*?)```\s+prints `([^`]+)`", text, re.DOTALL)[0]

    exec(compile(example, str(PAGE), "exec"), {})

    assert capsys.readouterr().out == f"{said}\n"


def test_the_examples_of_a_test_hold() -> None:
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for example in [one for one in examples if "TestMarket" in one]:
        names: dict[str, Any] = {}

        exec(compile(example, str(PAGE), "exec"), names)

        assert names["told"].notification_type == "ORDER_CHANGE"
        names["market"].close()


def test_every_other_example_of_the_page_is_python() -> None:
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    assert [compile(example, str(PAGE), "exec") is not None for example in examples] == [True] * 7
