"""A list that the market gave: a table for people, JSON or CSV for programs."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.shown.printing import print_json, print_table
from sellingpartner.cli.shown.writing import Data
from sellingpartner.contract.message import Message


@dataclass(frozen=True)
class Printed:
    """How a list is printed."""

    to: Connection
    csv: bool = field(kw_only=True)

    def show(self, answer: Message, columns: Sequence[str], rows: Sequence[Sequence[object]], *, empty: str) -> None:
        """Print what was answered; raises `CannotDo` if two forms are asked for."""
        if self.to.json and self.csv:
            message = "--json and --csv do not go together; leave one of them out."
            raise CannotDo(message)
        if self.to.json:
            print_json(answer)
        elif self.csv:
            writer = csv.writer(Data(), lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([[_cell(value) for value in row] for row in rows])
        else:
            print_table(columns, rows, empty=empty)


def _cell(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else value
