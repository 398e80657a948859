"""Access points of Shipping v2."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.shipping_v2 import GetAccessPoints, GetAccessPointsResponse
from sellingpartner.market.shipping.carriers.businesses import country_of
from sellingpartner.market.shipping.questions import Nearby, access_points, closed_days
from sellingpartner.market.shipping.refusals import InvalidRequest
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_CLOSED = ("00:00", "00:00")
"""So Amazon's example shows a day on which a counter is closed."""


@handles(GetAccessPoints)
def get_access_points(unit: UnitOfWork, request: GetAccessPoints) -> GetAccessPointsResponse:
    """The access points near a postal code, by kind.

    Assumed: a business knows those of its own country and refuses to look elsewhere.
    """
    own, country = country_of(request.shipping_business_id), request.country_code.strip().upper()
    if country != own:
        details = f"countryCode {request.country_code[:20]!r} is not of this shipping business, whose is {own!r}."
        raise InvalidRequest(details)
    if not request.access_point_types:
        details = "Access Point types cannot be null"
        raise InvalidRequest(details)
    found = access_points(unit, country, request.postal_code, [one.value for one in request.access_point_types])
    shown = {kind: [_point(one, unit.now) for one in points] for kind, points in found.items()}
    return GetAccessPointsResponse(payload=v2.GetAccessPointsResult(access_points_map=shown))


def _point(near: Nearby, now: datetime) -> v2.AccessPoint:
    point = near.point
    zone = ZoneInfo(point.time_zone)
    return v2.AccessPoint(
        access_point_id=point.access_point_id,
        name=point.name,
        timezone=point.time_zone,
        type=v2.AccessPointType(point.kind),
        accessibility_attributes=v2.AccessibilityAttributes(distance=f"{near.kilometers:.2f}", drive_time=near.minutes),
        address=v2.Address(
            name=point.name[:50],
            address_line1=point.line_1,
            city=point.city,
            state_or_region=point.state,
            postal_code=point.postal_code,
            country_code=point.country_code,
            geocode=v2.Geocode(latitude=f"{point.place[0]:.6f}", longitude=f"{point.place[1]:.6f}"),
        ),
        exception_operating_hours=[_exception(day, zone) for day in closed_days(point, now.astimezone(zone).date())],
        assistance_type=v2.AssistanceType.STAFF_ASSISTED if point.is_staffed else v2.AssistanceType.SELF_ASSISTED,
        score=f"{near.score:.4f}",
        standard_operating_hours={day: _hours(span, point.noon) for day, span in point.hours.items()},
    )


def _exception(day: date, zone: ZoneInfo) -> v2.ExceptionOperatingHours:
    begins = datetime.combine(day, time(), zone)
    return v2.ExceptionOperatingHours(
        date_range=v2.DateRange(
            start_date=begins.astimezone(UTC), end_date=(begins + timedelta(days=1)).astimezone(UTC)
        ),
        operating_hours=_hours(_CLOSED, None),
    )


def _hours(span: tuple[str, str], noon: tuple[str, str] | None) -> v2.OperatingHours:
    opens, closes = map(_time, span)
    # Assumed: a closure around noon is told by when it begins and when it ends.
    has_noon = noon is not None and span[0] < noon[0] and noon[1] < span[1]
    return v2.OperatingHours(
        opening_time=opens,
        closing_time=closes,
        mid_day_closures=[_time(one) for one in noon] if has_noon and noon is not None else [],
    )


def _time(text: str) -> v2.TimeOfDay:
    said = time.fromisoformat(text)
    return v2.TimeOfDay(hour_of_day=said.hour, minute_of_hour=said.minute, second_of_minute=0)
