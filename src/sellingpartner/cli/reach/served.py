"""What is served where a command calls: a market says it of itself, Amazon serves everything and is not asked."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx2
import msgspec

from sellingpartner.cli.asked.choice import Served
from sellingpartner.cli.reach import transport
from sellingpartner.cli.reach.caller import Caller
from sellingpartner.contract.errors import NotConfigured
from sellingpartner.contract.message import Message

_INDEX = "/openapi/"
_PATIENCE_SECONDS = 3.0
_AMAZON = (".amazon.com", ".amazon.cn")


class _Index(Message):
    served: list[str]


def served_at(caller: Caller) -> Served:
    """The operations that a market serves, by method and path; None at Amazon, and where nobody says it."""
    address = _address(caller)
    if address is None:
        return None
    way = transport.chosen.get()
    try:
        with httpx2.Client(transport=way, timeout=_PATIENCE_SECONDS, trust_env=way is None) as http:
            return frozenset(msgspec.json.decode(http.get(f"{address}{_INDEX}").content, type=_Index).served)
    except (httpx2.HTTPError, httpx2.InvalidURL, msgspec.DecodeError, UnicodeDecodeError):
        return None  # whoever calls it is told what is wrong there; here it is only not known


def _address(caller: Caller) -> str | None:
    """The address of what may be a market; None for Amazon, and where no address is known."""
    address = caller.base_url
    if address is None:
        try:
            address = caller.load().credentials.base_url
        except NotConfigured:
            return None
    return None if not address or is_amazon(address) else address.rstrip("/")


def is_amazon(address: str) -> bool:
    """Whether an address is one of Amazon's own, where no market is."""
    return (urlsplit(address).hostname or "").endswith(_AMAZON)
