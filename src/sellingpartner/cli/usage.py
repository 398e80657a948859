"""How a command is used, in two lines, for whoever used it wrongly."""

from __future__ import annotations

from collections.abc import Sequence

from cyclopts import App
from cyclopts.help.help import format_usage


def usage_of(app: App, chain: Sequence[str]) -> str:
    """The usage line of the command that these words lead to, and where the rest of its help is."""
    command = app
    for word in chain:
        command = command[word]
    said = command.usage if isinstance(command.usage, str) else f"Usage: {format_usage(app, chain).plain}"
    return f"{said.strip()}\n`{' '.join((*app.name[:1], *chain))} --help` says what it takes.\n"
