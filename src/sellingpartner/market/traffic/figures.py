"""Sums as the figures that Amazon tells of them, under the names that its reports and the Data Kiosk share.

Assumed: rates and shares are percentages, rounded to two places, and nothing where there is nothing to divide by.
"""

from __future__ import annotations

from sellingpartner.market.amounts import Money
from sellingpartner.market.traffic.counts import Counts, Side
from sellingpartner.market.traffic.standing import Said, Standing

Figures = dict[str, object]

B2B = "B2B"
"""What follows the name of a figure that is about businesses alone."""


def amount(minor: int, currency: str) -> Figures:
    """An amount of money."""
    return {"amount": float(Money(minor, currency).decimal), "currencyCode": currency}


def sales_figures(counts: Counts, currency: str) -> Figures:
    """What was sold, shipped and refunded."""
    return _sales(counts.every, currency) | _suffixed(_sales(counts.b2b, currency))


def traffic_figures(counts: Counts) -> Figures:
    """How often it was looked at, and how often that led to an order."""
    return _traffic(counts.every) | _suffixed(_traffic(counts.b2b))


def share_figures(counts: Counts, total: Counts) -> Figures:
    """A product's part in the visits of all products."""
    return _shares(counts.every, total.every) | _suffixed(_shares(counts.b2b, total.b2b))


def standing_figures(standing: Standing) -> Figures:
    """How much is offered on average, and what buyers said of the seller."""
    offered = {"averageOfferCount": standing.offers, "averageParentItems": standing.parents}
    return offered | _said(standing.said) | _suffixed(_said(standing.said_b2b))


def percentage(part: int, whole: int) -> float:
    """A part in a hundred."""
    return round(100 * part / whole, 2) if whole else 0.0


def average(minor: int, count: int) -> int:
    """An amount divided by a count, rounded half up to the minor unit; nothing if there is none."""
    return (2 * minor + count) // (2 * count) if count else 0


def _sales(side: Side, currency: str) -> Figures:
    return {
        "orderedProductSales": amount(side.sales, currency),
        "unitsOrdered": side.units,
        "totalOrderItems": side.items,
        "averageSalesPerOrderItem": amount(average(side.sales, side.items), currency),
        "averageUnitsPerOrderItem": round(side.units / side.items, 2) if side.items else 0.0,
        "averageSellingPrice": amount(average(side.sales, side.units), currency),
        "unitsRefunded": side.units_refunded,
        "refundRate": min(percentage(side.units_refunded, side.units), 100.0),
        "claimsGranted": side.claims,
        "claimsAmount": amount(side.claimed, currency),
        "shippedProductSales": amount(side.sales_shipped, currency),
        "unitsShipped": side.units_shipped,
        "ordersShipped": side.orders_shipped,
    }


def _traffic(side: Side) -> Figures:
    return {
        "browserPageViews": side.browser_views,
        "mobileAppPageViews": side.app_views,
        "pageViews": side.views,
        "browserSessions": side.browser_sessions,
        "mobileAppSessions": side.app_sessions,
        "sessions": side.sessions,
        "buyBoxPercentage": percentage(side.featured_views, side.views),
        "orderItemSessionPercentage": percentage(side.items, side.sessions),
        "unitSessionPercentage": percentage(side.units, side.sessions),
    }


def _shares(side: Side, total: Side) -> Figures:
    return {
        "browserSessionPercentage": percentage(side.browser_sessions, total.browser_sessions),
        "mobileAppSessionPercentage": percentage(side.app_sessions, total.app_sessions),
        "sessionPercentage": percentage(side.sessions, total.sessions),
        "browserPageViewsPercentage": percentage(side.browser_views, total.browser_views),
        "mobileAppPageViewsPercentage": percentage(side.app_views, total.app_views),
        "pageViewsPercentage": percentage(side.views, total.views),
    }


def _said(said: Said) -> Figures:
    return {
        "feedbackReceived": said.received,
        "negativeFeedbackReceived": said.negative,
        "receivedNegativeFeedbackRate": percentage(said.negative, said.received),
    }


def _suffixed(figures: Figures) -> Figures:
    return {name + B2B: value for name, value in figures.items()}
