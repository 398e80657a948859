"""An envelope with a ProcessingReport: read as XML, or where it is not well-formed, element by element."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from xml.etree.ElementTree import Element, ParseError, fromstring

from sellingpartner.client.documents._results.findings import Findings, count_of, severity_of, text_of
from sellingpartner.client.documents.feed_result import FeedMessage

REPORT = "ProcessingReport"

_PROCESSED, _ACCEPTED, _FAILED = "MessagesProcessed", "MessagesSuccessful", "MessagesWithError"
_WARNED = "MessagesWithWarning"
_COUNTS = (_PROCESSED, _ACCEPTED, _FAILED, _WARNED)
_RESULT = "Result"
_PARTS = ("ResultCode", "ResultDescription", "ResultMessageCode", "MessageID", "SKU")
_SHOWN = 120

Values = Mapping[str, str]


def read(text: str) -> Findings:
    """What it says; of a report that is not well-formed, the counts and messages that can be told apart."""
    try:
        root = fromstring(text)  # noqa: S314 - Amazon's own, and expat refuses bombs
    except (ParseError, ValueError, RecursionError) as wrong:
        if f"{REPORT}>" not in text and f"{REPORT} " not in text:
            return Findings(problem=f"The processing report is no XML that holds one ({wrong}): {text[:_SHOWN]}")
        return _findings(
            {name: list(_scanned(name, text)) for name in _COUNTS},
            [{name: next(_scanned(name, part), "") for name in _PARTS} for part in _results(text)],
        )
    reports = [element for element in root.iter() if _plain(element) == REPORT]
    if not reports:
        return Findings(problem=f"The processing report is XML without a {REPORT}: {text[:_SHOWN]}")
    elements = [element for report in reports for element in report.iter()]
    return _findings(
        {name: [_text(element) for element in elements if _plain(element) == name] for name in _COUNTS},
        [
            {_plain(part): _text(part) for part in reversed(list(element.iter()))}
            for element in elements
            if _plain(element) == _RESULT
        ],
    )


def _findings(counts: Mapping[str, list[str]], results: list[dict[str, str]]) -> Findings:
    summed = {name: _sum([count_of(text) for text in texts]) for name, texts in counts.items()}
    return Findings(
        processed=summed[_PROCESSED],
        accepted=summed[_ACCEPTED],
        failed=summed[_FAILED],
        warned=summed[_WARNED],
        messages=tuple(_message(result) for result in results),
    )


def _sum(counts: list[int | None]) -> int | None:
    """Of several reports in one envelope, all together; one that cannot be read leaves the sum open."""
    return None if not counts or None in counts else sum(count or 0 for count in counts)


def _message(result: Values) -> FeedMessage:
    return FeedMessage(
        severity=severity_of(result.get("ResultCode")),
        text=result.get("ResultDescription", ""),
        code=text_of(result.get("ResultMessageCode")),
        message_id=text_of(result.get("MessageID")),
        sku=text_of(result.get("SKU")),
    )


def _results(text: str) -> Iterator[str]:
    """The text of each Result; one that breaks off reaches to the end."""
    starts = [found.end() for found in re.finditer(r"<(?:[\w-]+:)?Result\s*>", text)]
    for start, following in zip(starts, [*starts, len(text)][1:], strict=True):
        yield text[start:following]


def _scanned(name: str, text: str) -> Iterator[str]:
    """What stands between the tags of this name."""
    return (unescape(found[1]).strip() for found in _element(name).finditer(text))


@cache
def _element(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(?:[\w-]+:)?{name}(?:\s[^<>]*)?>(.*?)</(?:[\w-]+:)?{name}\s*>", re.DOTALL)


def _plain(element: Element) -> str:
    """An element's name without its namespace; nothing of a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()
