"""`spapi operations`: what can be called."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from sellingpartner.cli.asked.choice import Served, matching
from sellingpartner.cli.asked.completing import operation_words
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.caller import Caller
from sellingpartner.cli.reach.served import served_at
from sellingpartner.cli.shown.output import JsonOnly
from sellingpartner.cli.shown.printing import print_json, print_table
from sellingpartner.cli.words.scope_names import short
from sellingpartner.contract.message import Message
from sellingpartner.contract.operation import Rate
from sellingpartner.contract.registry import Entry, load


class Row(Message, rename="camel"):
    """An operation, for programs."""

    name: str
    api: str
    version: str
    method: str
    path: str
    rate: float | None
    burst: int | None
    scope: str
    deprecated: bool
    served_here: bool | None
    """Whether the market serves it that commands call; None at Amazon, or where nobody says."""


class Rows(Message):
    """All that were found."""

    operations: list[Row]


def operations(
    word: Annotated[str, Parameter(completer=operation_words)] = "",
    *,
    served: Annotated[bool, FLAG] = False,
    caller: Caller | None = None,
    output: JsonOnly | None = None,
) -> None:
    """List the operations that `spapi call` makes: name, API, whether this market serves it, path, rate, scope.

    Args:
        word: Only those with this in their name, API or path.
        served: Only those that the market serves.
        caller: Where calls go.
        output: How it is printed.
    """
    here = served_at(caller or Caller())
    if served and here is None:
        message = "What is served is known of a market that runs; `spapi auth show` says where calls go."
        raise CannotDo(message)
    rows = [_row(entry, here) for entry in matching(word)]
    if served:
        rows = [row for row in rows if row.served_here]
    if output and output.json:
        print_json(Rows(operations=rows))
        return
    print_table(
        ("Operation", "API", *(("Served here",) if here is not None else ()), "Call", "Rate", "Scope"),
        [_cells(row) for row in rows],
        empty=f"No operation has {word!r} in its name, API or path{' and is served here' if served else ''}.",
    )


def rate_words(rate: Rate | None) -> str:
    """A usage plan as people read it."""
    return "not published" if rate is None else f"{rate.per_second:g}/s, burst {rate.burst}"


def _cells(row: Row) -> tuple[str, ...]:
    here = () if row.served_here is None else ("yes" if row.served_here else "no",)
    return (row.name, f"{row.api} {row.version}", *here, f"{row.method} {row.path}", _rate(row), _scope(row))


def _row(entry: Entry, here: Served) -> Row:
    operation = load(entry).operation
    rate = operation.rate
    return Row(
        name=entry.name,
        api=entry.api,
        version=entry.version,
        method=entry.method,
        path=entry.path,
        rate=rate.per_second if rate else None,
        burst=rate.burst if rate else None,
        scope=operation.grantless or operation.scope,
        deprecated=operation.deprecated,
        served_here=None if here is None else entry.key in here,
    )


def _rate(row: Row) -> str:
    return "" if row.rate is None else f"{row.rate:g}/s {row.burst}"


def _scope(row: Row) -> str:
    return short([row.scope])[0] + (" (deprecated)" if row.deprecated else "")
