"""What others may ask of AWD."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.market.distribution.eligibility import HERE, judge
from sellingpartner.market.distribution.labels import label_status, labels_of
from sellingpartner.market.distribution.lots import Dated, dates_of, in_transit, lots_of
from sellingpartner.market.distribution.model import InboundShipment, Received
from sellingpartner.market.distribution.outbound import eligible_products, wanted_by
from sellingpartner.market.distribution.packages import contents_of, products_of
from sellingpartner.market.distribution.space import spaces_used
from sellingpartner.market.distribution.store import (
    Key,
    Listed,
    inbound_of,
    latest_inbounds,
    open_outbounds,
    outbound_of,
    page_of_outbounds,
    page_of_shipments,
    policies_of,
    shipment_if_there,
    shipment_of,
)
from sellingpartner.market.inventory.model import DAMAGED, Condition, Place
from sellingpartner.market.inventory.questions import positions_at
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "HERE",
    "Key",
    "Listed",
    "eligible_products",
    "inbound_of",
    "judge",
    "label_status",
    "labels_of",
    "latest_inbounds",
    "open_outbounds",
    "outbound_of",
    "page_of_outbounds",
    "page_of_shipments",
    "policies_of",
    "shipment_if_there",
    "shipment_of",
    "spaces_used",
    "wanted_by",
]


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """What AWD has of a SKU."""

    sku: str
    coming: int
    """On its way from the seller, or at the door."""
    on_hand: int
    """In distribution centers, damaged units among them."""
    available: int
    reserved: int
    going: int
    """On its way to FBA."""
    dates: Sequence[Dated]


class SkuReceived(msgspec.Struct, frozen=True):
    """What a shipment was to bring of a SKU, and what came."""

    sku: str
    expected: int
    received: int
    damaged: int
    """Of what was received."""


def holdings(
    unit: UnitOfWork, *, after: str | None, limit: int, skus: Sequence[str] | None = None, is_ascending: bool = True
) -> list[Holding]:
    """What AWD has, or had, or is sent, page by page in the order of SKU."""
    found = positions_at(unit, Place.AWD, after=after, limit=limit, skus=skus, is_ascending=is_ascending)
    names = [one.sku for one in found]
    lots, going = lots_of(unit, names), in_transit(unit, names)
    return [
        Holding(
            sku=one.sku,
            coming=one.of(Condition.INBOUND_SHIPPED, Condition.INBOUND_RECEIVING),
            on_hand=one.of(Condition.SELLABLE, *DAMAGED),
            available=one.fulfillable,
            reserved=one.reserved,
            going=going.get(one.sku, 0),
            dates=list(dates_of(lots.get(one.sku, ()))),
        )
        for one in found
    ]


def received_cases(shipment: InboundShipment) -> int:
    """How many cases came whole."""
    came = iter(shipment.received)
    return sum(_whole(one, came) for one in shipment.packages) if shipment.received else 0


def _whole(one: awd.DistributionPackageQuantity, came: Iterator[Received]) -> int:
    return min(next(came).units // product.quantity for product in products_of(one.distribution_package))


def received_by_sku(shipment: InboundShipment) -> Iterator[SkuReceived]:
    """What a shipment was to bring, and what came, in the order of SKU."""
    expected: dict[str, int] = defaultdict(int)
    received: dict[str, int] = defaultdict(int)
    damaged: dict[str, int] = defaultdict(int)
    for number, content in enumerate(contents_of(shipment.packages)):
        expected[content.sku] += content.units
        if shipment.received:
            received[content.sku] += shipment.received[number].units
            damaged[content.sku] += shipment.received[number].damaged
    for sku in sorted(expected):
        yield SkuReceived(sku, expected[sku], received[sku], damaged[sku])
