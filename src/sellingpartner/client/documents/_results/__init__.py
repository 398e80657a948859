"""Reads what Amazon says of a feed, in whichever of its three languages: JSON, XML, or a flat file.

A report that breaks a rule of its language is read all the same, as far as that goes: a wrong byte, a bare `&` or an
end that is missing hide no count. What says nothing is a problem, and a problem is never a success.
"""

from __future__ import annotations

from sellingpartner.client.documents._results import in_json, in_text, in_xml
from sellingpartner.client.documents._results.findings import Findings
from sellingpartner.client.documents.feed_result import FeedResult

_NOTHING = Findings(problem="There is no processing report.")
_EMPTY = Findings(problem="The processing report is empty.")


def result_of(feed_id: str, status: str, report: str | None) -> FeedResult:
    """The result that a processing report tells; None is no report at all."""
    found = _NOTHING if report is None else _read(report)
    failed, messages = found.failures, found.settled_messages
    problem = found.problem
    if not problem and failed is None and not any(message.severity == "ERROR" for message in messages):
        problem = "The processing report does not say how many messages failed."
    return FeedResult(
        feed_id=feed_id,
        status=status,
        processed=found.processed,
        accepted=found.accepted,
        failed=failed,
        messages=messages,
        report=report or "",
        problem=problem,
    )


def _read(report: str) -> Findings:
    text = report.lstrip("\ufeff \t\r\n\0")
    if not text:
        return _EMPTY
    if text[0] in "{[":
        return in_json.read(text)
    if text[0] == "<" or in_xml.REPORT in text:
        return in_xml.read(text)
    return in_text.read(text)
