"""The envelope that Amazon's older documents of XML come in: a header, a type of message, messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sellingpartner.market.reports.kinds import Tree
from sellingpartner.market.reports.writing.xml import element

_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"


def amazon_envelope(
    message_type: str, messages: Iterable[Any], *, version: str = "1.00", merchant_id: str | None = None
) -> Tree:
    """A document of messages; `messages` are its elements `Message`."""
    header = element(
        "Header",
        element("DocumentVersion", version),
        None if merchant_id is None else element("MerchantIdentifier", merchant_id),
    )
    return Tree(
        "AmazonEnvelope",
        messages,
        attributes={f"{{{_SCHEMA}}}noNamespaceSchemaLocation": "amzn-envelope.xsd"},
        namespaces={"xsi": _SCHEMA},
        head=(header, element("MessageType", message_type)),
    )
