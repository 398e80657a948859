"""What the operations on listings have in common: whose they are, and in which marketplaces."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract.errors import InvalidInput, NotFound, Unauthorized
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.storage.unit import UnitOfWork


class InvalidListingsRequest(InvalidInput):
    """What was asked for makes no sense; `details` say why, in Amazon's form for this API."""

    code = "BAD_REQUEST"

    def __init__(self, details: str) -> None:
        super().__init__("Invalid input", details=details)
        self.because(details)


class SkuNotFound(NotFound):
    """The seller has no such SKU there, in Amazon's words."""

    code = "NOT_FOUND"

    def __init__(self, sku: str, marketplace_ids: Sequence[str]) -> None:
        super().__init__(f"SKU '{sku}' not found in marketplace {', '.join(marketplace_ids)}")


def own(caller: Caller, seller_id: str) -> None:
    """Raise if the path names another seller than the one who gave the grant."""
    if seller_id != caller.seller_id:
        raise Unauthorized("sellerId names another seller than the one who gave the grant.")


def marketplaces(unit: UnitOfWork, caller: Caller, marketplace_ids: Sequence[str]) -> list[str]:
    """The marketplaces that are asked about, each once; raises if one of them is none of the seller's."""
    if not marketplace_ids:
        raise InvalidListingsRequest("marketplaceIds is empty; name a marketplace.")
    participations_of(unit, caller.seller_id, including=marketplace_ids)
    return list(dict.fromkeys(marketplace_ids))
