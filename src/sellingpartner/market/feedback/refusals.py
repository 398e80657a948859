"""Why an order cannot be rated."""

from __future__ import annotations

from sellingpartner.contract.errors import Conflict, InvalidInput


class NotRated(InvalidInput):
    """The rating or the comment is none."""


class CannotBeRated(Conflict):
    """The order is not one that its buyer may rate, or not any more, or not again."""
