"""Calls of the market's log as lines for people: as `spapi requests` prints them, and a test's report."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract.market_v1 import Call
from sellingpartner.terminal import harmless

HEADINGS = ("Time", "Status", "Call", "By", "ms", "Reason")
_WIDTHS = (19, 6, 34, 29, 7)
"""At least, so that lines that come one by one stand below each other, too."""

_NEAR = 0.2
"""What share of a usage plan's burst is left when it is said."""


def lines_of(calls: Sequence[Call]) -> list[str]:
    """A line for each call, in the order in which they are given."""
    rows = [cells_of(call) for call in calls]
    widths = [max([least, *(len(row[place]) for row in rows)]) for place, least in enumerate(_WIDTHS)]
    return ["  ".join((*map(str.ljust, row, widths), row[-1])).rstrip() for row in rows]


def cells_of(call: Call) -> tuple[str, ...]:
    """What is shown of a call, by the headings."""
    at, took = f"{call.at:%Y-%m-%d %H:%M:%S}", f"{call.milliseconds:g}"
    return tuple(map(harmless, (at, _status(call), named(call), by(call), took, _reason(call))))


def by(call: Call) -> str:
    """Who called, and for which seller."""
    who = call.application or call.application_id or ""
    return f"{who} for {call.seller_id}".lstrip() if call.seller_id else who


def named(call: Call) -> str:
    """What was called."""
    return f"{call.operation} ({call.api})" if call.operation else f"{call.method} {call.path}"


def _status(call: Call) -> str:
    """The status; a call that a fault left without an answer has none."""
    return str(call.status) if call.status else "none"


def _reason(call: Call) -> str:
    fault = f"[fault {call.fault}]" if call.fault else ""
    return " ".join(part for part in (fault, _limit(call), call.reason) if part)


def _limit(call: Call) -> str:
    """That its usage plan is nearly used up; whoever is told why it was refused needs no more."""
    if call.left is None or not call.burst or call.reason or call.left > call.burst * _NEAR:
        return ""
    return f"[{call.left:.0f} of {call.burst} calls left]"
