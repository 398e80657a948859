"""A flat file's report: a summary whose words are the seller's language, then a table of what went wrong.

The first two numbers are how many records were processed and how many successfully. Of the table's columns the first
is the record's number, and the last three are code, severity and message, in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sellingpartner.client.documents._results.findings import Findings, count_of, severity_of, text_of
from sellingpartner.client.documents.feed_result import FeedMessage

_NUMBER = re.compile(r"\t\s*(\d[\d.,'\u2019\u00a0\u202f ]*)$")
_RECORD, _SKU, _CODE, _TYPE, _MESSAGE = "original-record-number", "sku", "error-code", "error-type", "error-message"
_ORDER = "order-id"
_LEAST = 5
_SHOWN = 120


def read(text: str) -> Findings:
    """What it says. Only a line feed ends a line: texts hold other breaks, and some hold line feeds, too."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    start = next((place for place, line in enumerate(lines) if _is_header(line)), len(lines))
    numbers = [count_of(found[1]) for line in lines[:start] if (found := _NUMBER.search(line.rstrip()))]
    processed, accepted = (numbers[0], numbers[1]) if len(numbers) > 1 else (None, None)
    messages = tuple(_messages(_names(lines[start]), lines[start + 1 :])) if start < len(lines) else ()
    if processed is None and accepted is None and not messages:
        return Findings(problem=f"The processing report holds neither counts nor a table: {text[:_SHOWN].strip()}")
    return Findings(processed=processed, accepted=accepted, messages=messages)


def _is_header(line: str) -> bool:
    """The table's first line; in every language it has as many columns as the table."""
    return line.startswith(_RECORD) or (line.count("\t") >= _LEAST - 1 and not line.startswith("\t"))


def _names(header: str) -> list[str]:
    """What the columns are called; in another language, by their places."""
    given = [name.strip().lower() for name in header.split("\t")]
    if _MESSAGE in given:
        return given
    middle = [_SKU, *[f"column {place}" for place in range(len(given) - _LEAST)]]
    return [_RECORD, *middle, _CODE, _TYPE, _MESSAGE]


def _messages(names: list[str], lines: Iterable[str]) -> Iterator[FeedMessage]:
    """A message for each record, with the lines below that belong to its text."""
    record: dict[str, str] = {}
    for line in lines:
        if _begins_record(line, names):
            if record:
                yield _message(record)
            record = dict(zip(names, line.split("\t"), strict=False))
        elif line.strip() or record:
            record[_MESSAGE] = f"{record.get(_MESSAGE, '')}\n{line}"
    if record:
        yield _message(record)


def _begins_record(line: str, names: list[str]) -> bool:
    """Whether a line is a record of its own: it has a number or nothing in front, and all columns up to the message."""
    fields = line.split("\t")
    first = fields[0].strip()
    return len(fields) >= len(names) - 1 > 1 and (not first or first.isdecimal())


def _message(record: dict[str, str]) -> FeedMessage:
    return FeedMessage(
        severity=severity_of(record.get(_TYPE)),
        text=record.get(_MESSAGE, "").strip(),
        code=text_of(record.get(_CODE)),
        message_id=text_of(record.get(_RECORD)),
        sku=text_of(record.get(_SKU)) or text_of(record.get(_ORDER)),
    )
