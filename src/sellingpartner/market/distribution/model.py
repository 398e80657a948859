"""Orders and shipments of AWD, on their way in and on their way out."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.market.distribution.lifecycle import (
    INBOUND,
    OUTBOUND,
    SHIPMENT,
    TRANSFER,
    InboundStatus,
    OutboundStatus,
    ShipmentStatus,
    TransferStatus,
)
from sellingpartner.market.distribution.packages import Packages
from sellingpartner.market.distribution.refusals import NotInThatState, advanced
from sellingpartner.market.events.distribution import AwdShipmentCanceled
from sellingpartner.storage.events import Event


class InboundOrder(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An order that brings units into AWD."""

    order_id: str
    status: InboundStatus = InboundStatus.DRAFT
    origin: awd.Address
    packages: Packages
    wished_region: str | None = None
    reference: str | None = None
    """The seller's own."""
    created_at: datetime
    updated_at: datetime
    region: str = ""
    """Where it goes, once it is confirmed."""
    center: str = ""

    def advance(self, fact: type[Event]) -> None:
        """Be in the state that a fact leads to; raises `NotInThatState`."""
        subject = f"Inbound order {self.order_id}"
        self.status = advanced(INBOUND, self.status, fact, subject=subject, refused=NotInThatState)


class Tracking(NamedTuple):
    """By what a carrier knows the shipment, or one of its cases."""

    booking_id: str
    carrier: str | None = None
    """Its Standard Carrier Alpha Code."""


class Received(msgspec.Struct, frozen=True):
    """What has come of a product."""

    sellable: int = 0
    damaged: int = 0

    @property
    def units(self) -> int:
        """All that came."""
        return self.sellable + self.damaged

    def __add__(self, other: Received) -> Received:
        return Received(self.sellable + other.sellable, self.damaged + other.damaged)


class InboundShipment(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The shipment of an inbound order; it has the order's id."""

    shipment_id: str
    status: ShipmentStatus = ShipmentStatus.CREATED
    origin: awd.Address
    packages: Packages
    region: str
    center: str
    reference: str | None = None
    ship_by: datetime
    labels_at: datetime
    """When its labels are drawn."""
    tracking: tuple[Tracking, ...] = ()
    received: tuple[Received, ...] = ()
    """What has come of each of its contents, in their order; nothing before the first box was opened."""
    batches: int = 0
    """How often boxes of it were opened."""
    created_at: datetime
    updated_at: datetime

    def advance(self, fact: type[Event]) -> None:
        """Be in the state that a fact leads to; raises `WrongState`."""
        self.status = advanced(SHIPMENT, self.status, fact, subject=f"Inbound shipment {self.shipment_id}")

    def cancel(self) -> None:
        """Be called off with the order; raises `NotInThatState`."""
        subject = f"The shipment of inbound order {self.shipment_id}"
        self.status = advanced(SHIPMENT, self.status, AwdShipmentCanceled, subject=subject, refused=NotInThatState)


class Kind(StrEnum):
    """What an order takes units out of AWD for."""

    OUTBOUND = "OUTBOUND"
    REPLENISHMENT = "REPLENISHMENT"


class Wanted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Units of a SKU."""

    sku: str
    quantity: int
    attributes: tuple[tuple[str, str], ...] = ()


class Shortfall(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why some of an order, or a SKU of it, cannot be had."""

    code: str
    reasons: tuple[str, ...]
    sku: str | None = None


class Pick(NamedTuple):
    """Units of one lot."""

    lot: int
    sku: str
    units: int
    units_of_case: int
    volume_mm3: int


class Transfer(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A shipment from one distribution center to one fulfillment center."""

    shipment_id: str
    status: TransferStatus = TransferStatus.CREATED
    start: str
    end: str
    picks: tuple[Pick, ...]
    created_at: datetime
    updated_at: datetime

    def advance(self, fact: type[Event]) -> None:
        """Be in the state that a fact leads to; raises `WrongState`."""
        self.status = advanced(TRANSFER, self.status, fact, subject=f"Shipment {self.shipment_id}")

    @property
    def units(self) -> Counter[str]:
        """What is in it, by SKU."""
        units: Counter[str] = Counter()
        for pick in self.picks:
            units[pick.sku] += pick.units
        return units

    @property
    def boxes(self) -> int:
        """How many boxes it takes: units of a SKU that came in cases of one size share them."""
        units: Counter[tuple[str, int]] = Counter()
        for pick in self.picks:
            units[pick.sku, pick.units_of_case] += pick.units
        return sum(-(-count // size) for (_, size), count in units.items())


class OutboundOrder(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An order that takes units out of AWD and into FBA."""

    order_id: str
    kind: Kind
    status: OutboundStatus = OutboundStatus.DRAFT
    products: tuple[Wanted, ...] = ()
    packages: Packages = ()
    """What is wanted by the case."""
    takes_part: bool = False
    """Whether it is carried out for what there is, where there is less than was wanted."""
    confirms_itself: bool = False
    is_automatic: bool = False
    """Whether AWD made it, as FBA ran low."""
    eligible: dict[str, int] = {}
    reserved: dict[str, int] = {}
    shortfalls: tuple[Shortfall, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    checks: int = 0
    """How often it was to be held against what there is."""
    created_at: datetime
    updated_at: datetime
    confirmed_at: datetime | None = None

    def advance(self, fact: type[Event]) -> None:
        """Be in the state that a fact leads to; raises `WrongState`."""
        name = "Outbound" if self.kind is Kind.OUTBOUND else "Replenishment"
        self.status = advanced(OUTBOUND, self.status, fact, subject=f"{name} order {self.order_id}")

    def transfer(self, shipment_id: str) -> Transfer:
        """One of its shipments."""
        return next(one for one in self.transfers if one.shipment_id == shipment_id)

    @property
    def arrived(self) -> Counter[str]:
        """What can be sold from FBA, by SKU."""
        units: Counter[str] = Counter()
        for transfer in self.transfers:
            if transfer.status in {TransferStatus.RECEIVED, TransferStatus.CLOSED}:
                units.update(transfer.units)
        return units

    @property
    def shipped(self) -> Counter[str]:
        """What has left AWD, by SKU."""
        units: Counter[str] = Counter()
        for transfer in self.transfers:
            if transfer.status is not TransferStatus.CREATED:
                units.update(transfer.units)
        return units


class Lot(NamedTuple):
    """Units of a SKU that came together and expire together."""

    lot: int
    sku: str
    center: str
    expires_at: datetime | None
    units: int
    held: int
    """How many of them are picked for a shipment."""
    units_of_case: int
    unit_volume: int

    @property
    def free(self) -> int:
        """How many can be picked."""
        return self.units - self.held


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """Whether AWD keeps FBA filled with a SKU by itself, and between which bounds."""

    sku: str
    is_automatic: bool = True
    least: int | None = None
    most: int | None = None
