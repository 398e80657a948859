"""What callers of Catalog Items may ask, and how they are told that they asked for something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.catalog.identifiers import InvalidIdentifier, Kind, normalized
from sellingpartner.market.catalog.questions import KeptItem, asins_by_code, items_of, kept_item
from sellingpartner.market.listings.questions import asins_of_skus
from sellingpartner.market.product_types.library import languages_of
from sellingpartner.storage.unit import UnitOfWork

DEFAULT_PAGE, LARGEST_PAGE = 10, 20
MOST_VALUES = 20
_ASIN = re.compile(r"[A-Z0-9]{10}")


class InvalidCatalogRequest(InvalidInput):
    """What was asked makes no sense: Amazon says no more than that, the details say what and what would be right."""

    def __init__(self, details: str, message: str = "") -> None:
        super().__init__(message or "Request has missing or invalid parameters and cannot be parsed.", details=details)
        self.because(details)


class ItemNotFound(NotFound):
    """No marketplace that was asked has the item."""

    code = "NOT_FOUND"

    def __init__(self, asin: str, marketplace_ids: Iterable[str]) -> None:
        super().__init__(f"Requested item, {asin}, not found in marketplace(s) [{', '.join(marketplace_ids)}].")


def asked_marketplaces(unit: UnitOfWork, caller: Caller, marketplace_ids: Sequence[str]) -> list[str]:
    """The marketplaces that are asked, each once; raises if there is none, or one is none of the seller's."""
    check_marketplaces(unit, caller.seller_id, marketplace_ids)
    return list(dict.fromkeys(marketplace_ids))


def checked_locale(name: str, locale: str | None) -> str | None:
    """A locale that some marketplace speaks.

    Assumed: Amazon's document names no list; a marketplace answers in each language that any marketplace has.
    """
    if locale is not None and locale not in _languages():
        message = f"{name} is {locale[:40]!r}; it must be one of {', '.join(sorted(_languages()))}."
        raise InvalidCatalogRequest(message)
    return locale


@cache
def _languages() -> frozenset[str]:
    return frozenset(tag for marketplace_id in MARKETPLACES for tag in languages_of(marketplace_id))


def page_of(size: int | None) -> int:
    """How many items a page has."""
    if size is not None and not 1 <= size <= LARGEST_PAGE:
        raise InvalidCatalogRequest(f"pageSize is {size}; it must be from 1 to {LARGEST_PAGE}.")
    return DEFAULT_PAGE if size is None else size


def item_in(unit: UnitOfWork, asin: str, marketplaces: Sequence[str]) -> KeptItem:
    """An item that one of these marketplaces has; raises `ItemNotFound`."""
    item = kept_item(unit, asin)
    if item is None or not any(item.is_in(marketplace_id) for marketplace_id in marketplaces):
        raise ItemNotFound(asin, marketplaces)
    return item


def asins_named(unit: UnitOfWork, kind: str, values: Sequence[str], marketplace_id: str) -> list[str]:
    """The items that identifiers of a kind name in a marketplace, in their order; what names none is absent."""
    if kind == "SKU":
        known = asins_of_skus(unit, values, marketplace_id)
        asins = [known[value] for value in values if value in known]
    elif kind == "ASIN":
        asins = [_checked_asin(value) for value in values]
    else:
        return asins_by_code(unit, [_normalized(Kind(kind), value) for value in values], marketplace_id)
    held = items_of(unit, asins)
    return [asin for asin in dict.fromkeys(asins) if asin in held and held[asin].is_in(marketplace_id)]


def own_seller(caller: Caller, seller_id: str | None) -> None:
    """SKUs belong to a seller: raises unless it is the one who calls."""
    if seller_id is None:
        raise InvalidCatalogRequest("sellerId is missing; identifiersType SKU requires it.")
    if seller_id != caller.seller_id:
        raise Unauthorized("sellerId names another seller than the one who gave the grant.")


def _checked_asin(value: str) -> str:
    if _ASIN.fullmatch(value) is None:
        raise InvalidCatalogRequest(f"{value[:60]!r} is not an ASIN: it has ten capital letters and digits.")
    return value


def _normalized(kind: Kind, value: str) -> str:
    try:
        return normalized(kind, value)
    except InvalidIdentifier as fault:
        raise InvalidCatalogRequest(fault.message) from None
