"""Page tokens of lists of reports: the filter and the key after which the next page begins, signed for the seller."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.reports.store import ReportFilter
from sellingpartner.market.sealing import sealed as seal
from sellingpartner.market.sealing import unsealed_as
from sellingpartner.storage.unit import UnitOfWork

_PURPOSE = b"reports "


class Continuation(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Where a list goes on."""

    wanted: ReportFilter
    after: tuple[datetime, str]
    limit: int


_decoder = msgspec.json.Decoder(Continuation)


def sealed(unit: UnitOfWork, continuation: Continuation) -> str:
    """The token that stands for a continuation."""
    return seal(unit, msgspec.json.encode(continuation), purpose=_PURPOSE)


def opened(unit: UnitOfWork, token: str) -> Continuation:
    """The continuation that a token stands for; raises `InvalidInput`."""
    found = unsealed_as(unit, token, _decoder, purpose=_PURPOSE)
    if found is not None:
        return found
    raise InvalidInput("nextToken is not valid; pass the one that the page before returned, unaltered.")
