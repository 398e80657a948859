"""Page tokens: where the rows of a query go on, and where a list of queries does; signed for the seller."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.data_kiosk.store import QueryFilter
from sellingpartner.market.documents.jobs import Key
from sellingpartner.market.sealing import sealed as seal
from sellingpartner.market.sealing import unsealed_as
from sellingpartner.storage.unit import UnitOfWork

_OF_ROWS, _OF_LIST = b"kiosk rows ", b"kiosk queries "


class RowsGoOn(msgspec.Struct, frozen=True, array_like=True):
    """Of which query, and with which row, the next page begins."""

    digest: str
    first_row: int


class ListGoesOn(msgspec.Struct, frozen=True, array_like=True):
    """Where a list of queries goes on."""

    wanted: QueryFilter
    after: Key


_rows = msgspec.json.Decoder(RowsGoOn)
_list = msgspec.json.Decoder(ListGoesOn)


def digest_of(query: str) -> str:
    """What tells a query's text from another's."""
    return sha256(query.encode()).hexdigest()[:24]


def token_for_rows(unit: UnitOfWork, query: str, first_row: int) -> str:
    """The token that asks for the rows from one on."""
    return seal(unit, msgspec.json.encode(RowsGoOn(digest_of(query), first_row)), purpose=_OF_ROWS)


def first_row_of(unit: UnitOfWork, token: str, query: str) -> int:
    """The row that a token stands for; raises `InvalidInput` for one of another query."""
    going = unsealed_as(unit, token, _rows, purpose=_OF_ROWS)
    if going is None:
        raise InvalidInput("paginationToken is not valid; pass pagination.nextToken of the query before, unaltered.")
    if going.digest != digest_of(query):
        raise InvalidInput("paginationToken is of another query; send the query that it came with, unaltered.")
    return going.first_row


def token_for_list(unit: UnitOfWork, going: ListGoesOn) -> str:
    """The token that asks for the queries after one."""
    return seal(unit, msgspec.json.encode(going), purpose=_OF_LIST)


def list_of(unit: UnitOfWork, token: str) -> ListGoesOn:
    """What a token of a list stands for; raises `InvalidInput`."""
    found = unsealed_as(unit, token, _list, purpose=_OF_LIST)
    if found is not None:
        return found
    raise InvalidInput("paginationToken is not valid; pass the one that the page before returned, unaltered.")
