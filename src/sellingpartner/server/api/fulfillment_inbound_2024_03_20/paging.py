"""Pages of a plan's lists: a token holds after which element the next one begins, and opens that very list alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sellingpartner.contract.fulfillment_inbound_2024_03_20 import Pagination
from sellingpartner.market.inbound.refusals import BadRequest
from sellingpartner.market.sealing import sealed, unsealed
from sellingpartner.storage.unit import UnitOfWork

USUAL_SIZE = 10
"""How many elements a page has where nobody says."""

Element = TypeVar("Element")


class InvalidToken(BadRequest):
    """The token was altered, or is not one of this list.

    Assumed: in which words Amazon refuses a paginationToken of an inbound list that is none.
    """

    def __init__(self) -> None:
        super().__init__("The provided paginationToken is invalid.")


def page_of(
    unit: UnitOfWork, whole: Sequence[Element], size: int | None, token: str | None, *purpose: str
) -> tuple[list[Element], Pagination]:
    """A page of a list that is at hand as a whole."""
    return numbered_page(
        unit,
        lambda after, limit: list(enumerate(whole[after : after + limit], after + 1)),
        size,
        token,
        *purpose,
    )


def numbered_page(
    unit: UnitOfWork,
    found: Callable[[int, int], list[tuple[int, Element]]],
    size: int | None,
    token: str | None,
    *purpose: str,
) -> tuple[list[Element], Pagination]:
    """A page of a list whose elements are numbered; `found` gives so many after a number."""
    limit = size or USUAL_SIZE
    sealed_for = f"inbound list of {' '.join(purpose)} after ".encode()
    listed = found(_after(unit, token, sealed_for), limit + 1)
    page = [element for _, element in listed[:limit]]
    if len(listed) <= limit:
        return page, Pagination()
    return page, Pagination(next_token=sealed(unit, str(listed[limit - 1][0]).encode(), purpose=sealed_for))


def _after(unit: UnitOfWork, token: str | None, purpose: bytes) -> int:
    if not token:
        return 0
    content = unsealed(unit, token, purpose=purpose)
    if content is None:
        raise InvalidToken
    return int(content)
