from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "inbound.md").read_text()


@pytest.mark.parametrize("example", re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
def test_an_example_of_the_page_runs_and_every_operation_goes_well(
    example: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(example, "docs/inbound.md", "exec"), {})

    *operations, boxes = capsys.readouterr().out.splitlines()
    assert [one.split()[1:] for one in operations] == [["SUCCESS", "[]"]] * 5
    assert boxes == "['P1 - B1']"
