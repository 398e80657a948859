"""Vehicles, 2024-11-01: cars and motorbikes that parts can be listed to fit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from sellingpartner.contract import vehicles_2024_11_01 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.questions import check_marketplaces
from sellingpartner.market.catalog.vehicles import Vehicle, VehicleType, vehicles_of
from sellingpartner.market.sealing import sealed, unsealed_as
from sellingpartner.market.time.bounds import in_utc
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_PAGE = 20
_PURPOSE = b"vehicles "
_token = msgspec.json.Decoder(tuple[str, str, str | None, int])


@handles(api.GetVehicles)
def get_vehicles(unit: UnitOfWork, request: api.GetVehicles) -> api.VehiclesResponse:
    """Go through the vehicles of a kind.

    Assumed: getVehicles lists twenty at a time, and a page token is of use with the arguments of its first page alone.
    """
    check_marketplaces(unit, unit.seller_id, [request.marketplace_id])
    kind = _kind(request.vehicle_type)
    found = vehicles_of(kind, updated_after=_moment(request.updated_after))
    start = _opened(unit, request)
    return api.VehiclesResponse(
        pagination=api.Pagination(
            next_token=_sealed(unit, request, start + _PAGE) if start + _PAGE < len(found) else None,
            previous_token=_sealed(unit, request, max(start - _PAGE, 0)) if start else None,
        ),
        vehicles=[_view(one) for one in found[start : start + _PAGE]],
    )


def _kind(text: str) -> VehicleType:
    try:
        return VehicleType(text)
    except ValueError:
        message = f"vehicleType is {text[:40]!r}; it must be one of {', '.join(VehicleType)}."
        raise InvalidInput(message) from None


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return in_utc(datetime.fromisoformat(text))
    except ValueError:
        message = f"updatedAfter is {text[:40]!r}; it must be a date in ISO 8601, such as 2025-06-01T00:00:00Z."
        raise InvalidInput(message) from None


def _sealed(unit: UnitOfWork, request: api.GetVehicles, start: int) -> str:
    content = (request.marketplace_id, request.vehicle_type, request.updated_after, start)
    return sealed(unit, msgspec.json.encode(content), purpose=_PURPOSE)


def _opened(unit: UnitOfWork, request: api.GetVehicles) -> int:
    if request.page_token is None:
        return 0
    found = unsealed_as(unit, request.page_token, _token, purpose=_PURPOSE)
    if found is None or found[:3] != (request.marketplace_id, request.vehicle_type, request.updated_after):
        message = "pageToken is not valid; pass one that a page before returned, unaltered, with the same arguments."
        raise InvalidInput(message)
    return found[3]


def _view(vehicle: Vehicle) -> api.Vehicle:
    model, variant = vehicle.model, vehicle.variant
    return api.Vehicle(
        make=model.make,
        model=model.name,
        variant_name=variant.name,
        body_style=model.body,
        drive_type=model.drive,
        energy=variant.energy,
        engine_output=[api.EngineOutput(value=Decimal(variant.kilowatts), unit=api.EngineOutputUnit.KILOWATT)],
        manufacturing_start_date=_month(model.since),
        manufacturing_stop_date=_month(model.until) if model.until else None,
        last_processed_date=f"{vehicle.processed_at:%Y-%m-%dT%H:%M:%SZ}",
        status=api.VehicleStatusInCatalog.DELETED if model.is_deleted else api.VehicleStatusInCatalog.ACTIVE,
        identifiers=[
            api.VehicleIdentifiers(standard=api.VehicleStandard.KTYPE, value=vehicle.ktype),
            api.VehicleIdentifiers(standard=api.VehicleStandard.AMAZON_ID, value=vehicle.amazon_id),
        ],
    )


def _month(said: tuple[int, int]) -> api.MonthAndYear:
    year, month = said
    return api.MonthAndYear(year=Decimal(year), month=Decimal(month))
