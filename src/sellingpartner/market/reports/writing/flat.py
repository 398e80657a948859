"""Tables as text: fields between tabs or commas, a row a line, ended as Windows ends lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sellingpartner.market.reports.writing.charsets import Coding

_PIECE = 64 * 1024
_BREAKS = str.maketrans({"\t": " ", "\r": " ", "\n": " "})


def tab_separated(
    columns: Sequence[str], rows: Iterable[Sequence[str]], coding: Coding, *, is_quoted: bool = False
) -> Iterator[bytes]:
    """A table with tabs. A tab or a line break within a field would be another field or row: it becomes a blank.

    Assumed: quotation marks in a tab-separated report are data, and nothing is quoted unless everything is.
    """

    def line(fields: Sequence[str]) -> str:
        if not is_quoted:
            text = "\t".join(fields)
            if text.count("\t") == len(fields) - 1 and "\n" not in text and "\r" not in text:
                return text  # as nearly every line is: nothing in it is to be made a blank
        clean = (field.translate(_BREAKS) for field in fields)
        if is_quoted:
            clean = ('"' + field.replace('"', '""') + '"' for field in clean)
        return "\t".join(clean)

    return _pieces(columns, rows, line, coding)


def comma_separated(
    columns: Sequence[str], rows: Iterable[Sequence[str]], coding: Coding, *, is_quoted: bool = False
) -> Iterator[bytes]:
    """A table with commas; a field that holds one, a quotation mark or a line break stands in quotation marks."""

    def field(text: str) -> str:
        if is_quoted or any(sign in text for sign in ',"\r\n'):
            return '"' + text.replace('"', '""') + '"'
        return text

    def line(fields: Sequence[str]) -> str:
        return ",".join(map(field, fields))

    return _pieces(columns, rows, line, coding)


def _pieces(
    columns: Sequence[str], rows: Iterable[Sequence[str]], line: Callable[[Sequence[str]], str], coding: Coding
) -> Iterator[bytes]:
    kept = [line(columns)]
    size = 0
    for row in rows:
        text = line(row)
        kept.append(text)
        size += len(text)
        if size >= _PIECE:
            yield _encoded(kept, coding)
            kept, size = [], 0
    if kept:
        yield _encoded(kept, coding)


def _encoded(lines: list[str], coding: Coding) -> bytes:
    """What the charset cannot say is a question mark."""
    return ("\r\n".join(lines) + "\r\n").encode(coding.codec, errors="replace")
