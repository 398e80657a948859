"""The examples of `docs/testing.md`, and README's, are test modules; here they run as in anybody's suite."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = re.search(r"^## Test with it\n(.*?)^## ", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.timeout(400)
def test_every_example_passes_and_the_tour_names_every_fixture(pytester: pytest.Pytester) -> None:
    assert README is not None
    page = (ROOT / "docs" / "testing.md").read_text()
    examples = re.findall(r"^```python\n(.*?)^```$", README[1] + page, re.MULTILINE | re.DOTALL)
    for number, example in enumerate(examples):
        pytester.makepyfile(**{f"test_example_{number}": example})
    pytester.makefile(
        ".ini", pytest="[pytest]\nfilterwarnings = error\naddopts = --strict-markers -p no:schemathesis\n"
    )

    ran = pytester.runpytest_inprocess()

    outcomes = ran.parseoutcomes()
    tests = sum(len(re.findall(r"^ *def test_", example, re.MULTILINE)) for example in examples)
    assert set(outcomes) == {"passed"}
    assert outcomes["passed"] >= tests  # one of them runs with several values
    assert len(examples) > 8
    for fixture in ("market", "seller", "application", "client", "async_client", "clock", "market_url"):
        assert f"`{fixture}`" in page
