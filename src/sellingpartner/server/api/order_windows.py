"""Since when and until when a list of orders goes: the rule that the versions of Orders share."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.orders.refusals import NOT_VALID
from sellingpartner.storage.unit import UnitOfWork

TWO_MINUTES = timedelta(minutes=2)
"""How long an order takes to be listed, and how far back the end of a list must lie."""


def end_of_list(unit: UnitOfWork, names: tuple[str, str], begins: datetime | None, ends: datetime | None) -> datetime:
    """Until when a list goes, at a whole second where nobody says; raises if that is too late or before it begins.

    `names` are what the API calls the beginning and the end.
    """
    # Assumed: where no end is given and the beginning is younger than two minutes, orders are an empty list.
    latest = unit.now - TWO_MINUTES
    if ends is None:
        return latest.replace(microsecond=0)
    after, before = names
    if ends > latest:
        details = f"{before} must be at least two minutes ago: {latest:%Y-%m-%dT%H:%M:%SZ} or before."
        raise InvalidInput(NOT_VALID, details=details)
    if begins is not None and ends < begins:
        message = f"{before} must not be before {after}."
        raise InvalidInput(message)
    return ends
