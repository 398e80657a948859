"""Makes typed rows of columns, leniently: what does not convert stays out and is noted, and nothing raises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar, get_args, get_type_hints

import msgspec

from sellingpartner.client._answers import lenient
from sellingpartner.client.documents import _values
from sellingpartner.client.documents.row import Row
from sellingpartner.contract.fields import bare
from sellingpartner.contract.published.names import snake

RowT = TypeVar("RowT", bound=msgspec.Struct)
Note = Callable[[str, str], None]
"""Takes the column and what is surprising about it."""

_READERS: dict[Any, Callable[[str], Any]] = {
    int: _values.whole,
    Decimal: _values.number,
    float: _values.fraction,
    bool: _values.truth,
    datetime: _values.moment,
    date: _values.day,
}
_NAMES = {int: "whole number", Decimal: "number", bool: "yes or no", datetime: "moment", date: "day", float: "number"}
_COLUMNS = "columns"


class _Field:
    def __init__(self, info: msgspec.structs.FieldInfo, hint: Any) -> None:  # noqa: ANN401 - a field's type
        self.name, self.wire_name = info.name, info.encode_name
        self.type = bare(hint)
        self.is_optional = type(None) in get_args(hint)
        self.default = None if info.default is msgspec.NODEFAULT else info.default
        self.is_required = info.required


class Converter(Generic[RowT]):
    """Makes rows of one type."""

    def __init__(self, kind: type[RowT], note: Note) -> None:
        self._kind = kind
        self._note = note
        hints = get_type_hints(kind)
        self._keeps_columns = issubclass(kind, Row)
        self._is_known = bool(getattr(kind, "report_types", ()))
        self._fields = [
            _Field(info, hints[info.name])
            for info in msgspec.structs.fields(kind)
            if not (self._keeps_columns and info.name == _COLUMNS)
        ]
        self._header: tuple[str, ...] | None = None
        self._places: list[tuple[_Field, str | None]] = []

    def row(self, columns: dict[str, Any]) -> RowT:
        """One row."""
        header = tuple(columns)
        if header != self._header:
            self._bind(header)
        built: dict[str, Any] = {_COLUMNS: columns} if self._keeps_columns else {}
        for field, column in self._places:
            if column is not None:
                built[field.name] = self._value(field, column, columns[column])
            elif field.is_required:
                built[field.name] = None if field.is_optional else self._empty(field)
        return self._kind(**built)

    def _bind(self, header: tuple[str, ...]) -> None:
        """Find each field's column: by the very name, else by the name as Python would write it."""
        self._header = header
        by_name = {snake(column): column for column in reversed(header)}
        self._places = []
        for field in self._fields:
            column = field.wire_name if field.wire_name in header else by_name.get(field.name.rstrip("_"))
            self._places.append((field, column))
            if column is None and (field.is_required or self._is_known):
                self._note(field.wire_name, "missing column")
        if self._is_known:
            known = {column for _, column in self._places}
            for column in header:
                if column not in known:
                    self._note(column, "unknown column")

    def _value(self, field: _Field, column: str, given: Any) -> Any:  # noqa: ANN401 - a cell, and what it means
        if not isinstance(given, str):
            return lenient.value(field.type, given, column, self._note)
        if field.type is str or field.type is Any:
            return None if not given and field.is_optional else given
        if not given.strip():
            return None
        if isinstance(field.type, type) and issubclass(field.type, Enum):
            return self._member(field, column, given)
        return self._read(field, column, given)

    def _read(self, field: _Field, column: str, given: str) -> Any:  # noqa: ANN401 - what a cell means
        read = _READERS.get(field.type)
        found = read(given) if read else None
        if found is None:
            self._note(column, f"text that is no {_NAMES.get(field.type, field.type)}")
        elif isinstance(found, datetime) and found.tzinfo is None:
            self._note(column, "no time zone")
            return found.replace(tzinfo=UTC)  # Assumed: a time in Amazon's reports that names no zone is in UTC
        return found

    def _member(self, field: _Field, column: str, given: str) -> Any:  # noqa: ANN401 - an enumeration's member
        try:
            return field.type(given)
        except ValueError:
            self._note(column, "text that is none of the values")
            return None

    def _empty(self, field: _Field) -> Any:  # noqa: ANN401 - a value of the field's type, or None
        return "" if field.type is str else None
