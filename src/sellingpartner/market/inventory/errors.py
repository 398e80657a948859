"""Why inventory refuses."""

from __future__ import annotations

from sellingpartner.contract.errors import Conflict, InvalidInput
from sellingpartner.counted import counted
from sellingpartner.market.inventory.model import DAMAGED, Condition, Place


class InvalidQuantity(InvalidInput):
    """So many units cannot move."""

    def __init__(self, quantity: int, least: int, most: int) -> None:
        super().__init__(f"{quantity} is not a quantity of units; it must be from {least} to {most}.")


class OutOfStock(InvalidInput):
    """Fewer units are free than are asked for."""

    def __init__(self, sku: str, *, asked: int, available: int) -> None:
        super().__init__(f"{sku!r} is out of stock: {asked} asked for, {available} available.")
        self.sku = sku
        self.asked = asked
        self.available = available


class NotReserved(Conflict):
    """Fewer units are reserved than are to be released or shipped."""

    def __init__(self, sku: str, place: Place, *, asked: int, reserved: int) -> None:
        super().__init__(
            f"Of {sku!r} at {place.value} {counted(reserved, 'unit is', 'units are')} reserved, "
            f"so {asked} cannot leave or be released."
        )


class BelowReserved(Conflict):
    """A count that leaves orders without the units that they were promised."""

    def __init__(self, sku: str, place: Place, *, on_hand: int, reserved: int) -> None:
        super().__init__(
            f"{sku!r} at {place.value} cannot be set to {on_hand} on hand: "
            f"{counted(reserved, 'unit is', 'units are')} reserved for orders."
        )


class TooFewUnits(Conflict):
    """Fewer units lie free at Amazon than something is to happen to."""

    def __init__(self, sku: str, condition: Condition, *, asked: int, available: int) -> None:
        super().__init__(
            f"Of {sku!r} {counted(available, 'unit lies', 'units lie')} at Amazon that are {condition.value} and not "
            f"promised to orders; so {asked} cannot leave."
        )


class NotLost(Conflict):
    """More is found than was lost."""

    def __init__(self, sku: str, *, asked: int, missing: int) -> None:
        super().__init__(
            f"Of {sku!r} {counted(missing, 'unit is', 'units are')} lost at Amazon; so {asked} cannot be found."
        )


class NotDamaged(InvalidInput):
    """What is in order is not disposed of."""

    def __init__(self, condition: Condition) -> None:
        super().__init__(
            f"Amazon disposes of what cannot be sold, not of what is {condition.value}; say one of "
            f"{', '.join(sorted(DAMAGED))}."
        )


class NotThere(Conflict):
    """Amazon has the units, but not where they are to leave."""

    def __init__(self, sku: str, condition: Condition, *, asked: int, found: int, center: str | None = None) -> None:
        where = "in its centers" if center is None else f"in {center}"
        super().__init__(
            f"Of {sku!r} {counted(found, 'unit lies', 'units lie')} {where} that are {condition.value}; "
            f"so {asked} cannot leave."
        )


class NoCenterThere(InvalidInput):
    """A country has no center of a kind."""

    def __init__(self, place: Place, country_code: str) -> None:
        super().__init__(f"There is no center of {place.value} in {country_code}; name one of another country.")
