"""A flat file: fields between tabs, a record a line, under a head of one to three lines.

The head is the names of the columns; a template's has a line that begins with `TemplateType=` above them, and may have
a line of names in the seller's language between the two. The charset is the one that the content type names, unless
the file begins with a byte order mark.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sellingpartner.counted import counted
from sellingpartner.market.feeds.kinds import FeedFile, Finding, Message, Refused, Severity

MISSING_COLUMN, UNKNOWN_COLUMN = "90012", "90061"
# Assumed: the codes of a file in another charset than it says, and of a line that has more fields than the head.
WRONG_CHARSET, BROKEN_LINE = "90057", "90057"
_TEMPLATE = "TemplateType="
_HEAD_LINES = 3
_LONGEST_LINE = 64 * 1024
_MOST_BLANK = 1_048_576
"""Assumed: of blank lines a file has no more than a spreadsheet has rows."""
_SHOWN = 200
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODECS = {"shift_jis": "cp932", "shift-jis": "cp932", "iso-8859-1": "cp1252", "latin1": "cp1252"}
_UTF_8 = "utf-8"


class Columns(NamedTuple):
    """Which columns a type of file has."""

    required: tuple[str, ...]
    optional: tuple[str, ...]


class Record(dict[str, str]):
    """A line's fields by their columns; a column that is not there is empty."""

    def __missing__(self, key: str) -> str:
        return ""


def records(file: FeedFile, columns: Columns) -> Iterator[Message]:
    """The records of a file, counted from 1; raises `Refused` for one that has none of the type's form.

    What is said of the file as a whole and stops nothing comes with the first record.
    """
    lines = lines_of(file)
    names, of_head = _head(lines, columns)
    number = blank = 0
    for line in lines:
        if not line.strip():
            blank += 1
            if blank > _MOST_BLANK:
                raise Refused(_of_file(f"The file has more than {_MOST_BLANK:,} blank lines."))
            continue
        number += 1
        fields = [field.strip() for field in line.split("\t", len(names))]
        if any(fields[len(names) :]):
            yield Message(number, None, (*of_head, _broken(line.count("\t") + 1, names)))
        else:
            yield Message(number, Record(zip(names, fields, strict=False)), of_head)
        of_head = ()


def _head(lines: Iterator[str], columns: Columns) -> tuple[list[str], tuple[Finding, ...]]:
    """The names of the columns, and what is to be said of them."""
    first = next(lines, "")
    names = _names(first)
    if first.startswith(_TEMPLATE):
        for _ in range(_HEAD_LINES - 1):
            names = _names(next(lines, ""))
            if columns.required[0] in names:
                break
    known = {*columns.required, *columns.optional}
    unknown = [
        Finding(
            code=UNKNOWN_COLUMN,
            severity=Severity.WARNING,
            text=f"The {name[:_SHOWN]} field heading is invalid, so values in this field were ignored. To correct this "
            "error, download the template again and use the new copy, or fix the field heading in your existing file.",
        )
        for name in names
        if name and name not in known
    ]
    missing = [
        Finding(
            code=MISSING_COLUMN,
            severity=Severity.FATAL,
            text=f"The required {name} field is missing from the file. To correct this error, download the template "
            "again and use the new copy, or insert the required field into your existing file.",
        )
        for name in columns.required
        if name not in names
    ]
    if missing:
        raise Refused(*missing, *unknown)
    return names, tuple(unknown)


def _names(line: str) -> list[str]:
    return [name.strip().lower() for name in line.rstrip("\r\n").split("\t")]


def _broken(fields: int, names: Sequence[str]) -> Finding:
    return Finding(
        code=BROKEN_LINE,
        text=f"The line has {counted(fields, 'field')}, and the head of the file names {len(names)}.",
    )


def lines_of(file: FeedFile) -> Iterator[str]:
    """The lines of a file, without their ends; raises `Refused` where it is in another charset than it says."""
    left = ""
    for text in _decoded(file):
        *whole, left = (left + text).split("\n")
        for line in whole:
            yield _bounded(line)
        _bounded(left)
    if left:
        yield left


def _bounded(line: str) -> str:
    if len(line) > _LONGEST_LINE:
        raise Refused(_of_file(f"A line has more than {_LONGEST_LINE} characters."))
    return line


def _decoded(file: FeedFile) -> Iterator[str]:
    pieces = file.pieces()
    first = next(pieces, b"")
    codec, begins = _codec(file.content_type, first)
    try:
        decoder = codecs.getincrementaldecoder(codec)()
        yield decoder.decode(first[begins:])
        for piece in pieces:
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as reason:
        raise Refused(_of_file(f"The file is not in the charset that it says, {codec}: {reason.reason}.")) from reason


def _codec(content_type: str, first: bytes) -> tuple[str, int]:
    """How the file is read, and where behind its byte order mark it begins."""
    for mark, codec in _MARKS:
        if first.startswith(mark):
            return codec, len(mark)
    said = content_type.lower().partition("charset=")[2].partition(";")[0].strip().strip('"')
    try:
        found = codecs.lookup(_CODECS.get(said, said or _UTF_8))
    except LookupError as reason:
        raise Refused(_of_file(f"Nobody knows the charset {said[:40]!r}.")) from reason
    if not getattr(found, "_is_text_encoding", True):
        raise Refused(_of_file(f"{said[:40]!r} is no charset."))
    return found.name, 0


def _of_file(text: str) -> Finding:
    return Finding(code=WRONG_CHARSET, text=text, severity=Severity.FATAL)


def parsed(file: FeedFile, columns: Columns, parse: Callable[[Record], Any]) -> Iterator[Message]:
    """The records of a file as what they say; raises `Refused` for one that has none of the type's form."""
    for record in records(file, columns):
        if record.body is None:
            yield record
            continue
        try:
            yield Message(record.number, parse(record.body), record.faults)
        except Refused as reason:
            yield Message(record.number, None, (*record.faults, *reason.findings))
