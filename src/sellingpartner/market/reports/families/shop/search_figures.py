"""What searches led to, as reports tell it: step by step, each with its counts, its price, and how soon it would come.

Assumed: prices are those of now, and the item's own stands for that of all; no result says how soon it would come.
"""

from __future__ import annotations

from sellingpartner.market.traffic.figures import Figures, amount
from sellingpartner.market.traffic.results import Searched
from sellingpartner.market.traffic.searching import Funnel

_SPEEDS = ("sameDay", "oneDay", "twoDay")


def of_catalog(funnel: Funnel, price: int, currency: str) -> Figures:
    """What searches led to of one item."""
    paid = amount(price, currency)
    return {
        "impressionData": {
            "impressionCount": funnel.impressions,
            "impressionMedianPrice": paid,
            **_speeds("", "Impression"),
        },
        "clickData": {
            "clickCount": funnel.clicks,
            "clickRate": share(funnel.clicks, funnel.impressions),
            "clickedMedianPrice": paid,
            **_speeds("", "Click"),
        },
        "cartAddData": {
            "cartAddCount": funnel.cart_adds,
            "cartAddedMedianPrice": paid,
            **_speeds("", "CartAdd"),
        },
        "purchaseData": {
            "purchaseCount": funnel.purchases,
            "searchTrafficSales": amount(funnel.sales, currency),
            "conversionRate": share(funnel.purchases, funnel.clicks),
            "purchaseMedianPrice": paid,
            **_speeds("", "Purchase"),
        },
    }


def of_search(searched: Searched, asin: str, score: int, price: int, currency: str) -> Figures:
    """What one search led to, of one item and of all."""
    total, own = searched.total, searched.of(asin)
    paid = amount(price, currency)
    steps = (
        ("Click", total.clicks, own.clicks),
        ("CartAdd", total.cart_adds, own.cart_adds),
        ("Purchase", total.purchases, own.purchases),
    )
    told: Figures = {
        "searchQueryData": {
            "searchQuery": searched.text,
            "searchQueryScore": score,
            "searchQueryVolume": total.volume,
        },
        "impressionData": {
            "totalQueryImpressionCount": total.impressions,
            "asinImpressionCount": own.impressions,
            "asinImpressionShare": share(own.impressions, total.impressions),
        },
    }
    for name, of_all, of_item in steps:
        told[f"{name[0].lower()}{name[1:]}Data"] = {
            f"total{name}Count": of_all,
            f"total{name}Rate": share(of_all, total.volume),
            f"asin{name}Count": of_item,
            f"asin{name}Share": share(of_item, of_all),
            f"totalMedian{name}Price": paid,
            f"asinMedian{name}Price": paid,
            **_speeds("total", name),
        }
    return told


def share(part: int, whole: int) -> float:
    """A part of one."""
    return round(part / whole, 4) if whole else 0.0


def _speeds(before: str, name: str) -> Figures:
    """How many were shown that it would come soon: nothing here knows, so nobody was."""
    return {
        f"{speed if not before else before + speed[0].upper() + speed[1:]}Shipping{name}Count": 0 for speed in _SPEEDS
    }
