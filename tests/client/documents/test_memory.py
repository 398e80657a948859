"""A report is never held in memory: what it takes does not grow with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.documents import measure

ROOT = Path(__file__).parents[3]


def test_a_report_of_32_mebibytes_is_fetched_and_read_in_a_few(
    kind: type[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)  # what is measured is a process of its own, which finds the benchmark here

    measured = measure(32, "async" if kind.__name__.startswith("Async") else "sync")

    assert measured.mebibytes > 32
    assert measured.rows > 150_000
    assert measured.risen_mebibytes < 12
