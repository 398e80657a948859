"""Processes of pytest-xdist that tell the one above them of what somebody reads.

It hears three reports of each test, 42,000 in a run, and takes half a millisecond over each. That a test was made ready
for in no time, or tidied up after, is read by nobody.
"""

from __future__ import annotations

from typing import Any

import pytest

_WORTH_TELLING_SECONDS = 0.05


def pytest_configure(config: pytest.Config) -> None:
    for plugin in config.pluginmanager.get_plugins():
        if hasattr(plugin, "sendevent") and not config.getoption("xmlpath", None):
            _tell_less(plugin)


def _tell_less(worker: Any) -> None:  # noqa: ANN401 - the part of pytest-xdist that speaks to the process above
    tell = worker.sendevent

    def tell_what_is_read(name: str, **said: Any) -> None:  # noqa: ANN401 - as above
        if name != "testreport" or _is_read(said["data"]):
            tell(name, **said)

    worker.sendevent = tell_what_is_read


def _is_read(report: dict[str, Any]) -> bool:
    is_short = bool(report["duration"] < _WORTH_TELLING_SECONDS)
    return report["when"] == "call" or report["outcome"] != "passed" or not is_short
