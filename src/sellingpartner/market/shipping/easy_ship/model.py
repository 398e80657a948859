"""Packages of Easy Ship. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.market.shipping.easy_ship.slots import Measures, Method
from sellingpartner.market.shipping.lifecycle import ParcelStatus


class PackageStatus(StrEnum):
    """Where a package stands."""

    READY_FOR_PICKUP = "ReadyForPickup"
    PICKED_UP = "PickedUp"
    AT_ORIGIN_FC = "AtOriginFC"
    AT_DESTINATION_FC = "AtDestinationFC"
    OUT_FOR_DELIVERY = "OutForDelivery"
    DELIVERED = "Delivered"
    UNDELIVERABLE = "Undeliverable"
    RETURNED_TO_SELLER = "ReturnedToSeller"
    LOST_IN_TRANSIT = "LostInTransit"
    LABEL_CANCELED = "LabelCanceled"


PENDING_SCHEDULE = "PendingSchedule"
"""The state of an Easy Ship order that nobody has scheduled."""

_BY_PARCEL: Mapping[ParcelStatus, tuple[PackageStatus, tuple[str, ...]]] = {
    ParcelStatus.OUT_FOR_DELIVERY: (PackageStatus.OUT_FOR_DELIVERY, ("OutForDelivery",)),
    ParcelStatus.REFUSED: (PackageStatus.UNDELIVERABLE, ("RejectedByBuyer",)),
    ParcelStatus.DELIVERED: (PackageStatus.DELIVERED, ("Delivered",)),
    ParcelStatus.RETURNING: (PackageStatus.UNDELIVERABLE, ("Undeliverable", "ReturningToSeller")),
    ParcelStatus.RETURNED: (PackageStatus.RETURNED_TO_SELLER, ("ReturnedToSeller",)),
    ParcelStatus.LOST: (PackageStatus.LOST_IN_TRANSIT, ("Lost",)),
    ParcelStatus.CANCELED: (PackageStatus.LABEL_CANCELED, ("LabelCanceled",)),
}
"""What a scan makes of the package, and of its order, one state after the other."""


class Contents(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item in a package."""

    order_item_id: str | None = None
    serial_numbers: tuple[str, ...] = ()


class Invoice(msgspec.Struct, frozen=True):
    """The invoice that Amazon wrote."""

    number: str
    written_at: datetime


class EasyPackage(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The package of an order."""

    order_id: str
    package_id: str
    marketplace_id: str
    measures: Measures
    slot_id: str
    method: Method
    starts_at: datetime
    ends_at: datetime
    tracking_id: str
    created_at: datetime
    box_name: str | None = None
    identifier: str | None = None
    contents: tuple[Contents, ...] = ()
    invoice: Invoice | None = None
    status: PackageStatus = PackageStatus.READY_FOR_PICKUP

    @property
    def waiting_as(self) -> str:
        """The state of its order while the package waits."""
        return "PendingPickUp" if self.method is Method.PICKUP else "PendingDropOff"

    def scanned(self, status: ParcelStatus) -> tuple[str, ...]:
        """Follow a scan of its parcel; returns the states that its order passes through."""
        match status:
            case ParcelStatus.ACCEPTED:
                self.status = PackageStatus.PICKED_UP
                return ("PickedUp" if self.method is Method.PICKUP else "DroppedOff",)
            case ParcelStatus.IN_TRANSIT:
                is_first = self.status is PackageStatus.PICKED_UP
                self.status = PackageStatus.AT_ORIGIN_FC if is_first else PackageStatus.AT_DESTINATION_FC
                return (self.status.value,)
            case ParcelStatus.LABEL_CREATED:
                return ()
            case _:
                self.status, states = _BY_PARCEL[status]
                return states
