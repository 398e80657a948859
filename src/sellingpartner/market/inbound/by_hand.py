"""What is done to shipments by hand: one is received at once, wherever it is, or its carrier loses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.market.inbound.lifecycle import ShipmentStatus
from sellingpartner.market.inbound.model import Shipment
from sellingpartner.market.inbound.receiving.defect_kinds import Flaw, check_flaws
from sellingpartner.market.inbound.receiving.defects import await_others
from sellingpartner.market.inbound.receiving.rules import Harm
from sellingpartner.market.inbound.receiving.traveling import bring
from sellingpartner.market.inbound.receiving.unpacking import close, receive
from sellingpartner.market.inbound.sending.leaving import depart, has_arrived
from sellingpartner.market.inbound.store.plans import load_plan, save_plan
from sellingpartner.market.inbound.store.shipments import load_shipment, shipment_by_confirmation
from sellingpartner.storage.unit import UnitOfWork

_ON_THE_WAY = frozenset(
    {
        ShipmentStatus.SHIPPED,
        ShipmentStatus.IN_TRANSIT,
        ShipmentStatus.MIXED,
        ShipmentStatus.DELIVERED,
        ShipmentStatus.CHECKED_IN,
    }
)
_RECEIVABLE = _ON_THE_WAY | {ShipmentStatus.READY_TO_SHIP, ShipmentStatus.RECEIVING}


def receive_by_hand(
    unit: UnitOfWork, confirmation_id: str, harms: Mapping[str, Harm], flaws: Sequence[Flaw] = ()
) -> Shipment:
    """Receive at once all that is left of a shipment, but for what is said, and close it.

    Units with flaws come onto the shelf: the center puts right what is wrong with them. The shipment is brought to its
    center first, wherever it is; the carrier of one that is ready comes for it. Raises `InvalidInput` for what is not
    on its way, and for more units than are left.
    """
    shipment = _held(unit, confirmation_id, _RECEIVABLE, "received")
    came = shipment.received
    left = {sku: max(units - came.get(sku, 0), 0) for sku, units in sorted(shipment.sent.items())}
    check_flaws(flaws, left)
    for sku, harm in harms.items():
        if sku not in left:
            message = f"SKU {sku[:60]!r} is not in shipment {confirmation_id}; it holds {', '.join(left)[:200]}."
            raise InvalidInput(message)
        if harm.kept_off_the_shelf > left[sku]:
            message = f"Of SKU {sku[:60]!r} {left[sku]} units are still to be received; name no more of them."
            raise InvalidInput(message)
        if harm.short and harm.over:
            message = f"Of SKU {sku[:60]!r} units can be missing, or come beside those that were sent, not both."
            raise InvalidInput(message)
    if shipment.status is ShipmentStatus.READY_TO_SHIP:
        plan = load_plan(unit, shipment.plan_id)
        depart(unit, plan, shipment)
        save_plan(unit, plan)
    had_arrived = has_arrived(shipment)
    bring(shipment)
    if not had_arrived:
        await_others(unit, shipment)
    receive(unit, shipment, left, harms, flaws)
    close(unit, shipment)
    return shipment


def lose_by_hand(unit: UnitOfWork, confirmation_id: str) -> Shipment:
    """Let a shipment's carrier lose it: nothing of it comes, and its units are looked for. Raises `InvalidInput`."""
    shipment = _held(unit, confirmation_id, _ON_THE_WAY, "lost")
    return receive_by_hand(unit, confirmation_id, {sku: Harm(short=units) for sku, units in shipment.sent.items()})


def _held(unit: UnitOfWork, confirmation_id: str, allowed: frozenset[ShipmentStatus], done: str) -> Shipment:
    """A shipment to change, after its plan; raises `NotFound`, or `InvalidInput` if it is not in the right state."""
    seen = shipment_by_confirmation(unit, confirmation_id)
    if seen is None:
        message = f"There is no shipment {confirmation_id[:40]!r} to Amazon; see `spapi inbound list`."
        raise NotFound(message)
    load_plan(unit, seen.plan_id)
    shipment = load_shipment(unit, seen.plan_id, seen.shipment_id)
    if shipment.status not in allowed:
        states = ", ".join(one.value for one in ShipmentStatus if one in allowed)
        message = f"Shipment {confirmation_id} is {shipment.status.value}; to be {done} it must be one of {states}."
        raise InvalidInput(message)
    return shipment
