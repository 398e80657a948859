"""Boxes and pallets as the API shows them, one by one and page after page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.market.inbound.model import Box, Pallet, Plan, PlanItem
from sellingpartner.market.inbound.questions import Among, boxes_of, items_of, pallets_of
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.paging import numbered_page
from sellingpartner.server.api.fulfillment_inbound_2024_03_20.views import item_view, size_view, weight_view
from sellingpartner.storage.unit import UnitOfWork

_BY_AMAZON = "AMAZON"


class AsksForPage(Protocol):
    """What a list is asked with."""

    @property
    def page_size(self) -> int | None: ...  # noqa: D102
    @property
    def pagination_token(self) -> str | None: ...  # noqa: D102


def box_page(
    unit: UnitOfWork, plan: Plan, among: Among, asked: AsksForPage, *purpose: str
) -> tuple[list[api.Box], api.Pagination]:
    """A page of boxes, in the order in which they were packed."""
    page, pagination = numbered_page(
        unit,
        lambda after, limit: [(one.number, one) for one in boxes_of(unit, among, after=after, limit=limit)],
        asked.page_size,
        asked.pagination_token,
        "boxes of",
        *purpose,
    )
    planned = {one.msku: one for one in items_of(unit, plan.plan_id)}
    return [box_view(one, plan, planned) for one in page], pagination


def pallet_page(
    unit: UnitOfWork, among: Among, asked: AsksForPage, *purpose: str
) -> tuple[list[api.Pallet], api.Pagination]:
    """A page of pallets."""
    page, pagination = numbered_page(
        unit,
        lambda after, limit: [(one.number, one) for one in pallets_of(unit, among, after=after, limit=limit)],
        asked.page_size,
        asked.pagination_token,
        "pallets of",
        *purpose,
    )
    return [pallet_view(one) for one in page], pagination


def box_view(box: Box, plan: Plan, planned: Mapping[str, PlanItem]) -> api.Box:
    """A box with what is in it; `planned` are the plan's items, which say what its units are."""
    contents = [
        msgspec.structs.replace(planned[one.msku], quantity=one.quantity) for one in box.items if one.msku in planned
    ]
    return api.Box(
        package_id=box.package_id,
        box_id=box.box_id,
        template_name=box.template_name,
        quantity=box.quantity,
        content_information_source=api.BoxContentInformationSource(box.source.value),
        dimensions=size_view(box.size),
        weight=weight_view(box.weight),
        items=[item_view(one, plan.marketplace_id) for one in contents],
        external_container_identifier=box.box_id,
        external_container_identifier_type=None if box.box_id is None else _BY_AMAZON,
    )


def pallet_view(pallet: Pallet) -> api.Pallet:
    """A pallet."""
    return api.Pallet(
        package_id=pallet.package_id,
        quantity=pallet.quantity,
        dimensions=None if pallet.size is None else size_view(pallet.size),
        weight=None if pallet.weight is None else weight_view(pallet.weight),
        stackability=None if pallet.stackability is None else api.Stackability(pallet.stackability),
    )
