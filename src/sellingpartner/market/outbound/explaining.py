"""Why an order is Invalid, in a sentence: Amazon tells a code alone, which says little to whoever asks by hand."""

from __future__ import annotations

from sellingpartner.counted import counted
from sellingpartner.market.outbound.addresses import why_unknown
from sellingpartner.market.outbound.creating import NO_SPEED, NO_STOCK, NO_SUCH_ADDRESS
from sellingpartner.market.outbound.lifecycle import POLICIES, Lack
from sellingpartner.market.outbound.model import FulfillmentOrder


def why_invalid(order: FulfillmentOrder) -> str | None:
    """What of an order kept it from being accepted; None where nothing did."""
    match order.invalid_because:
        case None:
            return None
        case code if code == NO_SUCH_ADDRESS and order.refused_address is not None:
            return why_unknown(order.refused_address)
        case code if code == NO_SPEED:
            return f"{order.speed.value} does not reach the address."
        case code if code == NO_STOCK and POLICIES[order.policy].at_first is Lack.REFUSE:
            asked = counted(order.units, "unit")
            return f"It asks for {asked}, which are not all at Amazon, and {order.policy.value} ships all or nothing."
        case code if code == NO_STOCK:
            return "Nothing of what it asks for is at Amazon."
        case code:
            return code
