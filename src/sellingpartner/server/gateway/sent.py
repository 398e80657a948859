"""What the log keeps of how a call was sent: which program sent it, and which parameters the operation does not have.

Both are strangers' texts. Of a parameter only the name is kept, and only one that looks like a name; of the program
what it says of itself, without whatever looks like a secret or an address.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote_plus

import msgspec

from sellingpartner.contract.operation import Request, places
from sellingpartner.market.accounts.calls import Call

_NAME = re.compile(r"[A-Za-z0-9_.\-\[\]]{1,60}")
_MOST_NAMES = 10
_LONGEST_AGENT = 120
_AGENT = re.compile(r"[^ -~]")
_SECRET = re.compile(r"\S*(?:@|%40)\S*|\S{60,}")


class Sent(NamedTuple):
    """A call as it was sent, as far as the log wants to know; it is looked at when the log is written."""

    query: str
    request: type[Request[Any]]
    """What the operation takes."""


def told_of(call: Call, sent: Sent | None) -> Call:
    """The call with what can be told of how it was sent."""
    names = () if sent is None else unknown_names(sent.query, sent.request)
    return msgspec.structs.replace(call, names=names) if names else call


def unknown_names(query: str, request: type[Request[Any]]) -> tuple[str, ...]:
    """The parameters of a query that an operation does not have, each once."""
    known = _known(request)
    found: dict[str, None] = {}
    for pair in query.split("&"):
        name = pair.partition("=")[0]
        if name and name not in known and (name := unquote_plus(name)) not in known:
            found[name if _NAME.fullmatch(name) else "..."] = None
            if len(found) == _MOST_NAMES:
                break
    return tuple(found)


@lru_cache(maxsize=512)
def _known(request: type[Request[Any]]) -> frozenset[str]:
    return frozenset(place.wire_name for place in places(request).query)


@lru_cache(maxsize=512)
def shown_agent(agent: str) -> str:
    """A User-Agent as the log may hold it."""
    return _SECRET.sub("...", _AGENT.sub("?", agent[:_LONGEST_AGENT]))
