"""What buyers of the European Union who share their data with a seller looked at and bought, by day, week or month.

Only whole periods are told of: a beginning in the middle of one moves to the next, an end to the one before, and one of
more than 365 days is cut off. Amazon's rules of the European Union ask for this report.

Assumed: one of 20 buyers shares its data with a seller, which the market's seed decides; of what such a buyer looked at
nothing is known but what led to its orders, a view each. It takes no restricted data token, as Amazon's list has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.orders.model import Order
from sellingpartner.market.orders.questions import OrderFilter, Sorted, orders_like
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.families.orders.order_walks import LAST
from sellingpartner.market.reports.kinds import Empty, Listed, Window, report
from sellingpartner.market.reports.periods import stretch_of
from sellingpartner.market.time.chance import number_of
from sellingpartner.market.traffic.calendar import Period, Stretch, begins, bounds_of, calendar_of, ends, narrowed
from sellingpartner.market.traffic.figures import Figures
from sellingpartner.storage.unit import UnitOfWork

COUNTRIES = ("BE", "DE", "ES", "FR", "IE", "IT", "NL", "PL", "SE")
SHARED_ONE_IN = 20
_PERIODS = ("DAY", "WEEK", "MONTH")
_MOST = timedelta(days=365)

_Key = tuple[date, str, str]
"""The first day of a period, the marketplace, the item."""


class _Buyer(msgspec.Struct):
    """A buyer who shares its data, as its last order has it, and what it did."""

    name: str
    address: Address
    views: Counter[_Key]
    sold: Counter[_Key]
    currencies: dict[str, str]


@report(
    "END_USER_DATA_REPORT",
    window=Window(required=True),
    empty=Empty.CANCELLED,
    options={"reportPeriod": _PERIODS},
    countries=COUNTRIES,
)
def end_user_data(unit: UnitOfWork, asked: Asked) -> Listed:
    """Buyers, and what each of them did in each period."""
    period = Period(asked.options.get("reportPeriod", "MONTH"))
    whole = _whole(stretch_of(asked), period)
    buyers = {} if whole is None else _buyers(unit, asked, whole, period)
    head = {
        "reportSpecification": {
            "reportType": asked.report_type,
            "reportOptions": dict(asked.options),
            "dataStartTime": asked.start.date() if whole is None else whole.first,
            "dataEndTime": asked.end.date() if whole is None else whole.last,
            "marketplaceIds": list(asked.marketplace_ids),
        }
    }
    return Listed(head, "endUserData", (_told(email, buyer, period) for email, buyer in sorted(buyers.items())))


def _whole(stretch: Stretch, period: Period) -> Stretch | None:
    """The whole periods of the days that were asked for."""
    return narrowed(Stretch(stretch.first, min(stretch.last, stretch.first + _MOST)), period)


def _buyers(unit: UnitOfWork, asked: Asked, whole: Stretch, period: Period) -> dict[str, _Buyer]:
    found: dict[str, _Buyer] = {}
    for marketplace_id in asked.marketplace_ids:
        for order in _orders(unit, marketplace_id, whole):
            email = order.buyer.email
            if order.is_unpaid or not email or not shares(unit, email):
                continue
            buyer = found.setdefault(email, _Buyer(order.buyer.name, order.address, Counter(), Counter(), {}))
            buyer.name, buyer.address = order.buyer.name, order.address
            buyer.currencies[marketplace_id] = order.currency
            first = begins(period, calendar_of(marketplace_id).day_of(order.purchased_at))
            for item in order.items:
                buyer.views[first, marketplace_id, item.asin] += 1
                buyer.sold[first, marketplace_id, item.asin] += item.held_amounts.price
    return found


def shares(unit: UnitOfWork, email: str) -> bool:
    """Whether a buyer shares its data with this unit's seller."""
    return number_of(unit.seed, unit.seller_id, "shares its data", email) % SHARED_ONE_IN == 0


def _orders(unit: UnitOfWork, marketplace_id: str, whole: Stretch) -> Iterator[Order]:
    bounds = bounds_of(marketplace_id, whole)
    wanted = OrderFilter(
        by=Sorted.BY_PURCHASE, after=bounds[0], before=bounds[-1] - LAST, marketplace_ids=(marketplace_id,)
    )
    return orders_like(unit, wanted)


def _told(email: str, buyer: _Buyer, period: Period) -> Figures:
    address = buyer.address
    return {
        "fullName": buyer.name,
        "mailingAddress": {
            "addressLine1": address.line_1,
            "addressLine2": address.line_2 or "",
            "addressLine3": address.line_3 or "",
            "city": address.city,
            "stateOrRegion": address.state_or_region or "",
            "districtOrCounty": "",
            "postalCode": address.postal_code,
            "countryCode": address.country_code,
        },
        "primaryEmail": email,
        "asinMetrics": [_metric(key, buyer, period) for key in sorted(buyer.views)],
    }


def _metric(key: _Key, buyer: _Buyer, period: Period) -> Figures:
    first, marketplace_id, asin = key
    currency = buyer.currencies[marketplace_id]
    return {
        "startDate": first,
        "endDate": ends(period, first),
        "marketplaceId": marketplace_id,
        "asin": asin,
        "pageViews": buyer.views[key],
        "gms": float(Money(buyer.sold[key], currency).decimal),
        "currencyCode": currency,
    }
