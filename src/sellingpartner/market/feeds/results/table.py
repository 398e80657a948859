"""A summary and a table: what a flat file is answered with. Without anything found there is no table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sellingpartner.market.feeds.kinds import Finding
from sellingpartner.market.feeds.results.outcome import Outcome

SKU_COLUMNS = {"sku": "SKU"}
ORDER_COLUMNS = {"order-id": "AmazonOrderID", "order-item-id": "AmazonOrderItemCode"}
"""The columns that say what a line is about, and what findings call it."""

_BREAKS = str.maketrans({"\t": " ", "\r": " ", "\n": " "})


def table_parts(outcome: Outcome, findings: Iterable[Finding], columns: dict[str, str]) -> Iterator[str]:
    """The report, part by part."""
    yield "Feed Processing Summary:\n"
    yield f"\tNumber of records processed\t\t{outcome.processed}\n"
    yield f"\tNumber of records successful\t\t{outcome.processed - outcome.failed}\n"
    yield "\n"
    has_head = False
    for found in findings:
        if not has_head:
            yield "\t".join(("original-record-number", *columns, "error-code", "error-type", "error-message")) + "\n"
            has_head = True
        about = [found.about.get(name, "") for name in columns.values()]
        fields = (str(found.message), *about, found.code, found.severity.value, found.text)
        yield "\t".join(field.translate(_BREAKS) for field in fields) + "\n"
