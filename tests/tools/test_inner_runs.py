from __future__ import annotations

import sys

import pytest

NAME = "sellingpartner.only_here"


def test_what_a_suite_within_a_suite_imports_of_the_market_stays(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        import sys
        import types

        def test_imports() -> None:
            sys.modules[{NAME!r}] = sys.modules["another.only_here"] = types.ModuleType("only_here")
        """
    )

    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)

    assert sys.modules.pop(NAME, None) is not None
    assert "another.only_here" not in sys.modules
