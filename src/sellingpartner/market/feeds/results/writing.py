"""A result document: in the form of its feed's type, piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sellingpartner.contract.feed_types import JSON, TSV, XML
from sellingpartner.market.feeds.kinds import Finding, Form
from sellingpartner.market.feeds.results.as_json import json_parts
from sellingpartner.market.feeds.results.envelope import envelope_parts
from sellingpartner.market.feeds.results.outcome import Outcome
from sellingpartner.market.feeds.results.table import ORDER_COLUMNS, SKU_COLUMNS, table_parts

_PIECE = 64 * 1024

Write = Callable[[Outcome, Iterable[Finding]], Iterator[str]]

_FORMS: dict[Form, tuple[str, Write]] = {
    Form.XML: (XML, envelope_parts),
    Form.FLAT_OF_ORDERS: (TSV, lambda outcome, found: table_parts(outcome, found, ORDER_COLUMNS)),
    Form.FLAT: (TSV, lambda outcome, found: table_parts(outcome, found, SKU_COLUMNS)),
    Form.JSON: (JSON, json_parts),
}


def content_type_of(form: Form) -> str:
    """What a result is given out as."""
    return _FORMS[form][0]


def written(form: Form, outcome: Outcome, findings: Iterable[Finding]) -> Iterator[bytes]:
    """The bytes of a result."""
    kept: list[str] = []
    size = 0
    for part in _FORMS[form][1](outcome, findings):
        kept.append(part)
        size += len(part)
        if size >= _PIECE:
            yield "".join(kept).encode()
            kept, size = [], 0
    yield "".join(kept).encode()
