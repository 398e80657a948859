"""Packages get labels: bought of the marketplace's carriers, or with the number that the seller's carrier gave."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.external import ShipLabelsGenerated
from sellingpartner.market.external.lifecycle import PackageStatus
from sellingpartner.market.external.model import ExternalShipment, Label, Package, Ships
from sellingpartner.market.external.options import Option, option_of, options_for, wish_of
from sellingpartner.market.external.refusals import WrongStep, WrongValue
from sellingpartner.market.external.store import load_shipment, save_shipment
from sellingpartner.market.external.telling import tell
from sellingpartner.market.external.writing import needs_invoice
from sellingpartner.market.shipping import commands as shipping
from sellingpartner.market.shipping.model import LabelWish
from sellingpartner.storage.unit import UnitOfWork

_FORM = {"NON_DELIVERY_OPTION": "RETURN", "CONTENTS_TYPE": "MERCHANDISE"}
"""What carriers ask of a package that leaves the country, beside what the seller said of its items."""
_LONGEST = 40
_WAITS = "PENDING_PICKUP"


class Courier(msgspec.Struct, frozen=True):
    """The seller's own carrier, and the number that it gave a package."""

    carrier_name: str
    tracking_id: str


class Labeled(msgspec.Struct, frozen=True):
    """What came of a package: it has a label, or why it has none."""

    package: Package
    refused: InvalidInput | None = None


def generate_labels(
    unit: UnitOfWork,
    shipment_id: str,
    package_ids: Sequence[str],
    *,
    option_id: str | None = None,
    courier: Courier | None = None,
    is_anew: bool = False,
) -> list[Labeled]:
    """Have labels made, of all packages unless some are named; one that cannot be had leaves the others theirs."""
    shipment = load_shipment(unit, shipment_id)
    named = list(dict.fromkeys(package_ids)) or [one.package_id for one in shipment.packages]
    packages = [shipment.package(package_id) for package_id in named]
    if not packages:
        shipment.check(ShipLabelsGenerated)
    for package in packages:
        _check_step(unit, shipment, package, is_anew=is_anew)
    _check_courier(shipment, packages, courier)
    if shipment.ships is Ships.SELF and option_id is not None:
        raise WrongValue("shippingOptionId", option_id, "The seller brings this shipment itself; it has no options.")
    done = []
    for package in packages:
        former = package.label
        try:
            with unit.attempt():
                label = _label(unit, shipment, package, option_id, courier)
        except InvalidInput as refused:
            package.label = former
            done.append(Labeled(package, refused))
            continue
        package.label = label
        package.move(ShipLabelsGenerated)
        done.append(Labeled(package))
    shipment.sub_status = _WAITS if shipment.ships is Ships.MARKETPLACE else None
    is_further = shipment.follow(ShipLabelsGenerated, PackageStatus.SHIPLABEL_GENERATED)
    if any(one.refused is None for one in done):
        save_shipment(unit, shipment)
    if is_further:
        tell(unit, shipment, ShipLabelsGenerated)
    return done


def _check_step(unit: UnitOfWork, shipment: ExternalShipment, package: Package, *, is_anew: bool) -> None:
    """Raise `WrongStep` if it is not the turn of a package's label."""
    subject, labeled = f"Package {package.package_id}", PackageStatus.SHIPLABEL_GENERATED
    if is_anew:
        allowed = [labeled]
    elif needs_invoice(unit, shipment):
        allowed = [PackageStatus.INVOICE_GENERATED]
    elif shipment.ships is Ships.MARKETPLACE:
        allowed = [PackageStatus.PICKUP_SLOT_RETRIEVED, PackageStatus.INVOICE_GENERATED]
    else:
        allowed = [PackageStatus.CREATED, PackageStatus.INVOICE_GENERATED]
    if package.status not in allowed:
        raise WrongStep(subject, package.status.value, [one.value for one in allowed])


def _check_courier(shipment: ExternalShipment, packages: Sequence[Package], courier: Courier | None) -> None:
    name = "courierSupportedAttributes"
    if shipment.ships is Ships.MARKETPLACE:
        if courier is not None:
            raise WrongValue(name, courier.carrier_name, "The marketplace's carriers bring this shipment.")
        return
    if courier is None:
        raise WrongValue(name, "", "The seller brings this shipment itself; name its carrier and tracking number.")
    for said in (courier.carrier_name, courier.tracking_id):
        if not 1 <= len(said.strip()) <= _LONGEST or not (said.isascii() and said.isprintable()):
            raise WrongValue(name, said, f"A carrier and a tracking number have 1 to {_LONGEST} plain characters.")
    if len(packages) > 1:
        raise WrongValue("packageIds", len(packages), "A tracking number is one package's; label each by itself.")


def _label(
    unit: UnitOfWork, shipment: ExternalShipment, package: Package, option_id: str | None, courier: Courier | None
) -> Label:
    if courier is not None:
        return Label(carrier_name=courier.carrier_name, tracking_id=courier.tracking_id)
    former = package.label
    if former is not None and former.bought_as is not None:
        package.label = None
        save_shipment(unit, shipment)  # so that nobody takes the old label for the package's when it is given back
        shipping.void(unit, former.bought_as)
    option = _chosen(unit, shipment, package, option_id)  # no carrier takes what still has the old label
    bought = shipping.buy(
        unit,
        wish_of(unit, shipment, package, option.starts_at),
        option.service_id,
        None,
        LabelWish(format="PDF", is_hazmat=bool(package.hazmat_labels)),
        inputs=_FORM,
        confirms=False,
    )
    return Label(
        carrier_name=bought.bought.carrier_name,
        tracking_id=bought.tracking_id,
        option_id=option.option_id,
        bought_as=bought.shipment_id,
        slot_starts_at=option.starts_at,
        slot_ends_at=option.ends_at,
    )


def _chosen(unit: UnitOfWork, shipment: ExternalShipment, package: Package, option_id: str | None) -> Option:
    """The option that was named, or the recommended one."""
    if option_id is not None:
        return option_of(unit, shipment, package, option_id)
    return options_for(unit, shipment, package)[0]
