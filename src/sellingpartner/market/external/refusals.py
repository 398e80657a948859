"""Why the market refuses something about a shipment from a location, in the words of Amazon's list of errors.

Assumed: a step of an external shipment that is out of turn is answered 409, for Amazon's list of errors names no other
refusal; what can be read and cannot be done with the shipment is answered 422.
"""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound


class WrongValue(InvalidInput):
    """A parameter has a value that it cannot have."""

    def __init__(self, name: str, value: object, reason: str) -> None:
        super().__init__(f"Invalid input '{str(value)[:100]}' for parameter '{name}'", details=reason)
        self.because(f"{name} is {str(value)[:100]!r}: {reason}")


class NoSuchThing(NotFound):
    """The seller has none of that name."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"Requested Entity with '{name}' '{value[:100]}' is not found.")


class NoSuchPackage(NoSuchThing):
    """The shipment has no such package."""

    def __init__(self, package_id: str) -> None:
        super().__init__("packageId", package_id)


class NoSuchArtifact(NotFound):
    """Nobody has had it made."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"Requested artifact of type '{kind}' not found")


class WrongStep(Conflict):
    """It is another step's turn."""

    def __init__(self, subject: str, status: str, allowed: Sequence[str]) -> None:
        super().__init__(f"{subject} is {status}; for this it must be {' or '.join(allowed)}.")


class StaleUpdate(Conflict):
    """A quantity was said later than this one."""

    code = "DuplicateRequest"

    def __init__(self, sku: str, sequence: int, latest: int) -> None:
        super().__init__(f"Duplicate clientToken exists for 'skuId' '{sku}'")
        self.because(f"clientSequenceNumber {sequence} is not above {latest}, the latest that was said.")


class CannotFulfill(InvalidInput):
    """What is asked for can be read, but not be done with this shipment."""

    status = 422
    code = "UnprocessableEntity"
