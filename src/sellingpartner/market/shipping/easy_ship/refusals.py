"""Why Easy Ship refuses something, with the codes and words of its own."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, NotFound


class InvalidRequest(InvalidInput):
    """Something of the request is missing or wrong; Amazon does not say what."""

    def __init__(self, reason: str) -> None:
        super().__init__("Request has missing or invalid parameters and cannot be parsed.")
        self.because(reason)


class NotFoundHere(InvalidInput):
    """There is no such order or marketplace. Amazon's example answers 400."""

    code = "ResourceNotFound"

    def __init__(self, reason: str) -> None:
        super().__init__("The specified resource (for example, `AmazonOrderId` or `MarketplaceId`) does not exist.")
        self.because(reason)


class RegionNotSupported(NotFound):
    """The marketplace does not have this operation."""

    code = "RegionNotSupported"

    def __init__(self, reason: str) -> None:
        super().__init__("The operation is not available for the current marketplace.")
        self.because(reason)


class InvalidOrderState(InvalidInput):
    """The order cannot be scheduled as it stands."""

    code = "InvalidOrderState"


class AlreadyScheduled(InvalidInput):
    """The order has a package already."""

    code = "ScheduledPackageAlreadyExists"

    def __init__(self, order_id: str) -> None:
        super().__init__(f"Order {order_id} has a scheduled package already.")


class InvalidSlot(InvalidInput):
    """The time slot is none that was offered for this order."""

    code = "InvalidTimeSlotId"

    def __init__(self, reason: str) -> None:
        super().__init__("The time slot id is not valid; take one that listHandoverSlots gave for this order.")
        self.because(reason)


class WindowExpired(InvalidInput):
    """The time slot has begun, or is over."""

    code = "ScheduleWindowExpired"

    def __init__(self) -> None:
        super().__init__("The selected time slot has expired.")


class SlotNotAvailable(InvalidInput):
    """The time slot is taken."""

    code = "TimeSlotNotAvailable"

    def __init__(self) -> None:
        super().__init__("The time slot is not available any more; choose another one.")


class NotReschedulable(InvalidInput):
    """The package is under way, or was given up."""

    code = "OrderNotEligibleForRescheduling"

    def __init__(self, order_id: str, status: str) -> None:
        super().__init__(f"The package of order {order_id} is {status}; only one that is ReadyForPickup can be moved.")
