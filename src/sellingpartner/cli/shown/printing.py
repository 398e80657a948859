"""What commands print: tables and facts for people, JSON for programs. Whatever it holds, it is text to a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sellingpartner.terminal import harmless

_WIDE = 400


def print_json(answer: object) -> None:
    """An answer as the market gave it."""
    print_line(msgspec.json.format(msgspec.json.encode(answer)).decode())


def print_line(text: str) -> None:
    """A text as it is, whatever the width: it may be there to be copied."""
    _console().print(harmless(text, lines=True), soft_wrap=True)


def print_facts(facts: Iterable[tuple[str, object]]) -> None:
    """Names and values, a line each."""
    shown = [(harmless(name), value) for name, value in facts]
    width = max((len(name) for name, _ in shown), default=0)
    for name, value in shown:
        _console().print(Text(f"{name:<{width}} ", "dim"), _text(value), soft_wrap=True)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """Rows under their headings, or a sentence if there are none."""
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(Text(harmless(column)), overflow="fold")
    for row in rows:
        table.add_row(*map(_text, row))
    if table.row_count:
        _console().print(table)
    else:
        print_line(empty)


def _console() -> Console:
    """The output. What is shown comes from the market and may hold brackets: it is text, never markup."""
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = _WIDE  # programs such as grep want a row to be a line
    return console


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, list | tuple):
        return harmless(", ".join(map(str, value)))
    return "" if value is None else harmless(str(value))
