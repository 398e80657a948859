"""Why the market refuses something about an order, and what would be right."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.counted import counted
from sellingpartner.market.orders.lifecycle import OrderStatus

NOT_VALID = "The input you have submitted is not valid. Please check your input and try again."
"""What Amazon says of many a wrong input; SDKs and their users know it."""

_FORM = "An order id has 3, 7 and 7 digits: 902-3159896-1390916."

ITEM_IS_INVALID = "OrderItemId is invalid, please obtain the value through the getOrderItems API or Manage Orders page"
ALREADY_FULFILLED = "Failed to create package due to not finding a matching package or order already fulfilled."
"""What Amazon says of a confirmation that names no item of the order, and of one for an order that has shipped."""


class NoSuchOrder(NotFound):
    """This seller has no such order.

    Differs: Amazon's operations were seen to answer some unknown ids with 200 and an empty payload; 404 is documented.
    """

    def __init__(self, order_id: str) -> None:
        super().__init__(f"There is no order {order_id}.")


class MalformedOrderId(InvalidInput):
    """No order has an id of this form; Amazon says so without saying what is wrong."""

    def __init__(self, order_id: str) -> None:
        super().__init__(NOT_VALID, details=_FORM)
        self.because(f"{order_id!r} is not an order id. {_FORM}")


class NothingRegulated(InvalidInput):
    """The order has no regulated items."""

    def __init__(self, order_id: str) -> None:
        super().__init__(f"Order {order_id} has no regulated items.")


class NotBuyable(InvalidInput):
    """A buyer cannot order this."""


class GoesByEasyShip(InvalidInput):
    """Amazon fetches the package, and says so itself.

    Assumed: Amazon refuses the seller's word for it; in which words is not known.
    """

    def __init__(self, order_id: str) -> None:
        super().__init__(
            f"Order {order_id} goes by Easy Ship: its shipment is confirmed when its package is handed over. "
            "Schedule the package (createScheduledPackage)."
        )


class MixedChannels(InvalidInput):
    """One order ships in one way."""

    def __init__(self) -> None:
        super().__init__("Items that the seller ships and items that Amazon ships make two orders; place them apart.")


class IsService(InvalidInput):
    """The order is of a service: its seller does it, and sends nothing.

    Assumed: Amazon refuses to ship it; in which words is not known.
    """

    def __init__(self, order_id: str) -> None:
        super().__init__(
            f"Order {order_id} is of a service, of which no package leaves: its job is completed "
            "(completeServiceJobByServiceJobId)."
        )


class PaidElsewhere(InvalidInput):
    """The order was bought in another shop, so that its buyer's money is not Amazon's to give back.

    Assumed: nor is what was collected for that shop when the parcel was delivered: its seller has got it.
    """

    def __init__(self, order_id: str) -> None:
        super().__init__(
            f"Order {order_id} is a multi-channel order: its buyer paid another shop, not Amazon; "
            "the money is that shop's to give back."
        )


class OrderNotShippable(InvalidInput):
    """A package cannot leave while the order is in this state."""

    def __init__(self, order_id: str, status: OrderStatus) -> None:
        super().__init__(f"Order {order_id} is {status.value}; to ship it must be Unshipped or PartiallyShipped.")
        self.order_status = status


class VerificationOpen(InvalidInput):
    """A regulated order ships only once it is approved."""

    def __init__(self, order_id: str) -> None:
        super().__init__(f"Order {order_id} has regulated items and must be Approved before it is shipped.")


class UnknownItem(InvalidInput):
    """The order has no such item."""

    def __init__(self, order_id: str, order_item_id: str) -> None:
        super().__init__(f"Order {order_id} has no item {order_item_id}.")
        self.because(f"Order {order_id} has no such item.")


class TooMany(InvalidInput):
    """More units than there are."""

    def __init__(self, order_item_id: str, quantity: int, left: int) -> None:
        super().__init__(
            f"Item {order_item_id} has {counted(left, 'unit')} to ship; the quantity {quantity} is more than that."
        )


class NoUnits(InvalidInput):
    """A quantity that is none."""

    def __init__(self, order_item_id: str, quantity: int) -> None:
        super().__init__(f"The quantity of item {order_item_id} is {quantity}; it must be 1 or more.")
        self.because(f"The quantity of an item is {quantity}; it must be 1 or more.")


class WrongMarketplace(InvalidInput):
    """The order was placed in another marketplace."""

    def __init__(self, order_id: str, marketplace_id: str) -> None:
        super().__init__(f"Order {order_id} was not placed in marketplace {marketplace_id}.")
        self.because(f"Order {order_id} was not placed in the marketplace that the request names.")


class WrongState(InvalidInput):
    """The order's state does not allow this."""
