"""Links that open one thing for whoever holds them, until a moment of market time: signed, so that none can be made up.

What a link says stands in its query, and the signature is over all of it. The key is the market's own and kept with it,
so that every process that serves the market makes and opens the same links.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from secrets import token_hex
from urllib.parse import parse_qsl, urlencode

from sellingpartner.contract.errors import NotFound, Unauthorized
from sellingpartner.market.accounts.questions import grant_of
from sellingpartner.market.market import Market
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.database import Turn
from sellingpartner.storage.remembered import known, remember
from sellingpartner.storage.unit import UnitOfWork

LINK_KEY = "link key"
"""Under which name the market keeps what it signs links with."""

_EXPIRES, _SIGNATURE, _SELLER, _GRANT = "expires", "signature", "seller", "grant"
_MOST_FIELDS = 100


def keep_a_key(market: Market) -> None:
    """Give a market the key that it signs links with, if it has none: a secret, so it does not follow from the seed."""
    if market.known(LINK_KEY) is None:
        with market.database.write(Turn.OPENING) as connection:  # two processes may serve a new market at once
            remember(connection, LINK_KEY, token_hex(32))


_are_over: ContextVar[bool] = ContextVar("links_are_over", default=False)


@contextmanager
def links_over() -> Iterator[None]:
    """Take every link for one whose time is over."""
    before = _are_over.set(True)
    try:
        yield
    finally:
        _are_over.reset(before)


class LinkRefused(Unauthorized):
    """The link was made up, is over, or the grant that it was made for does not stand any more.

    Differs: Amazon's links lead to Amazon S3, which refuses in XML; this refusal is one of the API.
    """


class LinkFor:
    """For whom a link is made: it opens as long as their grant stands."""

    def __init__(self, seller_id: str, grant_id: int | None) -> None:
        self.told = {_SELLER: seller_id} | ({} if grant_id is None else {_GRANT: str(grant_id)})


def signed(unit: UnitOfWork, path: str, said: Mapping[str, str], *, holder: LinkFor, until: datetime) -> str:
    """The path and query of a link."""
    told = {**said, **holder.told, _EXPIRES: str(microseconds(until))}
    return f"{path}?{urlencode({**told, _SIGNATURE: _signature(unit, path, told)})}"


def opened(unit: UnitOfWork, path: str, query: str) -> dict[str, str]:
    """What a link says; raises `LinkRefused`."""
    try:
        told = dict(parse_qsl(query, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise LinkRefused("The link's query holds too much.") from None
    signature = told.pop(_SIGNATURE, "")
    if not hmac.compare_digest(signature.encode(), _signature(unit, path, told).encode()):
        raise LinkRefused("The link's signature is not one that this market made.")
    ends = instant_of(int(told.pop(_EXPIRES)))
    if _are_over.get() or unit.now >= ends:
        raise LinkRefused(f"The link was good until {ends:%Y-%m-%dT%H:%M:%SZ}; ask for another one.")
    seller_id, grant = told.pop(_SELLER), told.pop(_GRANT, None)
    if grant is not None and not _stands(unit, seller_id, int(grant)):
        raise LinkRefused("The seller's grant that the link was made for does not stand any more.")
    return told


def _signature(unit: UnitOfWork, path: str, told: Mapping[str, str]) -> str:
    signed_text = f"{path}?{urlencode(sorted(told.items()))}"
    key = known(unit.connection, LINK_KEY)
    if key is None:
        raise RuntimeError("The market has no key for links; whoever serves it makes one.")
    return hmac.new(key.encode(), signed_text.encode(), "sha256").hexdigest()


def _stands(unit: UnitOfWork, seller_id: str, grant_id: int) -> bool:
    try:
        return grant_of(unit, seller_id, grant_id).stands(unit.now)
    except NotFound:
        return False
