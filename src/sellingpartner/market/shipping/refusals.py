"""Why the market refuses something about shipping.

Amazon says little: most that is wrong with a request is answered with the same two words. The reason is in the log of
requests (`spapi requests --refused`).
"""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract.errors import InvalidInput, NotFound


class InvalidShipment(InvalidInput):
    """Something of the request cannot be; Amazon says just so."""

    def __init__(self, reason: str) -> None:
        super().__init__("Invalid Input")
        self.because(reason)


class FieldRefused(InvalidInput):
    """A field breaks a rule that the published model does not tell; Amazon says which."""

    def __init__(self, value: str, path: str, constraint: str) -> None:
        super().__init__(
            f"1 validation error detected: Value '{value[:60]}' at '{path}' failed to satisfy constraint: {constraint}"
        )
        self.because(f"The value at {path} is refused: {constraint}.")


class InvalidPurchase(InvalidInput):
    """The offer is stale, or was made for something else."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "The purchase request parameters are invalid, please call with the correct parameters or make another call"
            " to check eligible options."
        )
        self.because(reason)


class Unfit(InvalidInput):
    """Shipping v1 and v2 say two words as well, and name the fault in the details."""

    def __init__(self, details: str) -> None:
        super().__init__("Invalid input.", details=details)
        self.because(details)


class TokenExpired(InvalidInput):
    """The rates of a request are too old to be bought.

    Assumed: Amazon documents the code; status and words are made up.
    """

    code = "TOKEN_EXPIRED"

    def __init__(self, ended_at: datetime) -> None:
        super().__init__("The request token has expired.", details="Call getRates again to get new rates.")
        self.because(f"The rates could be bought until {ended_at:%Y-%m-%dT%H:%M:%SZ}.")


class InvalidSender(InvalidInput):
    """Nobody can ship from that address."""

    def __init__(self, reason: str) -> None:
        super().__init__("Invalid Ship From Address when calling GetAdditionalSellerInputs")
        self.because(reason)


class NoSuchShipment(NotFound):
    """This seller has no such shipment."""

    def __init__(self, shipment_id: str) -> None:
        super().__init__(f"There is no shipment {shipment_id}.")


class NoSuchParcel(NotFound):
    """No parcel is known by this."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no parcel {name}.")


class CannotMove(InvalidInput):
    """A parcel does not go from here to there."""

    def __init__(self, parcel_id: str, status: str, wanted: str, possible: list[str]) -> None:
        right = f"it can become {' or '.join(possible)}" if possible else "that is where it stays"
        super().__init__(f"Parcel {parcel_id} is {status} and cannot become {wanted}; {right}.")


class InvalidRequest(InvalidInput):
    """A request of Shipping v2 cannot be; its details say what of it."""

    code = "InvalidRequest"

    def __init__(self, details: str) -> None:
        super().__init__("Request is missing or has invalid parameters", details=details)
        self.because(details)


class NoSuchResource(NotFound):
    """Shipping v2 knows nothing of that name; Amazon says no more than that."""

    code = "NotFound"

    def __init__(self, reason: str) -> None:
        super().__init__("The requested resource is invalid or doesn't exist")
        self.because(reason)


class CannotDelay(InvalidInput):
    """Nothing is planned for a parcel, or not so much later."""

    def __init__(self, parcel_id: str, *, has_plan: bool) -> None:
        why = "it is delayed by more than nothing and by 90 days at most" if has_plan else "nothing is planned for it"
        super().__init__(f"Parcel {parcel_id} cannot be delayed so: {why}.")


class ClaimExists(InvalidInput):
    """Somebody has claimed for the parcel before; Amazon's code for it is another than for all else."""

    code = "InvalidInputException"

    def __init__(self) -> None:
        super().__init__(
            "Request is missing or has invalid parameters", details="Claim already exists for the trackingId"
        )
        self.because("Claim already exists for the trackingId")
