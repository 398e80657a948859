"""Reports on how a seller performs: in JSON as it is today, in XML as it was.

Assumed: orders count in a time by when they were placed; the days that a rate is about, and its targets, are those of
Amazon's account health page.

Differs: this market's buyers complain about no products and write to no sellers, so there are no such defects; what
concerns contacts with buyers is left out of the report in XML.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sellingpartner.market.accounts.standing import AccountStatus, standings_of
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.market.listings.questions import imposed_on_listings
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.shop.account_health import Tallies, Tally, tallies_of
from sellingpartner.market.reports.kinds import Tree, Whole, report
from sellingpartner.market.reports.writing.xml import element
from sellingpartner.storage.unit import UnitOfWork

_GOOD, _BAD, _NONE = "GOOD", "BAD", "NONE"
_BELOW, _ABOVE, _EXACTLY = "LESS_THAN", "GREATER_THAN", "EQUALS"
_SAFE = 180
"""Over how many days violations are counted."""

_VIOLATIONS = (
    "listingPolicyViolations", "productAuthenticityCustomerComplaints", "productConditionCustomerComplaints",
    "productSafetyCustomerComplaints", "receivedIntellectualPropertyComplaints",
    "restrictedProductPolicyViolations", "suspectedIntellectualPropertyViolations", "foodAndProductSafetyIssues",
    "otherPolicyViolations", "documentRequests",
)  # fmt: skip
_RESTRICTED = "restricted_product"


@report("GET_V2_SELLER_PERFORMANCE_REPORT")
def account_health(unit: UnitOfWork, asked: Asked) -> Whole:
    """How the account stands in each marketplace, and its rates."""
    standings = {one.marketplace_id: one.status for one in standings_of(unit, unit.seller_id)}
    tallies = tallies_of(unit, asked)
    return Whole(
        {
            "accountStatuses": [
                {"marketplaceId": one, "status": standings[one].value} for one in asked.marketplace_ids
            ],
            "performanceMetrics": [
                _metrics(unit, asked, tallies, one, standings[one]) for one in asked.marketplace_ids
            ],
        }
    )


def _metrics(
    unit: UnitOfWork, asked: Asked, tallies: Tallies, marketplace_id: str, standing: AccountStatus
) -> dict[str, Any]:
    def own(days: int) -> Tally:
        return tallies[marketplace_id, FulfillmentChannel.MFN, days]

    at, week, month = asked.at, own(7), own(30)
    imposed = imposed_on_listings(unit, marketplace_id)
    counts = dict.fromkeys(_VIOLATIONS, 0) | {
        "restrictedProductPolicyViolations": imposed[_RESTRICTED],
        "listingPolicyViolations": sum(imposed.values()) - imposed[_RESTRICTED],
    }
    return {
        "marketplaceId": marketplace_id,
        "invoiceDefectRate": {
            **_rated(at, 7, week.uninvoiced, week.to_invoice, "0.05", _BELOW),
            "orderCount": week.to_invoice,
            "invoiceDefect": _counted(week.uninvoiced),
            "missingInvoice": _counted(week.uninvoiced),
            "lateInvoice": _counted(0),
        },
        "lateShipmentRate": {
            **_rated(at, 30, month.late, month.orders, "0.04", _BELOW),
            "orderCount": month.orders,
            "lateShipmentCount": month.late,
        },
        "orderDefectRate": {
            channel.value.lower(): _order_defects(at, tallies[marketplace_id, channel, 60], channel)
            for channel in FulfillmentChannel
        },
        "onTimeDeliveryRate": {
            **_rated(at, 30, month.in_time, month.arrived, "0.9", _ABOVE),
            "shipmentCountWithValidTracking": month.arrived,
            "onTimeDeliveryCount": month.in_time,
        },
        "unitOnTimeDeliveryRate": {
            **_rated(at, 30, month.units_in_time, month.units_arrived, "0.9", _ABOVE),
            "totalUnitCount": month.units_arrived,
            "unitOnTimeDeliveryCount": month.units_in_time,
        },
        "validTrackingRate": {
            **_rated(at, 30, month.tracked, month.shipments, "0.95", _ABOVE),
            "shipmentCount": month.shipments,
            "validTrackingCount": month.tracked,
        },
        "preFulfillmentCancellationRate": {
            **_rated(at, 7, week.canceled_by_seller, week.orders, "0.025", _BELOW),
            "orderCount": week.orders,
            "cancellationCount": week.canceled_by_seller,
        },
        "warningStates": [],
        "accountHealthRating": _rating(at, standing),
        **{name: _violation(at, count) for name, count in counts.items()},
    }


def _order_defects(at: datetime, tally: Tally, channel: FulfillmentChannel) -> dict[str, Any]:
    return {
        **_rated(at, 60, tally.defects, tally.orders, "0.01", _BELOW),
        "orderCount": tally.orders,
        "orderWithDefects": _counted(tally.defects),
        "claims": _counted(tally.claims),
        "chargebacks": _counted(tally.chargebacks),
        "negativeFeedback": _counted(tally.negative_feedback),
        "fulfillmentType": channel.value.lower(),
    }


def _rated(at: datetime, days: int, part: int, whole: int, target: str, condition: str) -> dict[str, Any]:
    """A rate, and whether it is what it should be; of nothing there is no telling."""
    rate = _share(part, whole)
    is_good = rate < Decimal(target) if condition == _BELOW else rate > Decimal(target)
    return {
        "reportingDateRange": _span(at, days),
        "status": _NONE if not whole else _GOOD if is_good else _BAD,
        "rate": float(rate),
        "targetValue": float(target),
        "targetCondition": condition,
    }


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP) if whole else Decimal(0)


def _counted(count: int) -> dict[str, Any]:
    return {"count": count, "status": _NONE if not count else _BAD}


def _violation(at: datetime, count: int) -> dict[str, Any]:
    return {
        "reportingDateRange": _span(at, _SAFE),
        "defectsCount": count,
        "status": _BAD if count else _GOOD,
        "targetValue": 0,
        "targetCondition": _EXACTLY,
    }


def _rating(at: datetime, standing: AccountStatus) -> dict[str, Any]:
    """Assumed: an account that is not in order is warned. The schema names one field twice; both are there."""
    said = "GREAT" if standing is AccountStatus.NORMAL else "WARNED"
    return {"ahrStatus": said, "accountHealthRatingStatus": said, "reportingDateRange": _span(at, _SAFE)}


def _span(at: datetime, days: int) -> dict[str, str]:
    return {
        "reportingDateFrom": f"{at - timedelta(days=days):%Y-%m-%dT%H:%MZ}",
        "reportingDateTo": f"{at:%Y-%m-%dT%H:%MZ}",
    }


@report("GET_V1_SELLER_PERFORMANCE_REPORT")
def performance(unit: UnitOfWork, asked: Asked) -> Tree:
    """The older report, an element for each marketplace."""
    tallies = tallies_of(unit, asked)
    return Tree("sellerPerformanceReports", (_performance(asked, tallies, one) for one in asked.marketplace_ids))


def _performance(asked: Asked, tallies: Tallies, marketplace_id: str) -> Any:  # noqa: ANN401 - an element of lxml
    """Assumed: figures are told over 90, 60, 30 and 7 days; readers take the last for that of the console's page."""

    def told(of: Any) -> Iterator[Any]:  # noqa: ANN401 - a function that gives elements of lxml
        for days in (90, 60, 30, 7):
            tally = tallies[marketplace_id, FulfillmentChannel.MFN, days]
            begin, end = asked.at - timedelta(days=days), asked.at
            frame = element(
                "timeFrame",
                element("start", f"{begin:%Y-%m-%dT%H:%M:%SZ}"),
                element("end", f"{end:%Y-%m-%dT%H:%M:%SZ}"),
            )
            yield of(tally, frame)

    month = tallies[marketplace_id, FulfillmentChannel.MFN, 30]
    checks = {
        "orderDefectRate": (month.defects, month.orders, 1),
        "orderCancellationRate": (month.canceled_by_seller, month.orders, 2.5),
        "lateShipmentRate": (month.late, month.orders, 4),
        "validTrackingRate": (month.shipments - month.tracked, month.shipments, 5),
        "onTimeDelivery": (month.arrived - month.in_time, month.arrived, 3),
    }
    return element(
        "sellerPerformanceReport",
        element("marketplaceID", marketplace_id),
        element("orderDefects", *told(_defects)),
        element("customerExperience", *told(_experience)),
        element("trackingInformation", *told(_tracking)),
        element(
            "performanceChecklist",
            *(element(name, element("status", _grade(*check))) for name, check in checks.items()),
        ),
    )


def _defects(tally: Tally, frame: Any) -> Any:  # noqa: ANN401 - elements of lxml
    return element(
        "orderDefectMetrics",
        frame,
        _rate_element("orderWithDefects", tally.defects, tally.orders),
        _rate_element("negativeFeedbacks", tally.negative_feedback, tally.orders),
        _rate_element("a_z_claims", tally.claims, tally.orders),
        _rate_element("chargebacks", tally.chargebacks, tally.orders),
        element("orderCount", str(tally.orders)),
    )


def _experience(tally: Tally, frame: Any) -> Any:  # noqa: ANN401 - elements of lxml
    return element(
        "customerExperienceMetrics",
        frame,
        _rate_element("lateShipment", tally.late, tally.orders),
        _rate_element("preFulfillmentCancellation", tally.canceled_by_seller, tally.orders),
        _rate_element("refunds", tally.refunded, tally.orders),
        element("orderCount", str(tally.orders)),
    )


def _tracking(tally: Tally, frame: Any) -> Any:  # noqa: ANN401 - elements of lxml
    return element(
        "trackingMetrics",
        frame,
        _rate_element("validTracking", tally.tracked, tally.shipments),
        _rate_element("onTimeDelivery", tally.in_time, tally.arrived),
    )


def _rate_element(name: str, part: int, whole: int) -> Any:  # noqa: ANN401 - an element of lxml
    return element(name, element("rate", f"{_share(part, whole) * 100:.2f}%"), element("count", str(part)))


def _grade(bad: int, whole: int, most_percent: float) -> str:
    """Assumed: what is within the target is Good, up to twice of it Fair, and beyond that Poor; of nothing, Good."""
    percent = float(_share(bad, whole) * 100)
    return "Good" if percent <= most_percent else "Fair" if percent <= 2 * most_percent else "Poor"
