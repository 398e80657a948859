"""Why something about what is sent to Amazon is refused, in Amazon's words where they are known."""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.contract.errors import InvalidInput


class BadRequest(InvalidInput):
    """Amazon's code for nearly all that it refuses about inbound plans, what does not exist included."""

    code = "BadRequest"


class NoSuchPlan(BadRequest):
    """This seller has no such plan."""

    def __init__(self, plan_id: str) -> None:
        super().__init__("The requested inbound plan does not exist.")
        self.because(f"The seller has no inbound plan {plan_id}.")


class InvalidMskus(BadRequest):
    """SKUs that the seller does not list in the marketplace."""

    def __init__(self, mskus: Iterable[str]) -> None:
        super().__init__(f"ERROR: The following MSKUs are not valid: [{', '.join(mskus)}].")
        self.because("MSKUs are named that the seller does not list in the marketplace.")


class NotInboundable(BadRequest):
    """SKUs whose product the catalog does not have yet."""

    def __init__(self, mskus: Iterable[str]) -> None:
        super().__init__(
            "ERROR: The following MSKUs are not available for inbound. If these were recently added, please try again "
            f"later: [{', '.join(mskus)}]."
        )
        self.because("MSKUs are named whose listings have no ASIN yet.")
