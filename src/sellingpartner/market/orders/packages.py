"""Packages: what a seller says of one when it leaves, and what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from sellingpartner.market.orders.buyer import Address


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """A package as whoever ships it describes it. Naming a known package's reference again corrects that package."""

    reference: str
    shipped_at: datetime
    quantities: Mapping[str, int]
    """How many units of which order item are in it."""
    carrier_code: str
    carrier_name: str | None = None
    method: str | None = None
    tracking_number: str | None = None
    supply_source_id: str | None = None
    center: str | None = None
    """The fulfillment center of Amazon's that it leaves, whose units have been picked."""
    cod_collection_method: str | None = None
    transparency_codes: Mapping[str, tuple[str, ...]] = {}
    """Codes of single units, by order item."""
    carrier_status: str | None = None
    """Where its carrier has it, if the market knows: in the words of `shipping.lifecycle.ParcelStatus`."""


class Package(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A package that left."""

    reference: str
    shipped_at: datetime
    quantities: dict[str, int]
    carrier_code: str
    carrier_name: str | None = None
    method: str | None = None
    tracking_number: str | None = None
    supply_source_id: str | None = None
    center: str | None = None
    """The fulfillment center that it left, if Amazon shipped it."""
    cod_collection_method: str | None = None
    transparency_codes: dict[str, tuple[str, ...]] = {}
    carrier_status: str | None = None
    confirmed_at: datetime
    delivered_at: datetime | None = None
    ship_from: Address | None = None
    """Where it left from, if that is a supply source, as it was then."""

    @classmethod
    def of(cls, parcel: Parcel, *, confirmed_at: datetime, delivered_at: datetime | None = None) -> Package:
        """The package that a parcel becomes."""
        return cls(
            reference=parcel.reference,
            shipped_at=parcel.shipped_at,
            quantities=dict(parcel.quantities),
            carrier_code=parcel.carrier_code,
            carrier_name=parcel.carrier_name,
            method=parcel.method,
            tracking_number=parcel.tracking_number,
            supply_source_id=parcel.supply_source_id,
            center=parcel.center,
            cod_collection_method=parcel.cod_collection_method,
            transparency_codes=dict(parcel.transparency_codes),
            carrier_status=parcel.carrier_status,
            confirmed_at=confirmed_at,
            delivered_at=delivered_at,
        )
