"""How promotions and coupons did: what was sold with them and taken off, and how often their items were looked at.

Both are asked for by when promotions begin, and count what was canceled or sent back later as well.

Assumed: sales are told less the discount; a report of a time in which none began is done, and lists none.

Differs: what a promotion is looked at is counted by whole days of its marketplace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from sellingpartner.market.amounts import Money
from sellingpartner.market.catalog.questions import title_of
from sellingpartner.market.orders.placing.promoting import OfItem, orders_that_redeemed, redeemed_by_item
from sellingpartner.market.promotions.model import Ended, Kind, Promotion
from sellingpartner.market.promotions.questions import begun_between
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.kinds import Listed, ReportUnavailable, report
from sellingpartner.market.reports.making import UNMAKEABLE
from sellingpartner.market.time.bounds import OutOfBounds, in_utc
from sellingpartner.market.traffic.calendar import Stretch, today_in
from sellingpartner.market.traffic.figures import Figures, percentage
from sellingpartner.market.traffic.results import visited
from sellingpartner.storage.unit import UnitOfWork

_OLDEST = timedelta(days=731)
_CLIPS_ONE_IN = 10
_INSTANT = timedelta(microseconds=1)
_FROM_TO = {name: (f"{name}StartDateFrom", f"{name}StartDateTo") for name in ("promotion", "coupon")}


@report("GET_PROMOTION_PERFORMANCE_REPORT", options=dict.fromkeys(_FROM_TO["promotion"]))
def promotions(unit: UnitOfWork, asked: Asked) -> Listed:
    """How deals and price discounts did."""
    found = _begun(unit, asked, *_FROM_TO["promotion"])
    rows = (_promotion(unit, one) for one in found if one.kind is not Kind.COUPON)
    return Listed(_specification(asked), "promotions", rows)


@report("GET_COUPON_PERFORMANCE_REPORT", options=dict.fromkeys(_FROM_TO["coupon"]))
def coupons(unit: UnitOfWork, asked: Asked) -> Listed:
    """How coupons did."""
    found = _begun(unit, asked, *_FROM_TO["coupon"])
    rows = (_coupon(unit, one) for one in found if one.kind is Kind.COUPON)
    return Listed(_specification(asked), "coupons", rows)


def _begun(unit: UnitOfWork, asked: Asked, since: str, until: str) -> Iterator[Promotion]:
    """The promotions that begin in the time that was asked for; raises `ReportUnavailable`."""
    first, last = _moment(asked, since), _moment(asked, until)
    if first > last or asked.at - first > _OLDEST:
        raise ReportUnavailable(UNMAKEABLE)
    return (one for place in asked.marketplace_ids for one in begun_between(unit, place, first, last))


def _moment(asked: Asked, option: str) -> datetime:
    try:
        return in_utc(datetime.fromisoformat(asked.options[option]))
    except (KeyError, ValueError, OutOfBounds):
        raise ReportUnavailable(UNMAKEABLE) from None


def _specification(asked: Asked) -> Figures:
    return {
        "reportSpecification": {
            "reportType": asked.report_type,
            "reportOptions": dict(asked.options),
            "marketplaceIds": list(asked.marketplace_ids),
        }
    }


def _promotion(unit: UnitOfWork, one: Promotion) -> Figures:
    """Assumed: one that its seller ended is canceled, and one whose budget is spent stays approved."""
    sold, views = redeemed_by_item(unit, one.promotion_id), _views(unit, one)
    return {
        "promotionId": one.promotion_id,
        "promotionName": one.name,
        "merchantId": unit.seller_id,
        "unitsSold": sum(item.units for item in sold.values()),
        "revenue": _number(sum(map(_paid, sold.values())), one),
        "revenueCurrencyCode": one.currency,
        "startDateTime": one.begins_at,
        "endDateTime": one.until,
        "type": one.kind.value,
        "status": "CANCELED" if one.ended_by is Ended.CANCELED else "APPROVED",
        "creationChannel": "SELF-SERVICE",
        "marketplaceId": one.marketplace_id,
        "glanceViews": sum(views.values()),
        "createdDateTime": one.created_at,
        "lastUpdatedDateTime": one.updated_at,
        "includedProducts": [
            {
                "asin": asin,
                "productName": title_of(unit, asin, one.marketplace_id),
                "productGlanceViews": views[asin],
                "productUnitsSold": sold[asin].units if asin in sold else 0,
                "productRevenue": _number(_paid(sold[asin]) if asin in sold else 0, one),
                "productRevenueCurrencyCode": one.currency,
            }
            for asin in _asins(one)
        ],
    }


def _coupon(unit: UnitOfWork, one: Promotion) -> Figures:
    """Assumed: whoever orders while a coupon runs has clipped it, and so has one in ten who only looked.

    Differs: no fee for redemptions is charged, so what is spent of the budget is the discounts alone.
    """
    sold, budget = redeemed_by_item(unit, one.promotion_id), one.budget or one.spent
    redemptions = orders_that_redeemed(unit, one.promotion_id)
    is_percent = one.percent is not None
    return {
        "couponId": one.promotion_id,
        "merchantId": unit.seller_id,
        "marketplaceId": one.marketplace_id,
        "currencyCode": one.currency,
        "name": one.name,
        "startDateTime": one.begins_at,
        "endDateTime": one.until,
        "customerSegment": "All (Default)",
        "discountType": "PERCENT_OFF_LIST_PRICE" if is_percent else "AMOUNT_OFF_LIST_PRICE",
        "discountAmount": one.percent if is_percent else _number(one.amount or 0, one),
        "clips": redemptions + _lookers(unit, one) // _CLIPS_ONE_IN,
        "redemptions": redemptions,
        "budget": _number(budget, one),
        "totalDiscount": _number(sum(item.discount_minor for item in sold.values()), one),
        "budgetSpent": _number(one.spent, one),
        "budgetRemaining": _number(budget - one.spent, one),
        "budgetPercentageUsed": percentage(one.spent, budget),
        "sales": _number(sum(map(_paid, sold.values())), one),
        "asins": [{"asin": asin} for asin in _asins(one)],
    }


def _paid(item: OfItem) -> int:
    return item.price_minor - item.discount_minor


def _number(minor: int, one: Promotion) -> float:
    return float(Money(minor, one.currency).decimal)


def _asins(one: Promotion) -> list[str]:
    return sorted({item.asin for item in one.items})


def _views(unit: UnitOfWork, one: Promotion) -> Counter[str]:
    """How often each item was looked at while the promotion ran."""
    days = _days(unit, one)
    seen = {} if days is None else visited(unit, one.marketplace_id, days)
    return Counter({asin: seen[asin].every.views for asin in _asins(one) if asin in seen})


def _lookers(unit: UnitOfWork, one: Promotion) -> int:
    """How many looked at the items while the promotion ran, and did not order."""
    days = _days(unit, one)
    seen = {} if days is None else visited(unit, one.marketplace_id, days)
    return sum(seen[asin].every.sessions - seen[asin].every.placed for asin in _asins(one) if asin in seen)


def _days(unit: UnitOfWork, one: Promotion) -> Stretch | None:
    """The days on which a promotion ran until now; None if it has not run."""
    last = min(unit.now, one.until - _INSTANT)
    if last < one.begins_at:
        return None
    return Stretch(today_in(one.marketplace_id, one.begins_at), today_in(one.marketplace_id, last))
