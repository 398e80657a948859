"""External fulfillment inventory, 2024-09-11: what lies at a seller's locations, read and said, up to ten at once."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from sellingpartner.contract import external_fulfillment_inventory_2024_09_11 as api
from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.external_fulfillment_inventory_2024_09_11 import BatchInventory, BatchInventoryResponse
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.external.commands import state_quantity
from sellingpartner.market.external.quantities import Quantity, UnknownSku
from sellingpartner.market.external.questions import quantity_at
from sellingpartner.market.external.refusals import WrongValue
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_FETCH, _UPDATE = "/inventory/fetch", "/inventory/update"
_INVALID_SKU, _INVALID_INPUT = "INVALID_SKU", "INVALID_INPUT"
_PHRASES = {400: "Invalid Input", 404: "Not Found", 409: "Conflict"}
_LONGEST_URI = 2000


@handles(BatchInventory)
def batch_inventory(unit: UnitOfWork, request: BatchInventory) -> BatchInventoryResponse:
    """Do each request by itself: one that is refused leaves the others as they are."""
    if not request.requests:
        raise WrongValue("requests", "", "At least one field is mandatory in the input payload")
    return BatchInventoryResponse(responses=[_answer(unit, one) for one in request.requests])


def _answer(unit: UnitOfWork, one: api.InventoryRequest) -> api.InventoryResponse:
    path, asked = _read(one.uri)
    location_id, sku = asked.get("locationId"), asked.get("skuId")
    try:
        with unit.attempt():
            return _done(_quantity(unit, one, path, location_id, sku), one.body)
    except SellingPartnerError as refused:
        return api.InventoryResponse(
            status=api.HttpStatusLine(
                status_code=refused.status, reason_phrase=_PHRASES.get(refused.status, refused.code)
            ),
            body=api.InventoryResponseBody(
                location_id=location_id,
                sku_id=sku,
                client_sequence_number=None if one.body is None else one.body.client_sequence_number,
                actionable_errors=[
                    api.ActionableError(
                        error_type=_INVALID_SKU if isinstance(refused, UnknownSku) else _kind(refused),
                        error_sub_type=refused.reason,
                    )
                ],
            ),
        )


def _quantity(
    unit: UnitOfWork, one: api.InventoryRequest, path: str, location_id: str | None, sku: str | None
) -> Quantity:
    body = one.body or api.InventoryRequestParams()
    if path not in {_FETCH, _UPDATE}:
        raise WrongValue("uri", one.uri, f"It begins with {_FETCH} or {_UPDATE}.")
    if one.method != api.HttpMethod.POST and path == _UPDATE:
        raise WrongValue("method", one.method, "An update is made by POST.")
    if not location_id:
        raise WrongValue("locationId", one.uri, "The uri names no locationId.")
    if not sku:
        raise WrongValue("skuId", one.uri, "The uri names no skuId.")
    _check_attributes(unit, body.marketplace_attributes)
    if path == _FETCH:
        return quantity_at(unit, location_id, sku)
    if body.quantity is None:
        raise WrongValue("quantity", "", "An update says a quantity.")
    return state_quantity(unit, location_id, sku, body.quantity, body.client_sequence_number)


def _check_attributes(unit: UnitOfWork, said: api.MarketplaceAttributes | None) -> None:
    """Assumed: a location is one for all marketplaces of a seller, so these attributes only have to fit."""
    if said is None:
        return
    if said.channel_name not in {None, api.ChannelName.MFN}:
        raise WrongValue("channelName", said.channel_name, "Locations of the market are of the channel MFN.")
    entered = {one.marketplace_id for one in participations_of(unit, unit.seller_id)}
    if said.marketplace_id is not None and said.marketplace_id not in entered:
        raise WrongValue("marketplaceId", said.marketplace_id, "The seller does not sell in that marketplace.")


def _done(found: Quantity, said: api.InventoryRequestParams | None) -> api.InventoryResponse:
    return api.InventoryResponse(
        status=api.HttpStatusLine(status_code=200, reason_phrase="Success"),
        body=api.InventoryResponseBody(
            client_sequence_number=found.sequence,
            location_id=found.location_id,
            sku_id=found.sku,
            sellable_quantity=found.sellable,
            reserved_quantity=found.reserved,
            marketplace_attributes=None if said is None else said.marketplace_attributes,
            actionable_errors=[],
        ),
    )


def _kind(refused: SellingPartnerError) -> str:
    return _INVALID_INPUT if refused.status == 400 else refused.code  # noqa: PLR2004 - Bad Request


def _read(uri: str) -> tuple[str, dict[str, str]]:
    """The path of a uri, and the last value of each of its parameters."""
    try:
        parts = urlsplit(uri[:_LONGEST_URI])
        return parts.path, {name: values[-1] for name, values in parse_qs(parts.query, max_num_fields=20).items()}
    except ValueError:
        return "", {}
