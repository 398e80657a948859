"""`spapi contract`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import App

from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.shown.printing import print_json, print_line
from sellingpartner.contract.message import Message

app = App(name="contract", help="What this version knows of Amazon's API.")


class Difference(Message):
    """One difference between the contract and a newer model."""

    api: str
    what: str
    where: str
    how: str
    before: str
    after: str


class Differences(Message):
    """All of them."""

    changes: list[Difference]


@app.command
def diff(folder: Path, *, json: Annotated[bool, FLAG] = False) -> None:
    """Say what differs between the contract and a folder of models that Amazon published.

    Args:
        folder: The models, a folder an API, as in Amazon's repository.
        json: Print JSON, for programs.
    """
    # Here and not above: it imports the contract of every API, which no other command needs.
    from sellingpartner.contract.published.diff import changes  # noqa: PLC0415

    try:
        found = changes(folder)
    except (OSError, msgspec.DecodeError, ValueError) as reason:
        raise CannotDo(str(reason)) from reason
    if json:
        print_json(Differences(changes=[msgspec.convert(one, Difference, from_attributes=True) for one in found]))
        return
    for change in found:
        print_line(str(change))
    if not found:
        print_line("Nothing differs.")
