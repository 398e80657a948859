"""A row of a report: typed fields where the report is known, and every column as it came."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any, ClassVar

import msgspec


class Row(msgspec.Struct, kw_only=True):
    """A row of any report: `row["amazon-order-id"]`. Rows of the reports in `known_rows` have typed fields, too."""

    report_types: ClassVar[tuple[str, ...]] = ()
    """The reports whose rows these are; `client.reports.download` takes the class in place of the first."""

    columns: dict[str, Any]
    """Every column under its own name, those that nobody knows yet among them: text, but for JSON and XML."""

    def __getitem__(self, column: str) -> Any:  # noqa: ANN401 - text, or whatever JSON holds
        return self.columns[column]

    def __contains__(self, column: object) -> bool:
        return column in self.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def get(self, column: str, default: Any = None) -> Any:  # noqa: ANN401 - see __getitem__
        """A column, or the default where there is none of that name."""
        return self.columns.get(column, default)

    def keys(self) -> KeysView[str]:
        """The names of the columns."""
        return self.columns.keys()

    def values(self) -> ValuesView[Any]:
        """What is in the columns."""
        return self.columns.values()

    def items(self) -> ItemsView[str, Any]:
        """Names and what is in them."""
        return self.columns.items()


Mapping.register(Row)
