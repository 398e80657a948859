"""What buyers send back to locations, and what could not be delivered: it follows the order's return and its parcel.

Assumed: of returns that nobody refused the carrier fetches seven in ten, and buyers bring the rest; the hours between
two stations are made up.
"""

from __future__ import annotations

from datetime import timedelta

from sellingpartner.market.events.external import ExternalReturnMoved
from sellingpartner.market.events.orders import RefundIssued, ReturnAsked, ReturnOnItsWay, ReturnReceived
from sellingpartner.market.events.shipping import ParcelMoved
from sellingpartner.market.external.lifecycle import ReturnStatus, ShipmentStatus
from sellingpartner.market.external.model import ExternalShipment, Package, Ships
from sellingpartner.market.external.returned import ExternalReturn, ReturnKind, Tracking
from sellingpartner.market.external.returns_store import insert_return, load_return, returns_of_order, save_return
from sellingpartner.market.external.rules import rules
from sellingpartner.market.external.store import shipments_of_order
from sellingpartner.market.inventory.model import Condition
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.supply.model import SupplySource
from sellingpartner.market.supply.questions import known_source, source_of
from sellingpartner.market.supply.stock import take_in
from sellingpartner.market.time.chance import chance, uuid_of, wide_number_of
from sellingpartner.market.time.schedule import Due, later, when
from sellingpartner.storage.unit import UnitOfWork, on

_FETCHED = 0.7
_HOURS = {
    ReturnStatus.NOTIFIED: 2,
    ReturnStatus.OUT_FOR_PICK_UP: 4,
    ReturnStatus.IN_TRANSIT: 6,
    ReturnStatus.OUT_FOR_DELIVERY: 40,
}
_PASSWORD_LASTS = timedelta(days=2)
_LEFT = frozenset({ShipmentStatus.SHIPPED, ShipmentStatus.DELIVERED})
_UNDELIVERABLE = "Undeliverable"


class ExternalReturnGoesOn(Due):
    """What comes back to a location is at its next station, unless something else happened to it meanwhile."""

    external_return_id: str
    status: str


@on(ReturnAsked)
def expect_returns(unit: UnitOfWork, fact: ReturnAsked) -> None:
    """Let a location know of what a buyer wants to send back to it."""
    sent = [one for one in shipments_of_order(unit, fact.order_id) if one.status in _LEFT]
    for line in fact.lines:
        shipment = next((one for one in sent if line.order_item_id in one.quantities), None)
        if shipment is not None:
            package = _package_with(shipment, line.order_item_id)
            expected = _expected(unit, shipment, package, (line.order_item_id, line.sku, line.quantity), fact.return_id)
            expected.reason = fact.reason
            insert_return(unit, expected)
            _tell(unit, expected)
            _plan(unit, expected, ReturnStatus.NOTIFIED)


@on(ReturnOnItsWay)
def send_returns(unit: UnitOfWork, fact: ReturnOnItsWay) -> None:
    """Know that a buyer has handed it over."""
    for one in returns_of_order(unit, fact.order_id, fact.return_id):
        is_fetched = chance(unit, "fetched return", one.external_return_id).random() < _FETCHED
        one.picked_at = unit.now
        _move(unit, one, ReturnStatus.PICKED if is_fetched else ReturnStatus.DROPPED_OFF)
        _plan(unit, one, ReturnStatus.IN_TRANSIT)


@on(ReturnReceived)
def receive_returns(unit: UnitOfWork, fact: ReturnReceived) -> None:
    """Have what came back lie at the location, if it can be sold again."""
    for one in returns_of_order(unit, fact.order_id, fact.return_id):
        one.delivered_at = unit.now
        _move(unit, one, ReturnStatus.DELIVERED)
        if fact.condition == Condition.SELLABLE.value:
            take_in(unit, one.returns_to, one.sku, one.units)
        _settle(unit, one)


@on(RefundIssued)
def process_returns(unit: UnitOfWork, fact: RefundIssued) -> None:
    """Know that the buyer has got the money back, or a part of it."""
    units = {line.order_item_id: line.quantity for line in fact.lines}
    for one in returns_of_order(unit, fact.order_id):
        is_meant = fact.return_id in {None, one.rma_id}
        refunded = min(units.get(one.order_item_id, 0), one.units - one.refunded) if is_meant else 0
        if refunded:
            units[one.order_item_id] -= refunded
            one.refunded += refunded
            save_return(unit, one)
            _settle(unit, one)


@on(ParcelMoved)
def bring_back(unit: UnitOfWork, fact: ParcelMoved) -> None:
    """Know of a package that comes back because it could not be delivered."""
    if fact.order_id is None or fact.status not in {ParcelStatus.RETURNING.value, ParcelStatus.RETURNED.value}:
        return
    for shipment in shipments_of_order(unit, fact.order_id):
        for package in shipment.packages:
            if package.reference is None or package.reference != fact.package_reference:
                continue
            if fact.status == ParcelStatus.RETURNING.value:
                _begin_rejected(unit, shipment, package)
            else:
                for one in returns_of_order(unit, fact.order_id, _rma_of(shipment, package)):
                    one.delivered_at = unit.now
                    _move(unit, one, ReturnStatus.DELIVERED)
                    _settle(unit, one)


@when(ExternalReturnGoesOn)
def go_on(unit: UnitOfWork, due: ExternalReturnGoesOn) -> None:
    """Be at the next station."""
    one, status = load_return(unit, due.external_return_id), ReturnStatus(due.status)
    if not one.move(status, unit.now):
        return
    if status is ReturnStatus.OUT_FOR_DELIVERY:
        _have_password(unit, one)
    save_return(unit, one)
    _tell(unit, one)
    if status is ReturnStatus.NOTIFIED:
        _plan(unit, one, ReturnStatus.OUT_FOR_PICK_UP)
    elif status is ReturnStatus.IN_TRANSIT:
        _plan(unit, one, ReturnStatus.OUT_FOR_DELIVERY)


def _begin_rejected(unit: UnitOfWork, shipment: ExternalShipment, package: Package) -> None:
    for packed in package.packed:
        line = shipment.line(packed.line_id)
        if line is not None:
            what = (line.order_item_id, line.sku, packed.units)
            begun = _expected(unit, shipment, package, what, _rma_of(shipment, package))
            begun.kind, begun.reason, begun.status = ReturnKind.REJECT, _UNDELIVERABLE, ReturnStatus.IN_TRANSIT
            begun.picked_at = unit.now
            begun.backward = begun.forward or begun.backward
            insert_return(unit, begun)
            _tell(unit, begun)


def _expected(
    unit: UnitOfWork, shipment: ExternalShipment, package: Package | None, what: tuple[str, str, int], rma_id: str
) -> ExternalReturn:
    order_item_id, sku, units = what
    number = unit.next_number("external returns")
    label = None if package is None else package.label
    luck = chance(unit, "tracking of a return", number)
    source = source_of(unit, shipment.supply_source_id)
    forward = None if label is None else Tracking(label.carrier_name, label.tracking_id)
    carrier = "Carrier" if forward is None else forward.carrier_name
    return ExternalReturn(
        external_return_id=uuid_of(wide_number_of(unit.seed, unit.seller_id, "external return", number)),
        order_id=shipment.order_id,
        order_item_id=order_item_id,
        shipment_id=shipment.shipment_id,
        marketplace_id=shipment.marketplace_id,
        rma_id=rma_id,
        fulfilled_from=source.supply_source_id,
        returns_to=_returns_to(unit, source),
        sku=sku,
        units=units,
        kind=ReturnKind.CUSTOMER,
        reason="",
        created_at=unit.now,
        updated_at=unit.now,
        forward=forward,
        backward=Tracking(carrier, f"{luck.randrange(10**12):012d}"),
        invoice_number=None if shipment.invoice is None else shipment.invoice.number,
    )


def _returns_to(unit: UnitOfWork, source: SupplySource) -> str:
    """Where a location has its returns go: to itself, unless its capabilities name another one that is there."""
    outbound = None if source.capabilities is None else source.capabilities.outbound
    said = None if outbound is None else outbound.return_location
    named = None if said is None or said.supply_source_id is None else known_source(unit, said.supply_source_id)
    return source.supply_source_id if named is None else named.supply_source_id


def _have_password(unit: UnitOfWork, one: ExternalReturn) -> None:
    """Assumed: in India, what the marketplace's carriers bring back is handed over against a one-time password."""
    shipment = next(each for each in shipments_of_order(unit, one.order_id) if each.shipment_id == one.shipment_id)
    country = source_of(unit, one.returns_to).address.country_code
    if shipment.ships is Ships.MARKETPLACE and country in rules().one_time_codes:
        one.password = f"{chance(unit, 'password of a return', one.external_return_id).randrange(10**6):06d}"
        one.password_until = unit.now + _PASSWORD_LASTS


def _move(unit: UnitOfWork, one: ExternalReturn, status: ReturnStatus) -> None:
    is_there = one.move(status, unit.now)
    save_return(unit, one)
    if is_there:
        _tell(unit, one)


def _settle(unit: UnitOfWork, one: ExternalReturn) -> None:
    """Be processed, once it has come and the money is back."""
    if one.refunded:
        done = ReturnStatus.PROCESSED if one.refunded >= one.units else ReturnStatus.PARTIALLY_PROCESSED
        _move(unit, one, done)


def _plan(unit: UnitOfWork, one: ExternalReturn, status: ReturnStatus) -> None:
    due = ExternalReturnGoesOn(external_return_id=one.external_return_id, status=status.value)
    later(unit, due, at=unit.now + timedelta(hours=_HOURS[status]))


def _package_with(shipment: ExternalShipment, order_item_id: str) -> Package | None:
    return next((one for one in shipment.packages if order_item_id in shipment.items_in(one)), None)


def _rma_of(shipment: ExternalShipment, package: Package) -> str:
    """What stands for the return of a package that nobody asked to send back."""
    return f"U{shipment.shipment_id[:8]}-{package.reference}"


def _tell(unit: UnitOfWork, one: ExternalReturn) -> None:
    unit.emit(
        ExternalReturnMoved(
            external_return_id=one.external_return_id, order_id=one.order_id, sku=one.sku, status=one.status.value
        )
    )
