"""`--order 7` runs the tests in an order drawn from 7, `--order any` in one drawn from a number that is told.

Modules are shuffled, and what is in each; a test that needs another one before it fails sooner or later.
"""

from __future__ import annotations

from random import Random, SystemRandom
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--order", metavar="SEED", help="run the tests in an order drawn from this number, or from `any`")


def pytest_configure(config: pytest.Config) -> None:
    handed = getattr(config, "workerinput", None)
    if handed is not None:
        config.option.order = handed["order"]
    elif config.option.order == "any":
        config.option.order = str(SystemRandom().randrange(1_000_000))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # noqa: ANN401 - a process of pytest-xdist
    """Hand the number to another process: all of them have to run the same order."""
    node.workerinput["order"] = node.config.option.order


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.order is None:
        return
    luck = Random(config.option.order)
    modules: dict[str, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.nodeid.partition("::")[0], []).append(item)
    shuffled = list(modules.values())
    luck.shuffle(shuffled)
    for module in shuffled:
        luck.shuffle(module)
    items[:] = [item for module in shuffled for item in module]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.option.order is not None:
        terminalreporter.write_line(f"The order was --order {config.option.order}.")
