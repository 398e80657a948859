"""A page that a tool writes is written, or with --check only compared."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tools.page_part import write_or_check

from tools import page_part


def test_a_page_is_written_and_then_is_what_it_should_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(page_part, "ROOT", tmp_path)
    page = tmp_path / "page.md"

    monkeypatch.setattr(sys, "argv", ["tools.some"])
    write_or_check(page, "tools.some", "as it should be")
    monkeypatch.setattr(sys, "argv", ["tools.some", "--check"])
    write_or_check(page, "tools.some", "as it should be")

    assert page.read_text(encoding="utf-8") == "as it should be"


@pytest.mark.parametrize("before", [None, "as it was"])
def test_a_stale_page_is_told_and_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, before: str | None
) -> None:
    monkeypatch.setattr(page_part, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["tools.some", "--check"])
    page = tmp_path / "page.md"
    if before is not None:
        page.write_text(before, encoding="utf-8")

    with pytest.raises(SystemExit, match=r"page\.md is not what the source says; write it anew: python -m tools\.some"):
        write_or_check(page, "tools.some", "as it should be")

    assert (page.read_text(encoding="utf-8") if page.exists() else None) == before
