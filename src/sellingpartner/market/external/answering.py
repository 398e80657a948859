"""A seller says whether it fulfills a shipment; if it does not, or says nothing, another source does, or nobody.

Assumed: a shipment that is rejected because its location is out of stock moves to another supply source of the seller
in the same country that has all of its units, and the location then has none of the SKUs that were named. Else, and
where the buyer asked for it, its units are canceled. A shipment that nobody answers in time goes the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from sellingpartner.market.events.external import ExternalShipmentCanceled, ExternalShipmentConfirmed
from sellingpartner.market.external.lifecycle import REJECTABLE, ShipmentStatus
from sellingpartner.market.external.model import Canceler, ExternalShipment
from sellingpartner.market.external.opening import ExternalAnswerFallsDue, create
from sellingpartner.market.external.refusals import CannotFulfill, WrongStep, WrongValue
from sellingpartner.market.external.store import load_shipment, locations_of, save_shipment
from sellingpartner.market.external.telling import tell
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.lifecycle import SHIPPABLE
from sellingpartner.market.orders.model import Canceler as OrderCanceler
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping import commands as shipping
from sellingpartner.market.supply.model import Status
from sellingpartner.market.supply.questions import source_of
from sellingpartner.market.supply.stock import set_quantity
from sellingpartner.market.time.schedule import when
from sellingpartner.storage.unit import UnitOfWork

OUT_OF_STOCK = "OUT_OF_STOCK"
NOT_ANSWERED = "NotAnsweredInTime"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller says of one line."""

    line_id: str
    quantity: int | None = None
    reason: str | None = None


def confirm(unit: UnitOfWork, shipment_id: str, answers: Sequence[Answer]) -> None:
    """Let the seller take a shipment on, as a whole."""
    shipment = load_shipment(unit, shipment_id)
    shipment.check(ExternalShipmentConfirmed)
    _check_lines(shipment, answers)
    held = {line.line_id: line.held for line in shipment.lines if line.held}
    said = {one.line_id: held.get(one.line_id, 0) if one.quantity is None else one.quantity for one in answers}
    if answers and said != held:
        message = "A shipment is confirmed as a whole: name all of its line items with all of their units, or none."
        raise CannotFulfill(message)
    shipment.move(ExternalShipmentConfirmed)
    save_shipment(unit, shipment)
    tell(unit, shipment, ExternalShipmentConfirmed)


def reject(unit: UnitOfWork, shipment_id: str, answers: Sequence[Answer]) -> None:
    """Let the seller refuse a shipment, as a whole: Amazon takes no part of one back."""
    shipment = load_shipment(unit, shipment_id)
    if shipment.status not in REJECTABLE:
        raise WrongStep(f"Shipment {shipment_id}", shipment.status.value, [one.value for one in REJECTABLE])
    _check_lines(shipment, answers)
    if not answers:
        raise WrongValue("lineItems", "[]", "Name at least one line item and the reason for which it is rejected.")
    for one in answers:
        if one.reason is None:
            raise WrongValue("reason", "", f"Say why line item {one.line_id} is rejected.")
    gone = {one.line_id for one in answers if one.reason == OUT_OF_STOCK}
    missing = [line.sku for line in shipment.lines if line.line_id in gone]
    _give_up(unit, shipment, by=Canceler.SELLER, reason=str(answers[0].reason), missing=missing)


@when(ExternalAnswerFallsDue)
def give_up_unanswered(unit: UnitOfWork, due: ExternalAnswerFallsDue) -> None:
    """Give a shipment up that its seller has neither confirmed nor rejected."""
    shipment = load_shipment(unit, due.shipment_id)
    if shipment.status in {ShipmentStatus.CREATED, ShipmentStatus.ACCEPTED}:
        _give_up(unit, shipment, by=Canceler.SYSTEM, reason=NOT_ANSWERED, missing=(), moves=True)


def take_back(
    unit: UnitOfWork, shipment: ExternalShipment, *, by: Canceler, reason: str, moved_to: str | None = None
) -> None:
    """Cancel a shipment at hand, whatever becomes of its order; labels are given back."""
    shipment.move(ExternalShipmentCanceled)
    bought = [package.label.bought_as for package in shipment.packages if package.label is not None]
    for package in shipment.packages:
        package.label = None
        package.move(ExternalShipmentCanceled)
    shipment.cancel(shipment.quantities, by=by, at=unit.now, reason=reason)
    save_shipment(unit, shipment)
    for label in filter(None, bought):
        shipping.void(unit, label)
    tell(unit, shipment, ExternalShipmentCanceled, canceled_by=by.value, moved_to=moved_to)


def _give_up(
    unit: UnitOfWork,
    shipment: ExternalShipment,
    *,
    by: Canceler,
    reason: str,
    missing: Collection[str],
    moves: bool | None = None,
) -> None:
    units = {line.sku: line.held for line in shipment.lines if line.held}
    quantities = shipment.quantities
    moved_to = None
    if moves or missing:
        moved_to = orders.move_to_source(unit, shipment.order_id, units, away_from=shipment.supply_source_id)
    take_back(unit, shipment, by=by, reason=reason, moved_to=moved_to)
    if moved_to is None:
        _cancel_units(unit, shipment, by, reason, quantities)
    _count_out(unit, shipment.supply_source_id, missing)
    location = next((one for one in locations_of(unit) if one.supply_source_id == moved_to), None)
    if location is not None:
        create(unit, order_of(unit, shipment.order_id), location, units)


def _cancel_units(
    unit: UnitOfWork, shipment: ExternalShipment, by: Canceler, reason: str, quantities: Mapping[str, int]
) -> None:
    order = order_of(unit, shipment.order_id)
    left = {item_id: min(units, order.item(item_id).unshipped) for item_id, units in quantities.items()}
    wanted = {item_id: units for item_id, units in left.items() if units}
    if wanted and order.status in SHIPPABLE:
        who = OrderCanceler.SELLER if by is Canceler.SELLER else OrderCanceler.MARKET
        orders.cancel(unit, shipment.order_id, by=who, reason=reason, quantities=wanted)


def _count_out(unit: UnitOfWork, supply_source_id: str, skus: Collection[str]) -> None:
    """Let nothing more be promised from a location of what its seller found missing there."""
    if source_of(unit, supply_source_id).status is not Status.ARCHIVED:
        for sku in sorted(skus):
            set_quantity(unit, supply_source_id, sku, 0)


def _check_lines(shipment: ExternalShipment, answers: Sequence[Answer]) -> None:
    for one in answers:
        line = shipment.line(one.line_id)
        if line is None:
            raise WrongValue("lineItem.id", one.line_id, "The shipment has no such line item.")
        if one.quantity is not None and not 0 <= one.quantity <= line.held:
            raise WrongValue("lineItem.quantity", one.quantity, f"Line item {one.line_id} is of {line.held} units.")
    if len({one.line_id for one in answers}) < len(answers):
        raise WrongValue("lineItems", answers[0].line_id, "Each line item is named once.")
