"""The processing report of a feed of JSON: header, issues, and the summary behind them, as it counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from sellingpartner.market.feeds.kinds import Finding, Severity
from sellingpartner.market.feeds.results.outcome import Outcome

VERSION = "2.0"
_COUNTED = {"ERROR": "errors", "WARNING": "warnings"}


def json_parts(outcome: Outcome, findings: Iterable[Finding]) -> Iterator[str]:
    """The report, part by part."""
    header = {"sellerId": outcome.seller_id, "version": VERSION, "feedId": outcome.feed_id, **outcome.head}
    yield f'{{"header":{_text(header)},"issues":['
    errors = warnings = 0
    comma = ""
    failed: set[int] = set()
    for found in findings:
        errors += found.is_error
        if found.is_error:
            failed.add(found.message)
        warnings += found.severity is Severity.WARNING
        yield comma + _text(_issue(found))
        comma = ","
    summary: dict[str, object] = {
        "errors": errors,
        "warnings": warnings,
        "messagesProcessed": outcome.processed,
        "messagesAccepted": outcome.processed - outcome.failed,
        "messagesInvalid": outcome.failed,
    }
    yield "]"
    if outcome.items is not None:
        counts = Counter[str]()
        yield from _items(outcome.items(failed), counts)
        summary["itemSummary"] = {name: counts[name] for name in ("items", "errors", "warnings")}
    yield f',"summary":{_text(summary)}}}'


def _items(items: Iterable[Any], counts: Counter[str]) -> Iterator[str]:
    """What was changed, counted with what is wrong with it."""
    comma = ',"items":['
    for item in items:
        counts["items"] += 1
        counts.update(_COUNTED.get(issue.get("severity"), "others") for issue in item.get("issues") or ())
        yield comma + _text(item)
        comma = ","
    yield "]" if counts["items"] else comma + "]"


def _issue(found: Finding) -> dict[str, object]:
    said: dict[str, object] = {"messageId": found.message} if found.message else {}
    if sku := found.about.get("SKU"):
        said["sku"] = sku
    said["code"] = found.code
    said["severity"] = "ERROR" if found.is_error else found.severity.value.upper()
    said["message"] = found.text
    if attribute := found.about.get("attributeName"):
        said["attributeName"] = attribute
    return said


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
