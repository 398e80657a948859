"""What is asked of the Invoices API, checked: marketplaces, kinds, dates, tokens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.invoicing.questions import rules
from sellingpartner.market.invoicing.refusals import InvalidRequest
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.unit import UnitOfWork

BRAZIL = BY_COUNTRY["BR"].marketplace_id
NOTHING_BESIDE = "nextToken stands alone: it holds the filters of the first page. Leave the others out."


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """A list as it was asked for, and where it stopped."""

    said: str
    """What was asked for, in JSON."""
    reached_at: int
    reached: str


_decoder = msgspec.json.Decoder(Asked)


def check_marketplace(marketplace_id: str) -> None:
    """Raise `InvalidRequest` where no invoices are kept.

    Assumed: only Brazil has invoices of this API; other marketplaces are refused.
    """
    if marketplace_id != BRAZIL:
        raise InvalidRequest(f"Invalid value '{marketplace_id[:60]}' for 'marketplaceId'; only Brazil has invoices.")


def check_known(name: str, value: str | None, known: Mapping[str, str]) -> None:
    """Raise `InvalidRequest` for a value that getInvoicesAttributes does not list."""
    if value is not None and value not in known:
        raise InvalidRequest(f"Invalid value '{value[:60]}' for '{name}'; it can be {', '.join(known)}.")


def check_statuses(statuses: list[str] | None) -> tuple[str, ...]:
    """The statuses that are asked for."""
    for status in statuses or ():
        check_known("statuses", status, rules().statuses)
    return tuple(statuses or ())


def check_dates(start: datetime, end: datetime) -> None:
    """Raise `InvalidRequest` where a list would end before it begins."""
    if start > end:
        raise InvalidRequest("'dateStart' comes after 'dateEnd'.")


def size_of(page_size: int | None, most: int) -> int:
    """How many a page holds."""
    if page_size is not None and not 1 <= page_size <= most:
        raise InvalidRequest(f"Invalid value '{page_size}' for 'pageSize'; it must be 1 to {most}.")
    return page_size or most


def check_alone(next_token: str | None, *others: object) -> None:
    """Raise `InvalidRequest` where a token has company beside the marketplace."""
    if next_token is not None and any(other is not None for other in others):
        raise InvalidRequest(NOTHING_BESIDE)


def token_of(unit: UnitOfWork, purpose: bytes, said: object, key: tuple[datetime, str]) -> str:
    """The token of the next page of a list."""
    asked = Asked(msgspec.json.encode(said).decode(), microseconds(key[0]), key[1])
    return sealed(unit, msgspec.json.encode(asked), purpose=purpose)


def opened(unit: UnitOfWork, purpose: bytes, token: str) -> tuple[bytes, tuple[datetime, str]]:
    """What was asked for, and after which key the page begins; raises `InvalidRequest`."""
    asked = unsealed_as(unit, token, _decoder, purpose=purpose)
    if asked is None:
        raise InvalidRequest("Invalid value for 'nextToken'; it is none that this operation gave.")
    return asked.said.encode(), (instant_of(asked.reached_at), asked.reached)
