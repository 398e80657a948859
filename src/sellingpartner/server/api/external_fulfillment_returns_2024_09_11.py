"""External fulfillment returns, 2024-09-11: what comes back to a seller's locations."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sellingpartner.contract import external_fulfillment_returns_2024_09_11 as api
from sellingpartner.contract.external_fulfillment_returns_2024_09_11 import GetReturn, ListReturns, ReturnsResponse
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.external.questions import ReturnFilter, find_return, page_of_returns
from sellingpartner.market.external.refusals import WrongValue
from sellingpartner.market.external.returned import ExternalReturn, Tracking
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.columns import instant_of, microseconds
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 10
_PURPOSE = b"external returns after "


class _Reached(msgspec.Struct, frozen=True, array_like=True):
    """Where a list stopped."""

    wanted: ReturnFilter
    created_at: int
    external_return_id: str


_decoder = msgspec.json.Decoder(_Reached)


@handles(ListReturns)
def list_returns(unit: UnitOfWork, request: ListReturns) -> ReturnsResponse:
    """Some of the returns, the oldest first."""
    if request.max_results is not None and request.max_results < 1:
        raise WrongValue("maxResults", request.max_results, "It must be 1 to 100.")
    wanted = _wanted(request)
    after = None if request.next_token is None else _opened(unit, request.next_token, wanted)
    page = page_of_returns(unit, wanted, after, request.max_results or _PAGE)
    token = None
    if page.next_key is not None:
        reached = _Reached(wanted, microseconds(page.next_key[0]), page.next_key[1])
        token = sealed(unit, msgspec.json.encode(reached), purpose=_PURPOSE)
    return ReturnsResponse(returns=[_return(unit, one) for one in page.returns], next_token=token)


@handles(GetReturn)
def get_return(unit: UnitOfWork, request: GetReturn) -> api.Return:
    """One return."""
    return _return(unit, find_return(unit, request.return_id))


def _wanted(request: ListReturns) -> ReturnFilter:
    for name, said in (
        ("lastUpdatedSince", request.last_updated_since),
        ("lastUpdatedUntil", request.last_updated_until),
    ):
        if said is not None and (request.return_location_id is None or request.status is None):
            raise WrongValue(name, said.isoformat(), "It goes with returnLocationId and status.")
    return ReturnFilter(
        returns_to=request.return_location_id,
        rma_id=request.rma_id,
        status=None if request.status is None else request.status.value,
        tracking_id=request.reverse_tracking_id,
        created_after=request.created_since or request.last_updated_after,
        created_before=request.created_until or request.last_updated_before,
        updated_after=request.last_updated_since,
        updated_before=request.last_updated_until,
    )


def _opened(unit: UnitOfWork, token: str, wanted: ReturnFilter) -> tuple[datetime, str]:
    reached = unsealed_as(unit, token, _decoder, purpose=_PURPOSE)
    if reached is None or reached.wanted != wanted:
        reason = "It is not the token of the page before, or the other parameters are not those of that call."
        raise WrongValue("nextToken", token, reason)
    return instant_of(reached.created_at), reached.external_return_id


def _return(unit: UnitOfWork, one: ExternalReturn) -> api.Return:
    country = MARKETPLACES[one.marketplace_id].country_code
    has_password = one.password is not None and one.password_until is not None
    return api.Return(
        id=one.external_return_id,
        return_location_id=one.returns_to,
        merchant_sku=one.sku,
        return_type=api.ReturnType(one.kind.value),
        return_sub_type=api.ReturnSubType.NORMAL,
        number_of_units=one.units,
        status=api.Status(one.status.value),
        fulfillment_location_id=one.fulfilled_from,
        creation_date_time=_text(one.created_at),
        last_updated_date_time=_text(one.updated_at) or "",
        return_metadata=api.ReturnMetadata(
            return_reason=one.reason,
            rma_id=one.rma_id,
            fulfillment_order_id=one.shipment_id,
            invoice_information=None if one.invoice_number is None else api.InvoiceInformation(id=one.invoice_number),
        ),
        return_shipping_info=api.ReturnShippingInfo(
            delivery_date_time=_text(one.delivered_at),
            pickup_date_time=_text(one.picked_at),
            forward_tracking_info=None if one.forward is None else _tracking(one.forward),
            reverse_tracking_info=_tracking(one.backward),
        ),
        marketplace_channel_details=api.MarketplaceChannelDetails(
            marketplace_channel=api.MarketplaceChannel(marketplace_name=f"AMAZON_{country}", channel_name="MFN"),
            merchant_id=unit.seller_id,
            shipment_id=one.shipment_id,
            customer_order_id=one.order_id,
            return_location_id=one.returns_to,
            channel_sku=one.sku,
        ),
        otp_details=api.OtpDetails(otp=one.password, valid_till=int(one.password_until.timestamp()))
        if one.password is not None and one.password_until is not None
        else None,
        package_delivery_mode=api.PackageDeliveryMode.WITH_OTP if has_password else api.PackageDeliveryMode.WITHOUT_OTP,
    )


def _tracking(said: Tracking) -> api.TrackingInfo:
    return api.TrackingInfo(carrier_name=said.carrier_name, tracking_id=said.tracking_id)


def _text(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"
