"""Why inventory refuses."""

from __future__ import annotations

from sellingpartner.contract.errors import Conflict, InvalidInput
from sellingpartner.counted import counted
from sellingpartner.market.inventory.model import Place


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
