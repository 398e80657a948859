"""How a command is used, in two lines, for whoever used it wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from cyclopts import App, CoercionError, CycloptsError, MissingArgumentError, UnknownCommandError, UnusedCliTokensError
from cyclopts.help.help import format_usage

_FORMS: dict[object, str] = {
    datetime: "time, which is written as 2026-11-02T09:00:00Z",
    int: "whole number",
    float: "number",
    Decimal: "number, such as 19.99",
}
_CALLED = {
    "backup": "`spapi world save NAME` saves the market, `spapi world load NAME` has it back.",
    "restore": "`spapi world load NAME` has the market be as it was saved.",
    "reset": "`spapi world new fresh` makes a new market, `spapi world load fresh` puts it in this one's place.",
    "health": "`spapi status` says how the market stands.",
    "log": "`spapi requests` lists the calls, `--follow` as they come.",
    "logs": "`spapi requests` lists the calls, `--follow` as they come.",
    "start": "`spapi serve` starts a market.",
    "up": "`spapi serve` starts a market.",
    "buy": "`spapi order place` has a buyer order.",
    "login": "`spapi token` gets a token, `spapi auth show` says with which credentials.",
    "ship": "`spapi fulfill` ships a seller's orders, `spapi call confirmShipment` confirms one.",
    "time": "`spapi clock` shows the market's time, and moves it.",
}
"""What others call a command of ours."""


def wrong_use(wrong: CycloptsError) -> str:
    """What is wrong with a command and what would be right, in one line."""
    said = " ".join(str(wrong).split())
    match wrong:
        case CoercionError(target_type=kind) if (form := _FORMS.get(kind)) is not None:
            return f"{said.partition(': unable to convert')[0]}: {_what(wrong)} is no {form}."
        case UnknownCommandError(unused_tokens=[first, *_]) if not wrong.command_chain and first in _CALLED:
            return f"There is no command {first!r}. {_CALLED[first]}"
        case UnusedCliTokensError(unused_tokens=[first, *_]):
            return f"{first!r} is more than the command takes."
        case MissingArgumentError(argument=argument, keyword=None) if argument is not None and not argument.tokens:
            name = argument.name.removeprefix("--").upper() if argument.index is not None else argument.name
            return f"{name} is missing."
    return said


def _what(wrong: CoercionError) -> str:
    return "it" if wrong.token is None else repr(wrong.token.value)


def usage_of(app: App, chain: Sequence[str]) -> str:
    """The usage line of the command that these words lead to, and where the rest of its help is."""
    command = app
    for word in chain:
        command = command[word]
    said = command.usage if isinstance(command.usage, str) else f"Usage: {format_usage(app, chain).plain}"
    return f"{said.strip()}\n`{' '.join((*app.name[:1], *chain))} --help` says what it takes.\n"
