"""Which order a message or a solicitation is about."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import order_of
from sellingpartner.storage.unit import UnitOfWork


def order_in(unit: UnitOfWork, order_id: str, marketplace_ids: Sequence[str]) -> Order:
    """One of the seller's orders, placed in the one marketplace that is named; raises `NotFound`, `InvalidInput`."""
    if len(marketplace_ids) != 1:
        message = "marketplaceIds must be one marketplace."
        raise InvalidInput(message)
    order = order_of(unit, order_id)
    if order.marketplace_id != marketplace_ids[0]:
        message = f"marketplaceIds must be the marketplace of order {order_id}, which is {order.marketplace_id}."
        raise InvalidInput(message)
    return order
