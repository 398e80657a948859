"""Reads what Amazon says of a feed, in whichever of its three languages: JSON, XML, or a flat file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

import msgspec

from sellingpartner.client.documents.feed_result import FeedMessage, FeedResult

_WARNINGS = frozenset({"warning", "warnung", "avertissement", "avviso", "advertencia", "waarschuwing", "警告"})
_NUMBER = re.compile(r"\t\s*(\d+)\s*$")
_RECORD, _SKU, _CODE, _TYPE, _MESSAGE = "original-record-number", "sku", "error-code", "error-type", "error-message"
_COLUMNS = (_RECORD, _SKU, _CODE, _TYPE, _MESSAGE)
_IDS = (_SKU, "order-id")


def result_of(feed_id: str, status: str, raw: bytes, text: str) -> FeedResult:
    """The result that a processing report tells; one that nobody can read is kept as it came."""
    begins = text.lstrip("\ufeff \t\r\n")[:1]
    read = _json if begins in {"{", "["} else _xml if begins == "<" else _flat_file
    try:
        counts, messages = read(raw, text)
    except (msgspec.DecodeError, ParseError, KeyError, TypeError, AttributeError, ValueError):
        counts, messages = (None, None, None), []
    processed, accepted, failed = counts
    return FeedResult(
        feed_id=feed_id,
        status=status,
        processed=processed,
        accepted=accepted,
        failed=failed,
        messages=tuple(messages),
        report=text,
    )


Counts = tuple[int | None, int | None, int | None]


def _json(raw: bytes, _: str) -> tuple[Counts, list[FeedMessage]]:
    """The listings feed's report, version 2."""
    report: dict[str, Any] = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    summary: dict[str, Any] = report.get("summary") or {}
    counts = (summary.get("messagesProcessed"), summary.get("messagesAccepted"), summary.get("messagesInvalid"))
    messages = [
        FeedMessage(
            severity=str(issue.get("severity") or "ERROR").upper(),
            text=str(issue.get("message") or ""),
            code=_text(issue.get("code")),
            message_id=_text(issue.get("messageId")),
            sku=_text(issue.get("sku")),
            attribute=_text(issue.get("attributeName")) or ", ".join(issue.get("attributeNames") or ()) or None,
        )
        for issue in report.get("issues") or ()
    ]
    return counts, messages


def _xml(raw: bytes, _: str) -> tuple[Counts, list[FeedMessage]]:
    """An envelope with a ProcessingReport."""
    report = fromstring(raw).find(".//ProcessingReport")  # noqa: S314 - Amazon's own, and expat refuses bombs
    if report is None:
        return (None, None, None), []
    counts = tuple(_count(report, name) for name in ("MessagesProcessed", "MessagesSuccessful", "MessagesWithError"))
    messages = [
        FeedMessage(
            severity=(result.findtext("ResultCode") or "Error").upper(),
            text=result.findtext("ResultDescription") or "",
            code=result.findtext("ResultMessageCode"),
            message_id=result.findtext("MessageID"),
            sku=result.findtext("AdditionalInfo/SKU"),
        )
        for result in report.iter("Result")
    ]
    return (counts[0], counts[1], counts[2]), messages


def _count(report: Element, name: str) -> int | None:
    found = report.findtext(f"ProcessingSummary/{name}")
    return int(found) if found else None


def _flat_file(_: bytes, text: str) -> tuple[Counts, list[FeedMessage]]:
    """A summary whose words are the seller's language, then a table of what went wrong.

    The first two numbers are how many records were processed and how many successfully.
    """
    lines = text.lstrip("\ufeff").splitlines()
    start = next((place for place, line in enumerate(lines) if _is_header(line)), len(lines))
    numbers = [int(found[1]) for line in lines[:start] if (found := _NUMBER.search(line))]
    processed, accepted = (numbers[0], numbers[1]) if len(numbers) > 1 else (None, None)
    failed = processed - accepted if processed is not None and accepted is not None else None
    header = lines[start].split("\t") if start < len(lines) else []
    names = header if _MESSAGE in header else list(_COLUMNS)
    return (processed, accepted, failed), list(_records(names, lines[start + 1 :]))


def _is_header(line: str) -> bool:
    """The table's first line; in every language it has as many columns as the table."""
    return line.startswith(_RECORD) or (line.count("\t") >= len(_COLUMNS) - 1 and not line.startswith("\t"))


def _records(names: list[str], lines: Iterable[str]) -> Iterable[FeedMessage]:
    for line in lines:
        if not line.strip():
            continue
        record = dict(zip(names, line.split("\t"), strict=False))
        yield FeedMessage(
            severity="WARNING" if record.get(_TYPE, "").strip().lower() in _WARNINGS else "ERROR",
            text=record.get(_MESSAGE, "").strip(),
            code=_text(record.get(_CODE)),
            message_id=_text(record.get(_RECORD)),
            sku=next((record[name] for name in _IDS if record.get(name)), None),
        )


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)
