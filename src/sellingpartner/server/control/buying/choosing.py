"""Which SKU is ordered where nobody names one: one that is found from a place chosen by chance.

Whoever fills a market with orders asks this for each of them, so it reads a few SKUs from there on, however many there
are, and not all of them.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from itertools import takewhile
from random import Random

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.listings.model import Listing, ListingStatus
from sellingpartner.market.listings.questions import first_and_last_sku, listings_of
from sellingpartner.storage.unit import UnitOfWork

_AT_ONCE = 8
_DRAWS = 40
_KINDS = (string.digits, string.ascii_uppercase, string.ascii_lowercase)


def some_sku(unit: UnitOfWork, marketplace_id: str, luck: Random) -> str:
    """A SKU that a buyer may order without more ado, and that the seller ships itself."""
    ends = first_and_last_sku(unit, marketplace_id)
    if ends is not None:
        for listing in _from(unit, marketplace_id, sku_between(*ends, luck)):
            if _is_ordinary(listing) and stock_of(unit, listing.sku, Place.SELLER).available > 0:
                return listing.sku
    message = (
        f"Seller {unit.seller_id} has nothing in stock that it ships itself in marketplace {marketplace_id}; "
        "list something with its stock first, or name a SKU that Amazon ships."
    )
    raise InvalidInput(message)


def sku_between(first: str, last: str, luck: Random) -> str:
    """A text of the form of the first SKU that lies between both; which of them there are is not known."""
    alike = first[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))]
    for _ in range(_DRAWS):
        drawn = alike + "".join(luck.choice(_of_its_kind(character)) for character in first[len(alike) :])
        if first <= drawn <= last:
            return drawn
    return luck.choice((first, last))


def _of_its_kind(character: str) -> str:
    return next((kind for kind in _KINDS if character in kind), character)


def _from(unit: UnitOfWork, marketplace_id: str, start: str) -> Iterator[Listing]:
    """The listings after a SKU, then those up to it, a few at a time."""
    after, has_turned = start, False
    while True:
        page = listings_of(unit, marketplace_id, after=after, limit=_AT_ONCE)
        for listing in page:
            if has_turned and listing.sku > start:
                return
            yield listing
        if len(page) == _AT_ONCE:
            after = page[-1].sku
        elif has_turned:
            return
        else:
            after, has_turned = "", True


def _is_ordinary(listing: Listing) -> bool:
    is_sold = listing.status is ListingStatus.ACTIVE
    return is_sold and listing.place is Place.SELLER and not listing.is_regulated
