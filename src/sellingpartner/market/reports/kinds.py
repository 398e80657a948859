"""What a type of report is, and the register of those that the market can make.

    @report("GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", window=Window(required=True, most_days=30))
    def by_order_date(unit: UnitOfWork, asked: Asked) -> Rows: ...

How a type is written, how it comes about and who may have it is known to the contract (`contract/report_types.py`).
A family's module is imported when one of its types is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from sellingpartner.contract.report_types import REPORT_TYPES, ReportType
from sellingpartner.market.documents.families import Families
from sellingpartner.market.reports.asked import Asked
from sellingpartner.storage.unit import UnitOfWork

UNAVAILABLE = "The requested data is unavailable. Please try a different date range"
"""What Amazon says in the document of a report that cannot be about that time."""


class Empty(StrEnum):
    """How a report ends for which there is nothing to tell."""

    CANCELLED = "CANCELLED"
    HEADER = "HEADER"
    """It is done, and holds its columns alone, or a root without children."""
    FATAL = "FATAL"


class Charset(StrEnum):
    """By which rule a report's charset follows from its marketplace (`writing/charsets.py`)."""

    LISTINGS = "LISTINGS"
    OTHER = "OTHER"
    UTF8 = "UTF8"


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """What a type says of the period that it is about; without any, the period is ignored: it tells the present."""

    required: bool = False
    """Whether the caller has to say when it begins."""
    most_days: int | None = None
    """How long it may be."""
    oldest_days: int | None = None
    """How long ago it may begin."""
    default_days: int = 30
    """How long it is where the caller does not say."""


class Repeats(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a report that was asked for not long before."""

    minutes: int
    same_document: bool = False
    """Whether the document of the one before is given again; else the later one is cancelled."""


class Rows(msgspec.Struct, frozen=True):
    """A table: its columns, and its rows one by one."""

    columns: Sequence[str]
    rows: Iterable[Sequence[str]]
    is_quoted: bool = False
    """Whether every field stands in quotation marks."""


class Inner(msgspec.Struct, frozen=True):
    """An element around a long list of others, and what stands in it before them."""

    name: str
    head: Sequence[Any] = ()


class Tree(msgspec.Struct, frozen=True):
    """An XML document: the start of its root, and what stands in that, one by one."""

    root: str
    elements: Iterable[Any]
    """Elements of lxml."""
    attributes: Mapping[str, str] = {}
    namespaces: Mapping[str | None, str] = {}
    head: Sequence[Any] = ()
    """What stands in the root before all else."""
    within: Sequence[Inner] = ()
    """Elements, each in the one before, in the last of which the list stands; none where that is the root."""


class Whole(msgspec.Struct, frozen=True):
    """A document of JSON that fits into memory."""

    value: object


class Pages(msgspec.Struct, frozen=True):
    """A document that is written already, such as a PDF."""

    content: bytes
    content_type: str


class Listed(msgspec.Struct, frozen=True):
    """A document of JSON with one long list: what stands before it, its name, its entries one by one."""

    head: Mapping[str, object]
    name: str
    entries: Iterator[object]


Content = Rows | Tree | Whole | Pages | Listed
Make = Callable[[UnitOfWork, Asked], Content]


class ReportUnavailable(Exception):
    """The report cannot be made of what was asked: it ends FATAL, and the text is in its document."""


class ReportKind(msgspec.Struct, frozen=True, kw_only=True):
    """A report type that the market makes."""

    said: ReportType
    """What the contract says of it."""
    make: Make
    window: Window | None
    option_windows: Mapping[str, Window]
    """What an option that is `true` makes of the period."""
    empty: Empty
    charset: Charset
    options: Mapping[str, tuple[str, ...] | None]
    """What reportOptions it knows, with their values; None is any text."""
    repeats: Repeats | None
    days_kept: int
    slot: str | None
    """The schedule's slot that it shares with another type."""
    is_of_console: bool
    """Whether a seller has it made in Seller Central, though no operation asks for it."""
    countries: frozenset[str] | None
    """In which countries' marketplaces there is such a report; None where it is in all."""

    @property
    def name(self) -> str:
        """The type's name."""
        return self.said.name

    def window_by(self, options: Mapping[str, str]) -> Window | None:
        """What is said of the period where these options are given."""
        meant = (window for name, window in self.option_windows.items() if options.get(name) == "true")
        return next(meant, self.window)


_families: Families[ReportKind] = Families("sellingpartner.market.reports.families")
made_types = _families.made_types
why_not = _families.why_not
kind_of = _families.kind_of


def report(
    name: str,
    *,
    window: Window | None = None,
    option_windows: Mapping[str, Window] | None = None,
    empty: Empty = Empty.HEADER,
    charset: Charset = Charset.OTHER,
    options: Mapping[str, tuple[str, ...] | None] | None = None,
    repeats: Repeats | None = None,
    days_kept: int = 90,
    slot: str | None = None,
    is_of_console: bool = False,
    countries: Iterable[str] | None = None,
) -> Callable[[Make], Make]:
    """Name the function that makes a type of report; one function may make several."""

    def register(function: Make) -> Make:
        kind = ReportKind(
            said=REPORT_TYPES[name],
            make=function,
            window=window,
            option_windows=option_windows or {},
            empty=empty,
            charset=charset,
            options=options or {},
            repeats=repeats,
            days_kept=days_kept,
            slot=slot,
            is_of_console=is_of_console,
            countries=None if countries is None else frozenset(countries),
        )
        _families.add(name, kind)
        return function

    return register
