"""Which offers of the program are meant: by ASIN, SKU, channel and brand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sellingpartner.contract import replenishment_2022_11_07 as v2022
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.catalog.questions import found_item
from sellingpartner.market.listings.model import FulfillmentChannel, Record
from sellingpartner.market.listings.questions import records_in
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 500
CHANNELS = {
    FulfillmentChannel.AFN.value: v2022.FulfillmentChannelType.AMAZON,
    FulfillmentChannel.MFN.value: v2022.FulfillmentChannelType.MERCHANT,
}


class Filters(Protocol):
    """What offers are chosen by."""

    @property
    def asins(self) -> Sequence[str] | None: ...  # noqa: D102
    @property
    def skus(self) -> Sequence[str] | None: ...  # noqa: D102
    @property
    def fulfillment_channel_types(self) -> Sequence[v2022.FulfillmentChannelType] | None: ...  # noqa: D102
    @property
    def brand_names(self) -> Sequence[str] | None: ...  # noqa: D102
    @property
    def product_groups(self) -> Sequence[str] | None: ...  # noqa: D102


def skus_meant(unit: UnitOfWork, marketplace_id: str, filters: Filters | None) -> frozenset[str] | None:
    """The SKUs that match all filters; None where nothing is filtered."""
    if filters is None or not any(
        (
            filters.asins,
            filters.skus,
            filters.fulfillment_channel_types,
            filters.brand_names,
            filters.product_groups,
        )
    ):
        return None
    found, after = set[str](), ""
    while page := records_in(unit, marketplace_id, after=after, limit=_PAGE):
        found |= {record.sku for record in page if matches(unit, record, filters)}
        after = page[-1].sku
    return frozenset(found)


def matches(unit: UnitOfWork, record: Record, filters: Filters) -> bool:
    """Whether a listing matches all filters; raises `InvalidInput` for one that is for vendors."""
    if filters.product_groups:
        raise InvalidInput("productGroups is for vendors; a seller filters by asins, skus, channels and brandNames")
    channels = filters.fulfillment_channel_types
    return (
        (not filters.asins or record.asin in filters.asins)
        and (not filters.skus or record.sku in filters.skus)
        and (not channels or CHANNELS.get(record.fulfillment_channel) in channels)
        and (not filters.brand_names or brand_of(unit, record) in filters.brand_names)
    )


def brand_of(unit: UnitOfWork, record: Record) -> str | None:
    """The brand of what a listing offers."""
    item = None if record.asin is None else found_item(unit, record.asin)
    return None if item is None else item.brand
