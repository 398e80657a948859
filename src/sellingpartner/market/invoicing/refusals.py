"""Why the market refuses something about invoices."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput, NotFound


class NoSuchShipment(InvalidInput):
    """The seller has no such shipment; Amazon says so in these words."""

    def __init__(self, shipment_id: str) -> None:
        super().__init__("Invalid Shipment ID", details=f"'{shipment_id[:60]}' is an invalid ShipmentID")
        self.because(f"There is no shipment {shipment_id[:60]!r} of an order in Brazil that Amazon ships.")


class UnknownDelivery(InvalidInput):
    """The seller has no such order, or shipment, in Brazil; Amazon says so in these words."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"Invalid {kind} Id", details=f"'{name[:60]}' is an invalid {kind.lower()} Id")
        self.because(f"There is no {kind.lower()} {name[:60]!r} of an order in Brazil.")


class EntityNotFound(InvalidInput):
    """An invoice is for an order, or a shipment, that the seller does not have in Brazil."""

    code = "EntityNotFound"

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"Entity ({kind}, {name[:60]}) was not found")


class SubmissionRefused(InvalidInput):
    """What was handed in cannot be taken."""

    def __init__(self, reason: str, *, message: str = "Invalid Input") -> None:
        super().__init__(message, details=reason)
        self.because(reason)


class InvalidRequest(InvalidInput):
    """A parameter cannot be; this API's codes are numbers."""

    code = "400"

    def __init__(self, details: str, *, message: str = "Invalid Request.") -> None:
        super().__init__(message, details=details)
        self.because(details)


class NothingFound(NotFound):
    """There is none of that name; this API's codes are numbers."""

    code = "404"

    def __init__(self, what: str, name: str) -> None:
        super().__init__("Not Found.", details=f"There is no {what} '{name[:60]}'.")
        self.because(f"There is no {what} {name[:60]!r}.")
