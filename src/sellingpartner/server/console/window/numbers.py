"""Which order somebody means: by its id, a parcel's tracking number, or the seller's number of an order elsewhere."""

from __future__ import annotations

from contextlib import suppress

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.orders.identifiers import is_order_id
from sellingpartner.market.outbound.model import FulfillmentOrder
from sellingpartner.market.outbound.questions import find_fulfillment
from sellingpartner.market.shipping.questions import parcels_by_tracking
from sellingpartner.server.console import places
from sellingpartner.server.console.window.looking import Look


def place_named(look: Look, said: str) -> str:
    """Where the order is shown that somebody names, whichever shop's it is; raises `InvalidInput`."""
    if is_order_id(said):
        return f"{places.ORDERS}/{said}"
    found = _multi_channel(look, said)
    if found is None:
        if (tracked := _tracked(look, said)) is not None:
            return f"{places.ORDERS}/{tracked}"
        message = (
            f"{said[:40]!r} is no order id, which is written as 111-0000000-0000000, the number of no multi-channel "
            "order, and on no parcel of an order."
        )
        raise InvalidInput(message)
    if found.order_id is None:
        message = (
            f"Multi-channel order {found.fulfillment_order_id} is {found.status.value}, and no order of Amazon's ships "
            f"for it; `spapi outbound show {found.fulfillment_order_id}` says what is known."
        )
        raise InvalidInput(message)
    return f"{places.ORDERS}/{found.order_id}"


def _multi_channel(look: Look, number: str) -> FulfillmentOrder | None:
    """The shop's order of that number, else another shop's that may be looked at."""
    for shop in sorted(look.shops, key=lambda one: one is not look.shop):
        with look.visit.market.read(shop.seller_id) as unit, suppress(NotFound, InvalidInput):
            return find_fulfillment(unit, number)
    return None


def _tracked(look: Look, number: str) -> str | None:
    """The order of a parcel with that tracking number, of the shop first, as above."""
    for shop in sorted(look.shops, key=lambda one: one is not look.shop):
        with look.visit.market.read(shop.seller_id) as unit:
            found = [one.order_id for one in parcels_by_tracking(unit, number) if one.order_id is not None]
            if found:
                return found[-1]
    return None
