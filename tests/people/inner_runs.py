"""Suites that are run within this process: what they import of the market stays, as its registries know it by then."""

from __future__ import annotations

import sys

import pytest
from _pytest.pytester import SysModulesSnapshot  # what a run leaves behind is nowhere else


@pytest.fixture
def pytester(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    restore = SysModulesSnapshot.restore

    def restore_all_but_ours(snapshot: SysModulesSnapshot) -> None:
        ours = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "sellingpartner"}
        restore(snapshot)
        sys.modules.update(ours)

    monkeypatch.setattr(SysModulesSnapshot, "restore", restore_all_but_ours)
    return pytester
