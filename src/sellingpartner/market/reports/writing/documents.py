"""What a family gave, as a document: its pieces, its content type, how many rows it has and whether it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec

from sellingpartner.contract.report_types import Format
from sellingpartner.market.reports.kinds import Content, Listed, Pages, ReportKind, Rows, Tree, Whole
from sellingpartner.market.reports.writing import flat, sheet, xml
from sellingpartner.market.reports.writing.charsets import coding_of

_JSON = "application/json; charset=UTF-8"
_XML = "text/xml; charset=UTF-8"
_NOTHING = object()


class Outgoing:
    """A document on its way; the rows are read when its pieces are, and counted as they go by."""

    def __init__(
        self, content_type: str, entries: Iterable[Any], written: Callable[[Iterator[Any]], Iterable[bytes]]
    ) -> None:
        self.content_type = content_type
        self.count = 0
        self._written = written
        following = iter(entries)
        first = next(following, _NOTHING)
        self.is_empty = first is _NOTHING
        self._entries = following if self.is_empty else chain([first], following)

    def pieces(self) -> Iterable[bytes]:
        """The bytes, once."""
        return self._written(self._counted())

    def _counted(self) -> Iterator[Any]:
        for entry in self._entries:
            self.count += 1
            yield entry


def outgoing(kind: ReportKind, marketplace_id: str, content: Content) -> Outgoing:
    """A document of what was given."""
    match content:
        case Rows():
            return _table(kind, marketplace_id, content)
        case Tree():
            return Outgoing(_XML, content.elements, lambda elements: xml.written(content, elements))
        case Whole():
            whole = () if content.value is None else (content.value,)
            return Outgoing(_JSON, whole, lambda values: (msgspec.json.encode(value) for value in values))
        case Listed():
            return Outgoing(_JSON, content.entries, lambda entries: _listed(content, entries))
        case Pages():
            return Outgoing(content.content_type, (content.content,) if content.content else (), lambda pages: pages)


def _table(kind: ReportKind, marketplace_id: str, table: Rows) -> Outgoing:
    if kind.said.format is Format.XLSX:
        return Outgoing(sheet.CONTENT_TYPE, table.rows, lambda rows: sheet.written(table.columns, rows))
    coding = coding_of(kind.charset, marketplace_id)
    is_csv = kind.said.format is Format.CSV
    write = flat.comma_separated if is_csv else flat.tab_separated
    return Outgoing(
        f"text/{'csv' if is_csv else 'plain'}; charset={coding.name}",
        table.rows,
        lambda rows: write(table.columns, rows, coding, is_quoted=table.is_quoted),
    )


def _listed(document: Listed, entries: Iterator[Any]) -> Iterator[bytes]:
    """An object whose last member is the list."""
    head = msgspec.json.encode(dict(document.head))[:-1]
    comma = b"," if document.head else b""
    yield head + comma + msgspec.json.encode(document.name) + b":["
    for number, entry in enumerate(entries):
        yield (b"," if number else b"") + msgspec.json.encode(entry)
    yield b"]}"
