"""A table as a sheet of Excel, row by row into a file of its own, and out of that piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile

_PIECE = 256 * 1024

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The workbook; what looks like a formula is text in it."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - a library of its own weight, for those reports alone

    with TemporaryFile() as file:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(file, options) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, columns)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, row)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
