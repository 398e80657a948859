"""How answers are shown: a table for people, JSON as the API sent it, CSV with the contract's columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from itertools import chain
from typing import Annotated

import msgspec
from cyclopts import Parameter

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.shown.printing import print_facts, print_line, print_table
from sellingpartner.cli.shown.shape import Shape, flat, flat_whole
from sellingpartner.cli.shown.writing import Data, print_aside, write_json
from sellingpartner.contract.json_values import Json
from sellingpartner.counted import counted

_MOST_COLUMNS = 8
_INDEX = re.compile(r"\.(\d+)(?=\.|\[|$)")


@Parameter(name="*", group="Output")
@dataclass(frozen=True)
class JsonOnly:
    """For what has one form for people and one for programs."""

    json: Annotated[bool, FLAG] = False
    "Print JSON, for programs."


@Parameter(name="*", group="Output")
@dataclass(frozen=True)
class Output:
    """How an answer is printed; a table unless said."""

    json: Annotated[bool, FLAG] = False
    "Print JSON as the API sent it; of several pages, an entry a line."
    csv: Annotated[bool, FLAG] = False
    "Print CSV: the contract's columns, nested ones as dotted names, lists as JSON in one cell."
    columns: str | None = None
    "The columns of the table or the CSV, separated by commas: OrderStatus,OrderTotal.Amount"

    def check(self, *shapes: Shape) -> None:
        """Raise `CannotDo` for what cannot be printed, before anything is called."""
        if self.json and (self.csv or self.columns):
            message = f"--json and {'--csv' if self.csv else '--columns'} do not go together; leave one of them out."
            raise CannotDo(message)
        if shapes and self.columns:
            self.chosen(*shapes)

    def chosen(self, *shapes: Shape) -> tuple[str, ...]:
        """The columns that were asked for; raises `CannotDo` for one that nothing of these shapes has."""
        names = self._names
        for name in names:
            if not any(shape.has(name) for shape in shapes):
                raise CannotDo(_no_column(name, [column for shape in shapes for column in shape.columns]))
        return names

    @property
    def _names(self) -> tuple[str, ...]:
        """What is asked for; the first entry of a list is `lines[0]`, or `lines.0` as in what is sent."""
        return tuple(_INDEX.sub(r"[\1]", name.strip()) for name in (self.columns or "").split(",") if name.strip())

    def of(self, shape: Shape) -> Output:
        """The same with those of the columns that this shape has."""
        return replace(self, columns=",".join(name for name in self._names if shape.has(name)))

    def show(self, answer: Json, body: bytes, shape: Shape) -> None:
        """One answer: `body` is what was sent, `answer` the same as values."""
        if self.json:
            print_json_text(body)
        elif self.csv:
            self.show_entries(shape.entries(answer), shape)
        elif answer is None:
            print_line("Done.")
        elif shape.is_list:
            self.show_entries(shape.entries(answer), shape)
        else:
            _show_record(shape.entries(answer), shape, self.chosen(shape))

    def show_record(self, record: Json, shape: Shape) -> None:
        """One record: all of it, or the columns that were asked for."""
        _show_record([record], shape, self.chosen(shape))

    def show_entries(self, entries: Iterable[Json], shape: Shape, usual: Sequence[str] = ()) -> None:
        """Entries of a list, each as soon as it is there; `usual` are the columns that people want to see."""
        if self.json:
            for entry in entries:
                _write_line(msgspec.json.encode(entry))
        elif self.csv:
            _write_csv(entries, shape, self.chosen(shape) or shape.columns)
        else:
            _show_table(list(entries), shape, self.chosen(shape) or tuple(usual))


def print_json_text(body: bytes) -> None:
    """JSON that was sent, made readable; nothing for an empty body."""
    if body.strip():
        _write_line(msgspec.json.format(body))


def note(text: str) -> None:
    """Tell the person at the terminal what is no part of the answer."""
    print_aside(text)


def _no_column(name: str, known: list[str]) -> str:
    inside = [column for column in known if column.startswith(f"{name}.")]
    alike = get_close_matches(name, known, 3, 0.5) or [one for one in known if name.casefold() in one.casefold()]
    near = (inside or alike)[:_MOST_COLUMNS]
    if near:
        return f"There is no column {name!r}; did you mean {' or '.join(near)}?"
    more = " and others" if len(known) > _MOST_COLUMNS else ""
    return f"There is no column {name!r}; there are {', '.join(known[:_MOST_COLUMNS])}{more}."


def _row(entry: Json, shape: Shape, columns: Sequence[str]) -> dict[str, Json]:
    """The values of an entry by their names, and those within its lists where columns name such."""
    inside = flat_whole(entry) if any("[" in name for name in columns) else ()
    return dict((*inside, *flat(entry, shape)))


def _show_table(entries: list[Json], shape: Shape, columns: tuple[str, ...]) -> None:
    rows = [_row(entry, shape, columns) for entry in entries]
    within = next((name for row in rows for name in _first_within(row)), None) if not columns else None
    left: tuple[str, ...] = ()
    if not columns:
        known = {name: None for name in shape.columns if any(row.get(name) is not None for row in rows)}
        others = dict.fromkeys(chain.from_iterable(rows))
        found = tuple(known | others)
        columns, left = found[:_MOST_COLUMNS], found[_MOST_COLUMNS:]
    print_table(columns, ([cell(row.get(name)) for name in columns] for row in rows), empty="Nothing was found.")
    if left:
        count = counted(len(left), "more column")
        note(f"{count}: --columns NAME,NAME chooses (such as {left[0]}), --csv and --json have all.")
    if within:
        note(f"--columns chooses within lists, too, such as {within}.")


def _first_within(row: Mapping[str, Json]) -> Iterator[str]:
    """What could be chosen within the lists of a row."""
    for name, value in row.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{name}[0].{next(iter(value[0]), '')}"


def _show_record(entries: list[Json], shape: Shape, chosen: tuple[str, ...]) -> None:
    if chosen:
        values = dict(fact for entry in entries for fact in (*flat_whole(entry), *flat(entry, shape)))
        print_facts([(name, cell(values.get(name))) for name in chosen])
    elif any(entries):
        for entry in entries:
            show_whole(entry)
    else:
        print_line("The answer is empty.")


def show_whole(record: Json) -> None:
    """Everything in a record, a line a value."""
    print_facts([(name, cell(value)) for name, value in flat_whole(record)])


def _write_csv(entries: Iterable[Json], shape: Shape, columns: Sequence[str]) -> None:
    writer = csv.writer(Data(), lineterminator="\n")
    writer.writerow(columns)
    for entry in entries:
        row = _row(entry, shape, columns)
        writer.writerow([cell(row.get(name)) for name in columns])


def cell(value: Json) -> str | float | Decimal | None:
    """A value as JSON writes it, but for texts and numbers, which are themselves."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return msgspec.json.encode(value).decode()
    return value


def _write_line(text: bytes) -> None:
    write_json(text)
