"""Makes typed rows of columns, leniently: what does not convert stays out and is noted, and nothing raises.

But for a header of which nothing is known: rows without any value would look like an empty shop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar, get_args, get_type_hints

import msgspec

from sellingpartner.client._answers import lenient
from sellingpartner.client.documents._cells.cells import Cells, Unread
from sellingpartner.client.documents._headers import Header, is_foreign, refuse
from sellingpartner.client.documents.row import Row
from sellingpartner.contract.fields import bare

RowT = TypeVar("RowT", bound=msgspec.Struct)
Note: TypeAlias = Callable[[str, str], None]
"""Takes the column and what is surprising about it."""
Read: TypeAlias = Callable[[str, str], object]
"""What a cell's text in a column means, or `Unread`."""

_COLUMNS = "columns"


class _Field:
    def __init__(self, info: msgspec.structs.FieldInfo, hint: object) -> None:
        self.name, self.wire_name = info.name, info.encode_name
        self.type: object = bare(hint)
        self.is_optional = type(None) in get_args(hint)
        self.is_required = info.required
        self.is_text = self.type is str or self.type is Any


class Converter(Generic[RowT]):
    """Makes rows of one type."""

    def __init__(self, kind: type[RowT], cells: Cells, note: Note) -> None:
        self._kind = kind
        self._cells = cells
        self._note = note
        self._readers: dict[object, Read] = {
            int: cells.whole,
            Decimal: cells.number,
            float: cells.fraction,
            bool: cells.truth,
            datetime: cells.moment,
            date: cells.day,
        }
        hints = get_type_hints(kind)
        self._keeps_columns = issubclass(kind, Row)
        self._report_types: tuple[str, ...] = getattr(kind, "report_types", ())
        self._fields = [
            _Field(info, hints[info.name])
            for info in msgspec.structs.fields(kind)
            if not (self._keeps_columns and info.name == _COLUMNS)
        ]
        self._header: tuple[str, ...] | None = None
        self._texts: list[tuple[str, str, bool]] = []
        self._others: list[tuple[_Field, str, Read | None]] = []
        self._blank: dict[str, object] = {}

    def row(self, columns: Mapping[str, object]) -> RowT:
        """One row."""
        header = tuple(columns)
        if header != self._header:
            self._bind(header)
        built: dict[str, object] = dict(self._blank)
        if self._keeps_columns:
            built[_COLUMNS] = columns
        for name, column, is_optional in self._texts:
            given = columns[column]
            if type(given) is not str:
                given = lenient.value(str, given, column, self._note)
            built[name] = None if given == "" and is_optional else given
        for field, column, read in self._others:
            built[field.name] = self._value(field, read, column, columns[column])
        return self._kind(**built)

    def _bind(self, names: tuple[str, ...]) -> None:
        """Find each field's column."""
        header = Header(names, self._report_types)
        places = [(field, header.column(field.wire_name, field.name)) for field in self._fields]
        known = [column for _, column in places if column is not None]
        is_first = self._header is None
        if is_first and self._fields and names:
            is_lost = is_foreign(len(known), len(names), len(places)) if self._report_types else not known
            if is_lost:
                raise refuse(header, [field.wire_name for field in self._fields], self._kind.__name__)
        self._header = names
        self._texts = [
            (field.name, column, field.is_optional) for field, column in places if column and field.type is str
        ]
        self._others = [
            (field, column, self._reader(field))
            for field, column in places
            if column is not None and field.type is not str
        ]
        self._blank = {
            field.name: "" if field.type is str and not field.is_optional else None
            for field, column in places
            if column is None and field.is_required
        }
        self._note_unlike(places, names)

    def _note_unlike(self, places: list[tuple[_Field, str | None]], names: tuple[str, ...]) -> None:
        for field, column in places:
            if column is None and (field.is_required or self._report_types):
                self._note(field.wire_name, "missing column")
        if self._report_types:
            known = {column for _, column in places}
            for name in names:
                if name not in known:
                    self._note(name, "unknown column")

    def _reader(self, field: _Field) -> Read | None:
        if isinstance(field.type, type) and issubclass(field.type, Enum):
            return self._member_of(field.type)
        return self._readers.get(field.type)

    def _value(self, field: _Field, read: Read | None, column: str, given: object) -> object:
        if not isinstance(given, str):
            return lenient.value(field.type, given, column, self._note)
        if field.is_text:
            return None if not given and field.is_optional else given
        if not given or self._cells.is_nothing(given):
            return None
        found = read(given, column) if read else Unread(f"text that is no {field.type}")
        if isinstance(found, Unread):
            self._note(column, found.why)
            return None
        if isinstance(found, datetime) and found.tzinfo is None:
            self._note(column, "no time zone")
            return found.replace(tzinfo=UTC)  # Assumed: a time in Amazon's reports that names no zone is in UTC
        return found

    @staticmethod
    def _member_of(kind: type[Enum]) -> Read:
        members: Mapping[object, Enum] = {member.value: member for member in kind}

        def read(text: str, _: str) -> object:
            try:
                return members.get(text) or kind(text)
            except ValueError:
                return Unread("text that is none of the values")

        return read
