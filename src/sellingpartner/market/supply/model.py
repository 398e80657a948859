"""A supply source: a store or a warehouse that a seller ships from."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from sellingpartner.contract.supply_sources_2020_07_01 import (
    Address,
    SupplySourceCapabilities,
    SupplySourceConfiguration,
)


class Status(StrEnum):
    """Whether orders go to a source. Archived is for good."""

    ACTIVE = "Active"
    INACTIVE = "Inactive"
    ARCHIVED = "Archived"


class SupplySource(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place of the seller's. Hours, capacity and capabilities are kept in the words in which Amazon has them said."""

    supply_source_id: str
    code: str
    alias: str
    status: Status
    address: Address
    created_at: datetime
    updated_at: datetime
    configuration: SupplySourceConfiguration | None = None
    capabilities: SupplySourceCapabilities | None = None

    @property
    def is_active(self) -> bool:
        """Whether orders go to it."""
        return self.status is Status.ACTIVE

    @property
    def picks_up(self) -> bool:
        """Whether buyers can fetch what they ordered there.

        Assumed: a source offers pick-up in the store when its pick-up channel is supported, and pick-up in the store is
        not excepted from it.
        """
        outbound = None if self.capabilities is None else self.capabilities.outbound
        channel = None if outbound is None else outbound.pickup_channel
        if channel is None or not channel.is_supported:
            return False
        in_store = channel.in_store_pickup_configuration
        return in_store is None or in_store.is_supported is not False

    @property
    def delivers(self) -> bool:
        """Whether it ships to buyers.

        Assumed: a source ships as long as nobody says that it does not.
        """
        outbound = None if self.capabilities is None else self.capabilities.outbound
        if outbound is None:
            return True
        channel = outbound.delivery_channel
        return outbound.is_supported is not False and (channel is None or channel.is_supported is not False)
