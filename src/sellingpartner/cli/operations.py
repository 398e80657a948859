"""`spapi operations`: what can be called."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from sellingpartner.cli.choice import matching
from sellingpartner.cli.completing import operation_words
from sellingpartner.cli.output import JsonOnly
from sellingpartner.cli.printing import print_json, print_table
from sellingpartner.cli.scope_names import short
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


class Rows(Message):
    """All that were found."""

    operations: list[Row]


def operations(
    word: Annotated[str, Parameter(completer=operation_words)] = "", *, output: JsonOnly | None = None
) -> None:
    """List the operations that `spapi call` makes: name, API, path, rate, scope.

    Args:
        word: Only those with this in their name, API or path.
        output: How it is printed.
    """
    rows = [_row(entry) for entry in matching(word)]
    if output and output.json:
        print_json(Rows(operations=rows))
        return
    print_table(
        ("Operation", "API", "Call", "Rate", "Scope"),
        [(row.name, f"{row.api} {row.version}", f"{row.method} {row.path}", _rate(row), _scope(row)) for row in rows],
        empty=f"No operation has {word!r} in its name, API or path.",
    )


def rate_words(rate: Rate | None) -> str:
    """A usage plan as people read it."""
    return "not published" if rate is None else f"{rate.per_second:g}/s, burst {rate.burst}"


def _row(entry: Entry) -> Row:
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
    )


def _rate(row: Row) -> str:
    return "" if row.rate is None else f"{row.rate:g}/s {row.burst}"


def _scope(row: Row) -> str:
    return short([row.scope])[0] + (" (deprecated)" if row.deprecated else "")
