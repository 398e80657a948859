"""What a command needs beyond what is installed, in the same words wherever it is found out.

It imports nothing that may be missing: who has the client alone is told, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from sellingpartner.cli.failures import CannotDo

CLI, SERVER = "cli", "server"
"""The extras that bring what is missing."""


def missing_of(names: Sequence[str]) -> list[str]:
    """Those of some packages that are not installed."""
    return [name for name in names if find_spec(name) is None]


def what_is_needed(command: str, missing: Sequence[str], extra: str = SERVER) -> str:
    """What is said of packages that a command needs."""
    return f"{command} needs {', '.join(missing)}; install what is missing with: pip install 'sellingpartner[{extra}]'"


def check_installed(command: str, names: Sequence[str]) -> None:
    """Raise `CannotDo` if a command lacks some of the packages that it needs."""
    if missing := missing_of(names):
        raise CannotDo(what_is_needed(f"`spapi {command}`", missing))
