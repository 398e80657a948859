"""Rows of tab-delimited and comma-separated documents, a dict a row, read as they are asked for.

A quotation mark means nothing in most of Amazon's tab-delimited files: a title may begin with one and never end it.

Assumed: report files that put fields in quotation marks (the ledger's) put their header in them, too.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from sellingpartner.client.documents._charset import lines
from sellingpartner.client.documents.failures import DocumentDamaged


def rows(path: Path, charset: str) -> Iterator[dict[str, str]]:
    """Every row, its columns under the header's names."""
    read = lines(path, charset)
    first = next((line for line in read if line.strip()), None)
    if first is None:
        return
    delimiter = "\t" if "\t" in first or "," not in first else ","
    records = _records(chain((first,), read), delimiter, quoted=delimiter == "," or _is_quoted(first))
    header = _distinct(next(records))
    width = len(header)
    for record in records:
        if len(record) == width:
            yield dict(zip(header, record, strict=True))
        elif any(record):
            yield _uneven(header, record)


def _records(read: Iterator[str], delimiter: str, *, quoted: bool) -> Iterator[list[str]]:
    if not quoted:
        for line in read:
            yield line.rstrip("\r\n").split(delimiter)
        return
    reader = csv.reader(read, delimiter=delimiter)
    while True:
        try:
            record = next(reader, None)
        except csv.Error as wrong:
            advice = "; csv.field_size_limit(...) allows for larger fields" if "limit" in str(wrong) else ""
            raise DocumentDamaged(f"Line {reader.line_num} cannot be read: {wrong}{advice}.") from None
        if record is None:
            return
        if record:
            yield record


def _is_quoted(line: str) -> bool:
    fields = line.rstrip("\r\n").split("\t")
    return all(len(field) > 1 and field[0] == field[-1] == '"' for field in fields)


def _distinct(header: list[str]) -> list[str]:
    """Names that differ: a second column of a name is `name_2`."""
    seen: dict[str, int] = {}
    names = []
    for name in (given.strip() for given in header):
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return names


def _uneven(header: list[str], record: list[str]) -> dict[str, str]:
    """A row with fewer fields than the header has none in its last columns; further ones get a column of their own."""
    row = dict(zip(header, chain(record, [""] * (len(header) - len(record))), strict=False))
    for place, field in enumerate(record[len(header) :], start=len(header) + 1):
        if field:
            row[f"column_{place}"] = field
    return row
