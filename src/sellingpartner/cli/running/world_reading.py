"""`spapi world diff` and `export`: what is in worlds, and what is not the same in two of them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Literal

from sellingpartner.cli.failures import CannotDo, NobodyThere
from sellingpartner.cli.parameters import FLAG
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.running.world_files import is_nobody_there, is_path, scrubbed, shelved
from sellingpartner.cli.shown.printing import print_json, print_line
from sellingpartner.cli.shown.writing import Data
from sellingpartner.contract.market_v1 import CompareWorlds, DifferentContext, WorldDifferences
from sellingpartner.counted import counted

_FEW = 10


def diff(world: str, other: str | None = None, *, limit: int = _FEW, to: Connection | None = None) -> None:
    """Say what differs between a world and another one, or the market that runs: counts, then the first of each kind.

    Args:
        world: A world's name, or a file.
        other: Another world; the running market unless said.
        limit: How many differences of each kind are told one by one.
        to: Which market.
    """
    to = to or Connection()
    found = _compared(world, other, limit, to)
    if to.json:
        print_json(found)
        return
    names = found.first.name, found.second.name
    print_line(
        f"{names[0]} is at {found.first.at:%Y-%m-%d %H:%M:%S}, {names[1]} at {found.second.at:%Y-%m-%d %H:%M:%S}."
    )
    for context in found.contexts:
        _tell(context, names)
    if not found.contexts:
        print_line("They are the same.")


def _tell(context: DifferentContext, names: tuple[str, str]) -> None:
    counts = (
        (context.first, f"only in {names[0]}"),
        (context.second, f"only in {names[1]}"),
        (context.changed, "changed"),
    )
    said = ", ".join(f"{counted(count, 'row')} {where}" for count, where in counts if count)
    print_line(f"\n{context.context.capitalize()}: {said}")
    where = {"first": f"only in {names[0]}", "second": f"only in {names[1]}", "changed": "changed"}
    for one in context.things:
        print_line(f"  {one.what} {where[one.where]}: {one.told}")


def _compared(world: str, other: str | None, limit: int, to: Connection) -> WorldDifferences:
    if other is None and is_nobody_there(to):
        message = "No market runs to hold it against; name another world."
        raise CannotDo(message)
    try:
        if other is None or not (is_path(world) or is_path(other)):
            return to.send(CompareWorlds(name=shelved(world, to), other=other, limit=limit))
    except NobodyThere:
        pass
    from sellingpartner.market.worlds.world import check_there, place_of  # noqa: PLC0415 - the server's weight
    from sellingpartner.server.control.running.worlds import differences  # noqa: PLC0415

    paths = [check_there(place_of(one)) for one in (world, other or "")]
    return differences(*paths, few=limit)


def export(
    world: str,
    *what: str,
    form: Literal["jsonl", "csv"] = "jsonl",
    folder: Path | None = None,
    scrub: Annotated[bool, FLAG] = False,
) -> None:
    """Write what is in a world as text, row by row: JSON Lines, or CSV.

    Args:
        world: A world's name, or a file.
        what: Contexts (orders, stock, money, ...) or tables; everything unless said.
        form: A line of JSON for each row, or CSV: then one table, or a folder.
        folder: Write a file for each table there; else all of it is printed.
        scrub: Put stand-ins in the place of personal data.
    """
    from sellingpartner.market.worlds.exporting import csv_lines, json_lines, tables_of  # noqa: PLC0415
    from sellingpartner.market.worlds.loading import readable  # noqa: PLC0415 - the server's weight
    from sellingpartner.market.worlds.world import check_there, place_of  # noqa: PLC0415

    tables = tables_of(what)
    if form == "csv" and folder is None and len(tables) > 1:
        message = f"CSV is one table; name one of {', '.join(tables[:5])}, ..., or a --folder for a file of each."
        raise CannotDo(message)
    path = check_there(place_of(world))
    with scrubbed(path) if scrub else nullcontext(path) as chosen, readable(chosen) as file:
        for table in tables if folder is not None or form == "csv" else ():
            lines = csv_lines(file, table) if form == "csv" else json_lines(file, [table])
            _write(lines, None if folder is None else folder / f"{table}.{form}")
        if folder is None and form == "jsonl":
            _write(json_lines(file, tables), None)
    if folder is not None:
        print_line(f"{counted(len(tables), 'file')} in {folder}")


def _write(lines: Iterable[str], path: Path | None) -> None:
    if path is None:
        out = Data()
        for line in lines:
            out.write(line)
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError as reason:
        message = f"{path} cannot be written: {reason.strerror}."
        raise CannotDo(message) from reason
