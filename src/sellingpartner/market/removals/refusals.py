"""Why a removal order is refused."""

from __future__ import annotations

from sellingpartner.contract.errors import Conflict, InvalidInput, NotFound
from sellingpartner.counted import counted


class NoSuchRemoval(NotFound):
    """The seller has no such removal order."""

    def __init__(self, removal_id: str) -> None:
        super().__init__(f"There is no removal order {removal_id!r}.")


class RemovalExists(Conflict):
    """The number of a removal order was used before."""

    def __init__(self, removal_id: str) -> None:
        super().__init__(f"A removal order {removal_id!r} was handed in before; give this one another number.")


class InvalidRemoval(InvalidInput):
    """A removal order that cannot be."""


class NothingToRemove(InvalidRemoval):
    """No unit is asked for."""


class TooFewToRemove(InvalidRemoval):
    """Fewer units can be removed than are wanted."""

    def __init__(self, sku: str, what: str, *, asked: int, there: int) -> None:
        super().__init__(
            f"Of {sku!r} {counted(there, f'{what} unit', f'{what} units')} can be removed, so {asked} cannot."
        )
        self.sku = sku
