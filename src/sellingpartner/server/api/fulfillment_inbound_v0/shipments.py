"""Shipments and their items, by status, id or time.

A shipment is listed from the moment in which it has the id that stands on its labels. Before it is ready to ship Amazon
calls it WORKING, and so is it here until it leaves.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.contract import fulfillment_inbound_v0 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fulfillment_inbound_v0 import (
    GetShipmentItems,
    GetShipmentItemsByShipmentId,
    GetShipmentItemsResponse,
    GetShipmentItemsResult,
    GetShipments,
    GetShipmentsResponse,
    GetShipmentsResult,
)
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.inbound.papers.printing import confirmed_shipment
from sellingpartner.market.inbound.questions import ShipmentFilter, page_of_shipments
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.server.api.fulfillment_inbound_v0.views import SHOWN_AS, item_views, shipment_info
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 50
_LIST = b"v0 inbound shipments after "
_ITEMS = b"v0 inbound items after "
_ALIKE = [{real.value, shown.value} for real, shown in SHOWN_AS.items()]
"""States that this version shows as one: whoever asks for one of them has both."""


class _Continuation(msgspec.Struct, frozen=True, array_like=True):
    wanted: ShipmentFilter
    after: tuple[datetime, str]


_decoder = msgspec.json.Decoder(_Continuation)


@handles(GetShipments)
def get_shipments(unit: UnitOfWork, request: GetShipments) -> GetShipmentsResponse:
    """Shipments by status or id, or those of them that changed in a time."""
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    if request.query_type is api.GetShipmentsQueryType.NEXT_TOKEN:
        wanted, after = _continued(unit, request.next_token, _LIST)
    else:
        wanted, after = _asked(request), None
    found = page_of_shipments(unit, wanted, after, _PAGE + 1)
    token = None
    if len(found) > _PAGE:
        last = found[_PAGE - 1]
        token = _token(unit, wanted, (last.updated_at, last.shipment_id), _LIST)
    return GetShipmentsResponse(
        payload=GetShipmentsResult(shipment_data=[shipment_info(one) for one in found[:_PAGE]], next_token=token)
    )


@handles(GetShipmentItemsByShipmentId)
def get_shipment_items_by_shipment_id(
    unit: UnitOfWork, request: GetShipmentItemsByShipmentId
) -> GetShipmentItemsResponse:
    """The items of a shipment."""
    shipment = confirmed_shipment(unit, request.shipment_id)
    return GetShipmentItemsResponse(payload=GetShipmentItemsResult(item_data=item_views(shipment)))


@handles(GetShipmentItems)
def get_shipment_items(unit: UnitOfWork, request: GetShipmentItems) -> GetShipmentItemsResponse:
    """The items of the shipments that changed in a time, shipment by shipment.

    Assumed: a page ends after a shipment, so that one may hold more items than another.
    """
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    if request.query_type is api.GetShipmentItemsQueryType.NEXT_TOKEN:
        wanted, after = _continued(unit, request.next_token, _ITEMS)
    else:
        begins, ends = _between(request.last_updated_after, request.last_updated_before)
        wanted = ShipmentFilter(
            marketplace_id=request.marketplace_id, statuses=None, ids=None, updated_from=begins, updated_until=ends
        )
        after = None
    found = page_of_shipments(unit, wanted, after, _PAGE + 1)
    token, shown = None, 0
    items: list[api.InboundShipmentItem] = []
    for shipment in found[:_PAGE]:
        items += item_views(shipment)
        shown += 1
        if len(items) >= _PAGE:
            break
    if shown < len(found):
        last = found[shown - 1]
        token = _token(unit, wanted, (last.updated_at, last.shipment_id), _ITEMS)
    return GetShipmentItemsResponse(payload=GetShipmentItemsResult(item_data=items, next_token=token))


def _asked(request: GetShipments) -> ShipmentFilter:
    statuses, ids = request.shipment_status_list, request.shipment_id_list
    if not statuses and not ids:
        raise InvalidInput("At least one of ShipmentStatusList and ShipmentIdList must be provided")
    begins = ends = None
    if request.query_type is api.GetShipmentsQueryType.DATE_RANGE:
        begins, ends = _between(request.last_updated_after, request.last_updated_before)
    wanted = None
    if statuses:
        wanted = {one.value for one in statuses}
        wanted |= {state for alike in _ALIKE for state in alike if wanted & alike}
    return ShipmentFilter(
        marketplace_id=request.marketplace_id,
        statuses=None if wanted is None else tuple(sorted(wanted)),
        ids=tuple(ids) if ids else None,
        updated_from=begins,
        updated_until=ends,
    )


def _between(begins: datetime | None, ends: datetime | None) -> tuple[datetime, datetime]:
    """Assumed: in which words Amazon refuses a time that is not told, or ends before it begins."""
    if begins is None or ends is None:
        raise InvalidInput("LastUpdatedAfter and LastUpdatedBefore must be provided")
    if ends < begins:
        raise InvalidInput("LastUpdatedBefore must be later than LastUpdatedAfter")
    return begins, ends


def _token(unit: UnitOfWork, wanted: ShipmentFilter, after: tuple[datetime, str], purpose: bytes) -> str:
    return sealed(unit, msgspec.json.encode(_Continuation(wanted, after)), purpose=purpose)


def _continued(
    unit: UnitOfWork, token: str | None, purpose: bytes
) -> tuple[ShipmentFilter, tuple[datetime, str] | None]:
    continuation = unsealed_as(unit, token, _decoder, purpose=purpose) if token else None
    if continuation is None:
        # Assumed: in which words Amazon refuses a token that is missing, or not one of this list.
        raise InvalidInput("The NextToken is not valid.")
    return continuation.wanted, continuation.after
