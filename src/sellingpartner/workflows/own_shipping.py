"""Shipping by oneself: a function of the caller's hands the package over and says its tracking number."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sellingpartner.contract.orders_2026_01_01 import Order
from sellingpartner.counted import counted
from sellingpartner.workflows.journal import HANDED, Entry, Journal
from sellingpartner.workflows.model import Handed, Held, ToShip
from sellingpartner.workflows.steps import Do, Steps

HandOver = Callable[[ToShip], "Handed | Awaitable[Handed | None] | None"]


class OwnShipping:
    """Ships with the seller's own carrier.

    `hand_over` gets what is to leave and answers with carrier and tracking number, or None for not now. If the process
    dies while it works, it is asked again for the same order and reference: it should then give the same answer.
    """

    confirms = False

    def __init__(self, hand_over: HandOver) -> None:
        self._hand_over = hand_over

    def planned(self, parcel: ToShip) -> Steps[str]:
        """Say what would be done."""
        yield from ()  # a step like the others, which asks nothing
        return (
            f"would hand over package {parcel.reference}: {counted(sum(one.quantity for one in parcel.units), 'unit')}"
        )

    def shipped(self, parcel: ToShip, journal: Journal) -> Steps[Handed]:
        """Have the caller hand the package over."""
        handed: Handed | None = yield Do(lambda: self._hand_over(parcel))  # the shell awaits what is to be awaited
        if handed is None:
            message = "not now, says the function that hands over"
            raise Held(message)
        journal.note(
            parcel.order_id,
            parcel.reference,
            state=HANDED,
            carrier_code=handed.carrier_code,
            carrier_name=handed.carrier_name,
            method=handed.method,
            tracking_number=handed.tracking_number,
        )
        return handed

    def found_again(self, entry: Entry, order: Order) -> Steps[Handed | None]:  # noqa: ARG002 - as the plan has it
        """Nobody but the function knows; it is asked again, for the same reference."""
        yield from ()
        return None

    def taken_up(self, parcel: ToShip, entry: Entry) -> Steps[None]:  # noqa: ARG002 - as the plan has it
        """Nothing is missing: its tracking number is written down."""
        yield from ()
