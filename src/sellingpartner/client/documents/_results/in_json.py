"""The listings feed's report, version 2: issues and a summary, in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import msgspec

from sellingpartner.client.documents._results.findings import Findings, count_of, severity_of, text_of
from sellingpartner.client.documents.feed_result import FeedMessage

_COUNT = re.compile(r'"(messages(?:Processed|Accepted|Invalid))"\s*:\s*"?(\d{1,15})"?\s*[,}\]]', re.IGNORECASE)
_ISSUES = re.compile(r'"issues"\s*:\s*\[', re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,]*")
_SHOWN = 120


def read(text: str) -> Findings:
    """What it says; of a report that breaks off, what stands before the break."""
    try:
        found: object = msgspec.json.decode(text)
    except (ValueError, RecursionError) as wrong:  # msgspec's own errors and Unicode's are ValueErrors
        return _broken(text, str(wrong))
    report = _folded(found)
    summary = _folded(report.get("summary"))
    if not summary and not report.get("issues"):
        return Findings(problem=f"The processing report is JSON without a summary: {text[:_SHOWN]}")
    issues = report.get("issues")
    return _findings(summary, issues if isinstance(issues, list) else ())


def _broken(text: str, reason: str) -> Findings:
    counts: dict[str, object] = {found[1].lower(): found[2] for found in _COUNT.finditer(text)}
    issues = list(_issues(text))
    if not counts and not issues:
        return Findings(problem=f"The processing report is not whole JSON: {reason}.")
    return _findings(counts, issues)


def _issues(text: str) -> Iterator[object]:
    """The issues before the break."""
    decoder = json.JSONDecoder(strict=False)
    begun = _ISSUES.search(text)
    place = begun.end() if begun else len(text)
    while True:
        place = _end(text, place)
        try:
            issue, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            return
        yield issue


def _end(text: str, place: int) -> int:
    found = _BETWEEN.match(text, place)
    return found.end() if found else place


def _findings(summary: Mapping[str, object], issues: object) -> Findings:
    failed = count_of(summary.get("messagesinvalid"))
    return Findings(
        processed=count_of(summary.get("messagesprocessed")),
        accepted=count_of(summary.get("messagesaccepted")),
        failed=count_of(summary.get("errors")) if failed is None else failed,
        messages=tuple(_message(_folded(issue)) for issue in issues if isinstance(issue, dict))
        if isinstance(issues, (list, tuple))
        else (),
    )


def _message(issue: Mapping[str, object]) -> FeedMessage:
    names = issue.get("attributenames")
    several = ", ".join(map(str, names)) if isinstance(names, list) else None
    return FeedMessage(
        severity=severity_of(issue.get("severity")),
        text=text_of(issue.get("message")) or "",
        code=text_of(issue.get("code")),
        message_id=text_of(issue.get("messageid")),
        sku=text_of(issue.get("sku")),
        attribute=text_of(issue.get("attributename")) or several or None,
    )


def _folded(found: object) -> dict[str, object]:
    """An object by its keys in lower case; nothing of what is no object."""
    return {str(key).lower(): value for key, value in found.items()} if isinstance(found, dict) else {}
