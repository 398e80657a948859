"""Why a promotion is refused, and what would be right."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, NotFound


class InvalidPromotion(InvalidInput):
    """A promotion that cannot be."""


class PromotionUnknown(NotFound):
    """This seller has no such promotion."""

    def __init__(self, promotion_id: str) -> None:
        super().__init__(f"There is no promotion {promotion_id}.")


class PromotionOver(InvalidInput):
    """What is over cannot be ended."""

    def __init__(self, promotion_id: str) -> None:
        super().__init__(f"Promotion {promotion_id} is over already.")
