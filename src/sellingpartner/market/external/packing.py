"""A seller says into which packages a shipment goes, and corrects what it said of one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from sellingpartner.market.events.external import ExternalShipmentPacked
from sellingpartner.market.external.lifecycle import ShipmentStatus
from sellingpartner.market.external.model import ExternalShipment, Measure, Package, Packed
from sellingpartner.market.external.refusals import CannotFulfill, WrongStep, WrongValue
from sellingpartner.market.external.rules import rules
from sellingpartner.market.external.store import load_shipment, save_shipment
from sellingpartner.market.external.telling import tell
from sellingpartner.market.orders.questions import order_of
from sellingpartner.market.shipping.carriers.measures import Box, LengthUnit, Weighed, WeightUnit
from sellingpartner.market.supply.questions import source_of
from sellingpartner.storage.unit import UnitOfWork

_LARGEST = Decimal(1_000_000)
_LONGEST_ID = 36
_IN = {"CM": (Decimal(1), LengthUnit.CENTIMETERS), "M": (Decimal(100), LengthUnit.CENTIMETERS)}
_IN["IN"] = (Decimal(1), LengthUnit.INCHES)
_OF = {"G": (Decimal(1), WeightUnit.GRAMS), "KG": (Decimal(1000), WeightUnit.GRAMS)}
_OF |= {"OZ": (Decimal(1), WeightUnit.OUNCES), "LB": (Decimal(16), WeightUnit.OUNCES)}
_CORRECTABLE = (
    ShipmentStatus.PACKAGE_CREATED,
    ShipmentStatus.PICKUP_SLOT_RETRIEVED,
    ShipmentStatus.INVOICE_GENERATED,
)


def create_packages(unit: UnitOfWork, shipment_id: str, packages: Sequence[Package]) -> None:
    """Pack a confirmed shipment: all of it, into one package or several."""
    shipment = load_shipment(unit, shipment_id)
    if shipment.status is not ShipmentStatus.CONFIRMED:
        raise WrongStep(f"Shipment {shipment_id}", shipment.status.value, [ShipmentStatus.CONFIRMED.value])
    if len(packages) > rules().most_packages:
        raise WrongValue("packages", len(packages), f"A shipment has {rules().most_packages} packages at most.")
    _check(unit, shipment, packages)
    shipment.packages = list(packages)
    _keep(unit, shipment)


def update_package(unit: UnitOfWork, shipment_id: str, package_id: str, package: Package) -> None:
    """Say another thing of a package that has no label yet; its shipment then goes back to where packages are told."""
    shipment = load_shipment(unit, shipment_id)
    former = shipment.package(package_id)
    if shipment.status not in _CORRECTABLE:
        raise WrongStep(f"Shipment {shipment_id}", shipment.status.value, [one.value for one in _CORRECTABLE])
    if package.package_id != package_id:
        raise WrongValue("id", package.package_id, f"It must be {package_id}, as in the path.")
    former.move(ExternalShipmentPacked)
    packages = [package if one is former else one for one in shipment.packages]
    _check(unit, shipment, packages)
    shipment.packages = packages
    _keep(unit, shipment)


def box_of(package: Package) -> Box:
    """The outer measures of a package, as carriers are told them."""
    sides = [(Decimal(side.value), *_IN[side.unit]) for side in (package.length, package.width, package.height)]
    if {unit for _, _, unit in sides} == {LengthUnit.INCHES}:
        length, width, height = (value for value, _, _ in sides)
        return Box(length=length, width=width, height=height, unit=LengthUnit.INCHES)
    length, width, height = (
        value * factor * (Decimal("2.54") if unit is LengthUnit.INCHES else 1) for value, factor, unit in sides
    )
    return Box(length=length, width=width, height=height, unit=LengthUnit.CENTIMETERS)


def weight_of(package: Package) -> Weighed:
    """The weight of a package, as carriers are told it."""
    factor, unit = _OF[package.weight.unit]
    return Weighed(value=Decimal(package.weight.value) * factor, unit=unit)


def crosses_a_border(unit: UnitOfWork, shipment: ExternalShipment) -> bool:
    """Whether customs must be told what is in its packages."""
    source = source_of(unit, shipment.supply_source_id)
    return source.address.country_code != order_of(unit, shipment.order_id).address.country_code


def _keep(unit: UnitOfWork, shipment: ExternalShipment) -> None:
    shipment.move(ExternalShipmentPacked)
    save_shipment(unit, shipment)
    tell(unit, shipment, ExternalShipmentPacked)


def _check(unit: UnitOfWork, shipment: ExternalShipment, packages: Sequence[Package]) -> None:
    declares = crosses_a_border(unit, shipment)
    for package in packages:
        _check_package(package)
        for packed in package.packed:
            _check_packed(shipment, packed, declares=declares)
    ids = [package.package_id for package in packages]
    if len(set(ids)) < len(ids):
        raise WrongValue("id", ids[0], "Each package of a shipment has an id of its own.")
    for line in shipment.lines:
        units = sum(one.units for package in packages for one in package.packed if one.line_id == line.line_id)
        if units > line.held:
            message = f"Line item {line.line_id} is of {line.held} units; {units} of them cannot be packed."
            raise WrongValue("quantity", units, message)
        if units < line.held:
            message = f"Of line item {line.line_id} {line.held - units} units are in no package; all must be packed."
            raise CannotFulfill(message)


def _check_package(package: Package) -> None:
    if not 1 <= len(package.package_id) <= _LONGEST_ID or not package.package_id.isprintable():
        raise WrongValue("id", package.package_id, f"A package's id has 1 to {_LONGEST_ID} printable characters.")
    for name in ("length", "width", "height"):
        side: Measure = getattr(package, name)
        if side.unit not in _IN or not _is_measure(side):
            raise WrongValue(f"dimensions.{name}", f"{side.value} {side.unit}", "It must be above 0, in CM, M or IN.")
    if package.weight.unit not in _OF or not _is_measure(package.weight):
        said = f"{package.weight.value} {package.weight.unit}"
        raise WrongValue("weight", said, "It must be above 0, in G, KG, OZ or LB.")
    if weight_of(package).grams < rules().least_grams:
        raise WrongValue("weight", package.weight.value, f"A package weighs at least {rules().least_grams} grams.")
    if not package.packed:
        raise WrongValue("packageLineItems", "[]", f"Nothing is in package {package.package_id}.")
    lines = [one.line_id for one in package.packed]
    if len(set(lines)) < len(lines):
        raise WrongValue("packageLineItemId", lines[0], "Each line item stands once in a package.")


def _check_packed(shipment: ExternalShipment, packed: Packed, *, declares: bool) -> None:
    if shipment.line(packed.line_id) is None:
        raise WrongValue("packageLineItemId", packed.line_id, "The shipment has no such line item.")
    if packed.units < 1:
        raise WrongValue("quantity", packed.units, "It must be 1 or more.")
    if len(packed.serial_numbers) > packed.units:
        raise WrongValue("serialNumbers", len(packed.serial_numbers), "There are more of them than units.")
    if packed.pieces not in {None, 1}:
        raise WrongValue("pieces", packed.pieces, "The item ships in one piece.")
    if declares and packed.country_of_origin is None:
        raise WrongValue("countryOfOrigin", "", "The package crosses a border; say where the item was made.")
    if declares and packed.value is None:
        raise WrongValue("itemValue", "", "The package crosses a border; say what the item is worth.")


def _is_measure(said: Measure) -> bool:
    try:
        value = Decimal(said.value)
    except InvalidOperation:
        return False
    return value.is_finite() and 0 < value <= _LARGEST
