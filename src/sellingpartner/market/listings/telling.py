"""Issues in the reader's language."""

from __future__ import annotations

from sellingpartner.market.listings.model import Issue
from sellingpartner.market.product_types.questions import Fault, attributes, fault, locale_of, words_of


def told(issue: Issue, marketplace_id: str, locale: str | None) -> Fault:
    """An issue as a seller reads it; the marketplace's own language is spoken where none is asked for."""
    spoken = locale_of(locale, marketplace_id)
    said = dict(issue.said)
    if (name := said.get("attribute")) in attributes():
        said["attribute"] = words_of(spoken).title(attributes()[str(name)])
    return fault(issue.kind, spoken, issue.attribute_names, **said)
