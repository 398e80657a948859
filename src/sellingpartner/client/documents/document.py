"""A document on disk: what a report, a feed's result or a query came to."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, Literal, Self, TypeAlias, TypeVar, overload

import msgspec

from sellingpartner.client._answers.drift import Drift, Surprise
from sellingpartner.client.documents import _charset, _json, _table, _xml
from sellingpartner.client.documents._cells.cells import Cells
from sellingpartner.client.documents._cells.habits import habits_of
from sellingpartner.client.documents._conversion import Converter
from sellingpartner.client.documents._target import remove_temporary
from sellingpartner.client.documents.failures import CharsetWrong
from sellingpartner.contract.errors import InvalidInput

RowT = TypeVar("RowT", bound=msgspec.Struct)
AnyRow = TypeVar("AnyRow", bound=msgspec.Struct)

Form: TypeAlias = Literal["table", "json", "json lines", "xml", "binary"]

_BINARY = (b"PK\x03\x04", b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xd0\xcf\x11\xe0")
_LOOK = 1 << 20
_MAGIC = 8


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a document besides its bytes."""

    name: str
    """What its surprises are noted under: the report's type."""
    document_id: str
    report_id: str | None = None
    query_id: str | None = None
    report_type: str | None = None
    marketplace_ids: tuple[str, ...] = ()
    content_type: str = ""
    charset: str | None = None
    """The charset that the caller said."""
    form: Form | None = None
    next_token: str | None = None


class Document(Generic[RowT]):
    """A downloaded document. One that was given no path is in a temporary file and goes with this object.

    with client.reports.download("GET_MERCHANT_LISTINGS_ALL_DATA") as document:
        for row in document.rows():
            print(row["seller-sku"])
    """

    def __init__(self, path: Path, kind: type[RowT], facts: Facts, drift: Drift, *, is_temporary: bool) -> None:
        self.path = path
        self.document_id = facts.document_id
        self.report_id = facts.report_id
        self.query_id = facts.query_id
        self.report_type = facts.report_type
        self.marketplace_ids = facts.marketplace_ids
        self.next_token = facts.next_token
        """Where a query's next part begins, if this is not all of it."""
        self.content_type = facts.content_type
        """What it came with: `text/plain; charset=Cp1252`."""
        self._facts = facts
        self._kind = kind
        self._drift = drift
        self._remove = weakref.finalize(self, remove_temporary, path) if is_temporary else None

    @cached_property
    def charset(self) -> str:
        """What its text is written in: said by the caller, by a mark, by its Content-Type, or found out."""
        return self._facts.charset or _charset.charset_of(self.path, self.content_type, self.marketplace_ids)

    @cached_property
    def form(self) -> Form:
        """What kind of document it is, as its first bytes show."""
        if self._facts.form is not None:
            return self._facts.form
        with self.path.open("rb") as file:
            if file.read(_MAGIC).startswith(_BINARY):
                return "binary"
        text = _charset.beginning(self.path, self.charset, _LOOK).lstrip()
        if text[:1] == "<":
            return "xml"
        if text[:1] not in {"{", "["}:
            return "table"
        first, _, rest = text.partition("\n")
        return "json lines" if rest.lstrip()[:1] == "{" and _json.is_json(first) else "json"

    @property
    def size(self) -> int:
        """Bytes on disk, unpacked."""
        return self.path.stat().st_size

    def text(self) -> str:
        """All of it as text; raises `CharsetWrong` rather than give wrong letters."""
        return "".join(_charset.texts(self.path, self.charset))

    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """All of it as JSON."""
        return _json.whole(self.path, self.text())

    @overload
    def rows(self, *, of: str | None = None) -> Iterator[RowT]: ...
    @overload
    def rows(self, *, into: type[AnyRow], of: str | None = None) -> Iterator[AnyRow]: ...
    def rows(self, *, into: type[Any] | None = None, of: str | None = None) -> Iterator[Any]:
        """Its rows, one after the other, however many there are.

        `into` is a msgspec struct of your own; its fields are found by name (`amazon_order_id` is `amazon-order-id`).
        `of` names the list in a JSON document that holds several, or the element in an XML document.
        """
        habits = habits_of(self.marketplace_ids, self.report_type or self._facts.name)
        cells = Cells(habits, lambda column: self._texts_in(column, of))
        converter = Converter(into or self._kind, cells, self._note)
        for columns in self._columns(of):
            yield converter.row(columns if isinstance(columns, dict) else {"value": columns})

    def _texts_in(self, column: str, of: str | None) -> Iterator[str]:
        """A column from its first row to its last, for a cell that leaves open what it means."""
        for columns in self._columns(of):
            text = columns.get(column) if isinstance(columns, dict) else columns
            if isinstance(text, str):
                yield text

    def _columns(self, of: str | None) -> Iterator[object]:
        if of is not None and self.form not in {"json", "xml"}:
            raise InvalidInput(f"of={of!r} names a list in JSON or an element in XML; this document is {self.form}.")
        if not self.size:
            return iter(())
        if self.form == "table":
            return _table.rows(self.path, self.charset)
        if self.form == "xml":
            return _xml.rows(self.path, self.charset, of)
        if self.form == "json":
            return _json.list_rows(self.path, self.charset, of)
        if self.form == "json lines":
            return _json.line_rows(self.path, self.charset)
        raise InvalidInput(f"{self.path.name} is no text (a spreadsheet, an archive, a PDF); read it from its path.")

    def _note(self, column: str, what: str) -> None:
        self._drift.note(Surprise(self._facts.name, column, what))

    def close(self) -> None:
        """Remove the file, if it is a temporary one."""
        if self._remove is not None:
            self._remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Document {self._facts.name} at {self.path}>"


def readable(document: Document[RowT]) -> str:
    """A document's text for people to read, whatever letters it takes."""
    try:
        return document.text()
    except CharsetWrong:
        return _charset.forgiving(document.path.read_bytes(), document.marketplace_ids)
