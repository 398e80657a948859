"""Shipments from a seller's location, and their packages. Nothing here reads or writes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.market.external.lifecycle import (
    LIFECYCLE,
    OPEN,
    PACKAGE,
    PackageStatus,
    ShipmentStatus,
)
from sellingpartner.market.external.refusals import NoSuchPackage, WrongStep
from sellingpartner.storage.events import Event

_STEPS = tuple(PackageStatus)


class Ships(StrEnum):
    """Who brings what a location sends: the marketplace's carriers, or the seller."""

    MARKETPLACE = "MARKETPLACE"
    SELF = "SELF"


class Canceler(StrEnum):
    """Who canceled, in Amazon's words."""

    SELLER = "SELLER_REJECTED"
    MARKETPLACE = "MARKETPLACE_CANCELLED"
    SYSTEM = "SYSTEM_CANCELLED"


class Location(msgspec.Struct, frozen=True, kw_only=True):
    """A supply source whose orders are shipped step by step."""

    supply_source_id: str
    ships: Ships
    opened_at: datetime


class Canceled(msgspec.Struct, frozen=True, kw_only=True):
    """That units of a line will not ship from there."""

    units: int
    by: Canceler
    at: datetime
    reason: str | None = None


class Line(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Units of one SKU that a shipment is of."""

    line_id: str
    order_item_id: str
    sku: str
    units: int
    """As many as it was made of."""
    canceled: tuple[Canceled, ...] = ()

    @property
    def held(self) -> int:
        """The units that were not canceled."""
        return self.units - sum(one.units for one in self.canceled)


class Measure(msgspec.Struct, frozen=True):
    """A length or a weight, as the seller said it."""

    value: str
    unit: str


class Packed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Units of a line in a package."""

    line_id: str
    units: int
    serial_numbers: tuple[str, ...] = ()
    pieces: int | None = None
    country_of_origin: str | None = None
    value: tuple[str, str] | None = None
    """Amount and currency, as the seller said them for customs."""


class Label(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The label of a package, bought of the marketplace's carriers or told by the seller."""

    carrier_name: str
    tracking_id: str
    option_id: str | None = None
    bought_as: str | None = None
    """The shipment of `shipping` that was bought for it."""
    slot_starts_at: datetime | None = None
    slot_ends_at: datetime | None = None


class Package(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A package, as the seller says it is."""

    package_id: str
    length: Measure
    width: Measure
    height: Measure
    weight: Measure
    packed: tuple[Packed, ...]
    hazmat_labels: tuple[str, ...] = ()
    handling: str | None = None
    status: PackageStatus = PackageStatus.CREATED
    label: Label | None = None
    reference: str | None = None
    """The order's package that it left as."""

    def move(self, fact: type[Event]) -> None:
        """Change its status by a fact; raises `WrongStep`."""
        if fact not in PACKAGE[self.status]:
            allowed = [status.value for status, facts in PACKAGE.items() if fact in facts]
            raise WrongStep(f"Package {self.package_id}", self.status.value, allowed)
        self.status = PACKAGE[self.status][fact]


class Invoice(msgspec.Struct, frozen=True):
    """The invoice that was written for a shipment."""

    number: str
    written_at: datetime


class ExternalShipment(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What a location is to send of an order, or has sent."""

    shipment_id: str
    order_id: str
    supply_source_id: str
    marketplace_id: str
    ships: Ships
    created_at: datetime
    updated_at: datetime
    packs_at: datetime
    """From when on the seller may begin."""
    ships_by: datetime
    answer_by: datetime
    """Until when the seller must have said whether it fulfills it."""
    lines: list[Line]
    status: ShipmentStatus = ShipmentStatus.CREATED
    packages: list[Package] = []
    invoice: Invoice | None = None
    sub_status: str | None = None
    reason: str | None = None
    is_outside: bool = False
    """Whether it left in another way than step by step."""

    @property
    def is_open(self) -> bool:
        """Whether nothing of it has left, and all may still."""
        return self.status in OPEN

    @property
    def units(self) -> int:
        """How many units it is of."""
        return sum(line.held for line in self.lines)

    @property
    def quantities(self) -> dict[str, int]:
        """How many units of which order item it is of."""
        return {line.order_item_id: line.held for line in self.lines if line.held}

    def line(self, line_id: str) -> Line | None:
        """One of its lines."""
        return next((line for line in self.lines if line.line_id == line_id), None)

    def package(self, package_id: str) -> Package:
        """One of its packages; raises `NoSuchPackage`."""
        for package in self.packages:
            if package.package_id == package_id:
                return package
        raise NoSuchPackage(package_id)

    def items_in(self, package: Package) -> dict[str, int]:
        """How many units of which order item are in a package."""
        found: dict[str, int] = {}
        for packed in package.packed:
            line = self.line(packed.line_id)
            if line is not None:
                found[line.order_item_id] = found.get(line.order_item_id, 0) + packed.units
        return found

    def can(self, fact: type[Event]) -> bool:
        """Whether a fact may befall it now."""
        return fact in LIFECYCLE[self.status]

    def check(self, fact: type[Event]) -> None:
        """Raise `WrongStep` if a fact may not befall it now."""
        if not self.can(fact):
            allowed = [status.value for status, facts in LIFECYCLE.items() if fact in facts]
            raise WrongStep(f"Shipment {self.shipment_id}", self.status.value, allowed)

    def move(self, fact: type[Event]) -> None:
        """Change its status by a fact; raises `WrongStep`."""
        self.check(fact)
        self.status = LIFECYCLE[self.status][fact]

    def follow(self, fact: type[Event], step: PackageStatus) -> bool:
        """Come so far as all its packages have; whether that is further than it was."""
        reached = all(_STEPS.index(package.status) >= _STEPS.index(step) for package in self.packages)
        if not reached or not self.can(fact) or LIFECYCLE[self.status][fact] is self.status:
            return False
        self.move(fact)
        return True

    def cancel(self, canceled: dict[str, int], *, by: Canceler, at: datetime, reason: str | None) -> None:
        """Take units of order items off its lines."""
        for line in self.lines:
            units = min(canceled.get(line.order_item_id, 0), line.held)
            if units:
                line.canceled = (*line.canceled, Canceled(units=units, by=by, at=at, reason=reason))
