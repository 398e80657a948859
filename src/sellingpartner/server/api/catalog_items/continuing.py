"""How lists of items go on: a token carries what was found, so that pages hold still while the catalog changes.

Nothing is kept in the market for it, and no item comes twice or is missed because it sold well in between. The numbers
of a thousand items are 4,000 characters.
"""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from sellingpartner.market.catalog.questions import asins_of
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.server.api.catalog_items.asking import InvalidCatalogRequest
from sellingpartner.storage.unit import UnitOfWork

_DIGEST = 8


class Found(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What a search found, and from where on it is shown."""

    query: bytes
    """What was searched, so that no other search takes the token."""
    width: int
    """How many bytes a number has."""
    numbers: bytes
    total: int
    brands: tuple[tuple[str, int], ...] = ()
    classifications: tuple[tuple[str, int], ...] = ()
    at: int = 0

    def page(self, size: int) -> list[int]:
        """The numbers of a page of items."""
        first, last = self.at * self.width, (self.at + size) * self.width
        shown = self.numbers[first:last]
        return [int.from_bytes(shown[at : at + self.width]) for at in range(0, len(shown), self.width)]

    @property
    def count(self) -> int:
        """How many items can be shown."""
        return len(self.numbers) // self.width


_decoder = msgspec.msgpack.Decoder(Found)


def digest_of(*query: object) -> bytes:
    """What tells one search from another."""
    return blake2b(msgspec.json.encode(query), digest_size=_DIGEST).digest()


def packed(numbers: tuple[int, ...]) -> tuple[int, bytes]:
    """The width of numbers in bytes, and the numbers."""
    width = max(1, (max(numbers, default=1).bit_length() + 7) // 8)
    return width, b"".join(number.to_bytes(width) for number in numbers)


def continued(unit: UnitOfWork, token: str, query: bytes) -> Found:
    """What a token carries; raises `InvalidCatalogRequest` for one that is altered or of another search."""
    found = unsealed_as(unit, token, _decoder)
    if found is None or found.query != query:
        message = "pageToken is not one that this search returned; repeat the parameters that it came with, unaltered."
        raise InvalidCatalogRequest(message)
    return found


def tokens_around(unit: UnitOfWork, found: Found, size: int) -> tuple[str | None, str | None]:
    """The tokens of the next page and of the one before."""
    after, before = found.at + size, max(0, found.at - size)
    following = _at(unit, found, after) if after < found.count else None
    return following, _at(unit, found, before) if found.at else None


def shown_asins(unit: UnitOfWork, found: Found, size: int) -> list[str]:
    """The ASINs of a page, in order."""
    numbers = found.page(size)
    known = asins_of(unit, numbers)
    return [known[number] for number in numbers if number in known]


def _at(unit: UnitOfWork, found: Found, at: int) -> str:
    return sealed(unit, msgspec.msgpack.encode(msgspec.structs.replace(found, at=at)))
