"""The log of calls as it grows: what came after what was shown, asked for twice a second."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event

import msgspec

from sellingpartner.call_lines import HEADINGS, lines_of
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_line
from sellingpartner.cli.shown.writing import print_aside
from sellingpartner.contract.market_v1 import Call, Calls, ListRequests

_EVERY_SECONDS = 0.5
_AT_ONCE = 1000
_OWN = frozenset({"listRequests"})
"""What is called to follow the log is no news to whoever follows it."""


def go_on(to: Connection, wanted: ListRequests, answer: Calls) -> None:
    """Show the calls of an answer, then each that comes, until somebody interrupts it."""
    if not to.json:
        print_aside("  ".join(HEADINGS[:3]) + "; Ctrl-C ends it")
    _show(to, answer.requests[::-1])
    while True:
        pause()
        answer = to.watch(msgspec.structs.replace(wanted, after=answer.latest, limit=_AT_ONCE))
        _show(to, answer.requests)


def pause() -> None:
    """Wait a moment."""
    Event().wait(_EVERY_SECONDS)


def _show(to: Connection, calls: Sequence[Call]) -> None:
    told = [call for call in calls if call.operation not in _OWN]
    if to.json:
        for call in told:
            print_line(msgspec.json.encode(call).decode())
    else:
        for line in lines_of(told):
            print_line(line)
