"""Why outbound refuses: in Amazon's words where callers have shown them."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, NotFound


class NoSuchFulfillmentOrder(NotFound):
    """This seller has no such fulfillment order."""

    def __init__(self, fulfillment_order_id: str) -> None:
        super().__init__(f"There is no fulfillment order {fulfillment_order_id[:40]!r}.")


class NoSuchPackage(NotFound):
    """No package of this seller's fulfillment orders has this number."""

    def __init__(self, package_number: int | str) -> None:
        super().__init__(f"There is no package {package_number}.")


class ValueRefused(InvalidInput):
    """A value that cannot be, in the words that Amazon has for all of them."""

    def __init__(self, value: object, parameter: str, why: str, *, reason: str = " Reason: InvalidValue.") -> None:
        super().__init__(f"Value {value} for parameter {parameter} is invalid.{reason}")
        self.because(why)


class DuplicateOrder(ValueRefused):
    """The seller has used the number before.

    Assumed: a second order under the same number is refused, whatever it says; in which words is not known.
    """

    def __init__(self, fulfillment_order_id: str) -> None:
        why = f"There is a fulfillment order {fulfillment_order_id!r} already; each has a number of its own."
        super().__init__(fulfillment_order_id, "SellerFulfillmentOrderId", why, reason=" Reason: AlreadyExists.")


class WrongMarketplace(ValueRefused):
    """The seller takes no part in the marketplace."""

    def __init__(self, marketplace_id: str) -> None:
        super().__init__(marketplace_id, "SellerId", "The seller takes no part in the marketplace of the request.")


class InvalidItemSku(InvalidInput):
    """A line names what Amazon has never had of this seller."""

    def __init__(self, item_id: str, why: str) -> None:
        super().__init__(f"the SellerSKU for Item Id: {item_id} is invalid.")
        self.because(why)


class NothingOrdered(ValueRefused):
    """No line asks for a unit."""

    def __init__(self) -> None:
        super().__init__("AllQuantityZero", "", "The order asks for no unit at all.", reason="")


class NotForExport(ValueRefused):
    """The items may not go to the country."""

    def __init__(self, country: str) -> None:
        super().__init__(
            "NotEligibleForExport", "Item", f"Items of this marketplace do not go to {country}.", reason=""
        )


class NoSuchItem(InvalidInput):
    """The fulfillment order has no such line."""

    def __init__(self, fulfillment_order_id: str, item_id: str) -> None:
        super().__init__(f"Fulfillment order {fulfillment_order_id} has no item {item_id[:50]!r}.")


class CannotChange(InvalidInput):
    """The order's state does not allow this."""
